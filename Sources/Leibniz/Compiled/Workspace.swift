/// The memory of runs, kept from one to the next so that a run allocates nothing.
final class Workspace {
  /// What one group of blocks writes, apart from all others.
  struct Group {
    let values: UnsafeMutablePointer<Double>
    let gradients: UnsafeMutablePointer<Double>
    let uniformGradients: UnsafeMutablePointer<Double>
    let loss: UnsafeMutablePointer<Double>
    /// The same for all groups, and only read.
    let uniformValues: UnsafeMutablePointer<Double>
  }

  private let graph: CompiledGraph
  /// The parameters, the constants, and what is computed from them alone.
  let uniformValues: UnsafeMutablePointer<Double>
  /// The derivatives by what is uniform, over all groups: those of the first group, to which the
  /// others are added.
  let uniformGradients: UnsafeMutablePointer<Double>
  private(set) var groups = UnsafeMutableBufferPointer<Group>(start: nil, count: 0)
  private var lanes = 0

  init(_ graph: CompiledGraph) {
    self.graph = graph
    uniformValues = Workspace.zeros(graph.uniformSlots)
    uniformGradients = Workspace.zeros(graph.uniformSlots)
    for (i, constant) in graph.constants.enumerated() {
      uniformValues[graph.parameterCount + i] = constant
    }
  }

  deinit {
    freeGroups()
    uniformValues.deallocate()
    uniformGradients.deallocate()
  }

  /// Makes room for a partition, if there is not enough yet.
  func prepare(_ partition: CompiledGraph.Partition) {
    guard partition.lanes > lanes || partition.groups > groups.count else { return }
    let count = max(partition.groups, groups.count)
    lanes = max(partition.lanes, lanes)
    freeGroups()
    groups = .allocate(capacity: count)
    for i in 0..<count {
      let group = Group(
        values: Workspace.zeros(graph.laneSlots * lanes),
        gradients: Workspace.zeros(graph.laneSlots * lanes),
        uniformGradients: i == 0 ? uniformGradients : Workspace.zeros(graph.uniformSlots),
        loss: Workspace.zeros(1),
        uniformValues: uniformValues)
      groups.initializeElement(at: i, to: group)
    }
  }

  private func freeGroups() {
    for group in groups {
      group.values.deallocate()
      group.gradients.deallocate()
      if group.uniformGradients != uniformGradients { group.uniformGradients.deallocate() }
      group.loss.deallocate()
    }
    groups.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
    memory.initialize(repeating: 0, count: max(count, 1))
    return memory
  }
}
