import LeibnizKernels

/// A form that is ready to run: immutable, with its kernels chosen.
final class Executable: Sendable {
  let form: Form
  let customOperations: CustomOperations
  /// Multiplications and other element operations for each sample, to decide on blocks.
  let work: Int
  private let readsTables: Bool
  // Of the form, which is large: to copy it takes longer than the arithmetic of one sample.
  private let ports: Form.Ports
  private let uniformSlots: Int
  private let prologue: [Step]
  private let epilogue: [Step]
  private let lanes: [Step]
  private let oneSample: OneSample
  let keepsOrder: Bool

  init(_ form: Form, keepsOrder: Bool) {
    self.form = form
    customOperations = CustomOperations(form.customOperations)
    work = form.lanes.reduce(0) { $0 + $1.counts.product }
    ports = form.ports
    uniformSlots = Int(form.uniformSlots)
    self.keepsOrder = keepsOrder
    readsTables = (form.prologue + form.lanes + form.epilogue).contains {
      $0.opcode == .gather || $0.opcode == .scatter
    }
    prologue = Step.steps(of: form.prologue, lanes: false, keepsOrder: keepsOrder)
    epilogue = Step.steps(of: form.epilogue, lanes: false, keepsOrder: keepsOrder)
    lanes = Step.steps(of: form.lanes, lanes: true, keepsOrder: keepsOrder)
    oneSample = OneSample(form, keepsOrder: keepsOrder)
  }

  /// What a run reads and writes besides parameters and their gradients, which stand in the
  /// workspace. Rows hold a number for each sample, `samples.stride` apart.
  struct Request: @unchecked Sendable {
    /// The same cotangent for each output and each sample.
    var seed: Double = 0
    /// Cotangents of the outputs, a row for each, in place of `seed`.
    var seeds: UnsafePointer<Double>?
    /// How the inputs change, a row for each.
    var inputDirections: UnsafePointer<Double>?
    /// Who looks at what each step has computed.
    var inspector: Unmanaged<Inspector>?
    /// Where to put the outputs, a row for each.
    var outputs: UnsafeMutablePointer<Double>?
    /// Where to put the derivatives with respect to the inputs, a row for each.
    var inputGradients: UnsafeMutablePointer<Double>?
  }

  /// Runs over all samples with the parameters that stand in the workspace.
  ///
  /// - Parameter partition: How the samples are divided, if not as their number suggests.
  /// - Returns: The seed times the sum of the first output, where the form computes it.
  @discardableResult
  func run(
    _ samples: Samples, _ workspace: Workspace, _ request: Request, threads: Int,
    partition: Partition? = nil
  ) throws(ProgramError) -> Double {
    if samples.count == 1 && request.inspector == nil && partition == nil {
      runOne(samples, workspace, request)
      if readsTables { try checkIndices(samples, workspace, groups: 0) }
      return ports.loss.map { workspace.uniform[Int($0)] } ?? 0
    }
    let partition =
      partition ?? Partition(of: samples.count, laneSlots: Int(form.laneSlots), work: work)
    workspace.prepare(partition)
    if !prologue.isEmpty { machine(workspace, request).run(prologue, isBeforeLanes: true) }
    let totals = form.totals
    nonisolated(unsafe) let groups = workspace.groups  // each is one thread's
    nonisolated(unsafe) let uniform = workspace.uniform  // written by nobody among the lanes
    forEachInParallel(partition.groups, threads: threads) { group in
      (groups[group].totals + Int(totals.lowerBound)).update(repeating: 0, count: totals.count)
      let lanes = partition.lanes(of: group)
      for start in stride(from: lanes.lowerBound, to: lanes.upperBound, by: partition.lanes) {
        let count = min(partition.lanes, lanes.upperBound - start)
        run(samples, start, count, groups[group], uniform, request)
      }
    }
    // In the order of the groups, whatever the order in which they finished.
    for group in 1..<max(1, partition.groups) {
      let start = Int(totals.lowerBound)
      leibniz_add(workspace.uniform + start, groups[group].totals + start, totals.count)
    }
    if !epilogue.isEmpty { machine(workspace, request).run(epilogue) }
    if readsTables { try checkIndices(samples, workspace, groups: partition.groups) }
    return ports.loss.map { workspace.uniform[Int($0)] } ?? 0
  }

  private func checkIndices(
    _ samples: Samples, _ workspace: Workspace, groups: Int
  ) throws(ProgramError) {
    var failure = workspace.failure.pointee
    workspace.failure.pointee = Machine.Failure()
    for group in workspace.groups.prefix(groups) {
      if group.failure.pointee.sample < failure.sample { failure = group.failure.pointee }
      group.failure.pointee = Machine.Failure()
    }
    if failure.sample == .max { return }
    let sample = min(failure.sample, samples.count - 1)
    throw .notAnIndex(
      sample: sample,
      input: sample < 0
        ? nil
        : (0..<samples.width).first {
          samples[sample, $0].bitPattern == failure.index.bitPattern
        }, found: failure.index, count: failure.count)
  }

  /// The machine for what is uniform.
  private func machine(_ workspace: Workspace, _ request: Request) -> Machine {
    Machine(
      lanes: 1, values: workspace.uniform, uniform: workspace.uniform, totals: workspace.uniform,
      customOperations: .passUnretained(customOperations), firstSample: 0,
      failure: workspace.failure, inspector: request.inspector)
  }

  /// Runs on a single sample. What a small formula computes takes less time than to divide a batch.
  @inline(__always)
  private func runOne(_ samples: Samples, _ workspace: Workspace, _ request: Request) {
    let uniform = workspace.uniform
    let values = uniform + uniformSlots
    func read(_ port: Range<Int32>, _ numbers: UnsafePointer<Double>) {
      (values + Int(port.lowerBound)).update(from: numbers, count: port.count)
    }
    readNumbers(of: samples, request, read)
    if request.seeds == nil, let port = ports.seeds {
      (values + Int(port.lowerBound)).update(repeating: request.seed, count: port.count)
    }
    oneSample.run(
      on: Machine(
        lanes: 1, values: values, uniform: uniform, totals: uniform,
        customOperations: .passUnretained(customOperations), firstSample: 0,
        failure: workspace.failure, inspector: nil))
    if let destination = request.outputs {
      for (row, output) in ports.outputs.enumerated() {
        destination[row] = (output.isUniform ? uniform : values)[Int(output.slot)]
      }
    }
    if let destination = request.inputGradients, let port = ports.inputGradients {
      destination.update(from: values + Int(port.lowerBound), count: port.count)
    }
  }

  /// Hands what a run is given to `read`, with where it belongs.
  @inline(__always)
  private func readNumbers(
    of samples: Samples, _ request: Request,
    _ read: (_ port: Range<Int32>, _ numbers: UnsafePointer<Double>) -> Void
  ) {
    samples.columns.withUnsafeBufferPointer { columns in
      if let first = columns.baseAddress { read(ports.inputs, first) }
    }
    if let port = ports.inputDirections, let numbers = request.inputDirections {
      read(port, numbers)
    }
    if let port = ports.seeds, let numbers = request.seeds { read(port, numbers) }
  }

  /// Runs one block of lanes.
  private func run(
    _ samples: Samples, _ start: Int, _ lanes: Int, _ group: Workspace.Group,
    _ uniform: UnsafeMutablePointer<Double>, _ request: Request
  ) {
    func slot(_ number: Int32) -> UnsafeMutablePointer<Double> {
      group.values + Int(number) * lanes
    }
    func read(_ port: Range<Int32>, _ rows: UnsafePointer<Double>) {
      for (i, number) in port.enumerated() {
        let (place, row) = (slot(number), rows + i * samples.stride + start)
        if lanes == 1 { place.pointee = row.pointee } else { place.update(from: row, count: lanes) }
      }
    }
    readNumbers(of: samples, request, read)
    if let port = ports.seeds {
      if request.seeds == nil {
        for number in port { slot(number).update(repeating: request.seed, count: lanes) }
      }
      // The lanes past the last sample get no cotangent, and hand none on.
      let valid = min(lanes, samples.count - start)
      if valid < lanes {
        for number in port { (slot(number) + valid).update(repeating: 0, count: lanes - valid) }
      }
    }
    let machine = Machine(
      lanes: lanes, values: group.values, uniform: uniform, totals: group.totals,
      customOperations: .passUnretained(customOperations), firstSample: start,
      failure: group.failure, inspector: request.inspector)
    machine.run(
      lanes == 1
        ? Step.steps(of: form.lanes, lanes: false, keepsOrder: keepsOrder) : self.lanes)
    if let destination = request.outputs {
      for (row, output) in ports.outputs.enumerated() {
        let place = destination + row * samples.stride + start
        if output.isUniform {
          place.update(repeating: uniform[Int(output.slot)], count: lanes)
        } else {
          place.update(from: slot(output.slot), count: lanes)
        }
      }
    }
    if let destination = request.inputGradients, let port = ports.inputGradients {
      for (row, number) in port.enumerated() {
        (destination + row * samples.stride + start).update(from: slot(number), count: lanes)
      }
    }
  }
}
