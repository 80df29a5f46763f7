/// The memory of runs, kept from one to the next so that a run allocates nothing.
final class Workspace {
  /// What one group of blocks writes, apart from all others.
  struct Group {
    let values: UnsafeMutablePointer<Double>
    /// Where slot 0 would be, of which only the range of the totals is there.
    let totals: UnsafeMutablePointer<Double>
    let failure: UnsafeMutablePointer<Machine.Failure>
  }

  let executable: Executable
  /// The slots that hold one number; the totals of the first group, to which the others are added. A
  /// single sample has its lane slots after them.
  let uniform: UnsafeMutablePointer<Double>
  private(set) var groups = UnsafeMutableBufferPointer<Group>(start: nil, count: 0)
  /// For what is uniform.
  let failure: UnsafeMutablePointer<Machine.Failure>
  private var lanes = 0

  init(_ executable: Executable) {
    self.executable = executable
    uniform = Workspace.zeros(
      Int(executable.form.uniformSlots) + Int(executable.form.laneSlots))
    failure = .allocate(capacity: 1)
    failure.initialize(to: Machine.Failure())
    for constant in executable.form.constants { uniform[Int(constant.slot)] = constant.number }
  }

  deinit {
    freeGroups()
    uniform.deallocate()
    failure.deallocate()
  }

  /// Where the parameters' numbers are put.
  var parameters: UnsafeMutablePointer<Double> {
    uniform + Int(executable.form.ports.parameters.lowerBound)
  }

  /// Where the derivatives with respect to the parameters are after a run.
  var parameterGradients: UnsafeMutablePointer<Double> {
    uniform + Int(executable.form.ports.parameterGradients?.lowerBound ?? 0)
  }

  /// Makes room for a partition, if there is not enough yet.
  func prepare(_ partition: Partition) {
    guard partition.lanes > lanes || partition.groups > groups.count else { return }
    let count = max(partition.groups, groups.count)
    lanes = max(partition.lanes, lanes)
    freeGroups()
    groups = .allocate(capacity: count)
    let totals = executable.form.totals
    for i in 0..<count {
      let group = Group(
        values: Workspace.zeros(Int(executable.form.laneSlots) * lanes),
        totals: i == 0 ? uniform : Workspace.zeros(totals.count) - Int(totals.lowerBound),
        failure: .allocate(capacity: 1))
      group.failure.initialize(to: Machine.Failure())
      groups.initializeElement(at: i, to: group)
    }
  }

  private func freeGroups() {
    for (i, group) in groups.enumerated() {
      group.values.deallocate()
      group.failure.deallocate()
      if i > 0 { (group.totals + Int(executable.form.totals.lowerBound)).deallocate() }
    }
    groups.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
    memory.initialize(repeating: 0, count: max(count, 1))
    return memory
  }
}
