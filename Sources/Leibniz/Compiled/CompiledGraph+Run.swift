import LeibnizKernels

extension CompiledGraph {
  /// What a run is to do besides computing values.
  struct Request: @unchecked Sendable {
    /// The gradient that each sample's loss starts from; `nil` for a run forwards only.
    var seed: Double?
    /// Where to put the outputs: a row of `samples.stride` numbers for each.
    var outputs: UnsafeMutablePointer<Double>?
    /// Where to put the derivatives by the inputs: a row of `samples.stride` numbers for each.
    var inputGradients: UnsafeMutablePointer<Double>?
  }

  /// Runs over all samples with the parameters that stand in the workspace. With a seed it runs in
  /// reverse too, and leaves the derivatives by the parameters in the workspace.
  ///
  /// - Parameter partition: How the samples are divided, if not as their number suggests.
  /// - Returns: The seed times the sum of the first output; 0 without a seed.
  @discardableResult
  func run(
    _ samples: Samples, _ workspace: Workspace, _ request: Request, threads: Int,
    partition: Partition? = nil
  ) -> Double {
    let partition = partition ?? self.partition(of: samples.count)
    workspace.prepare(partition)
    if !uniformInstructions.isEmpty { machine(workspace).forward(uniformInstructions) }
    nonisolated(unsafe) let groups = workspace.groups  // each is one thread's
    forEachInParallel(partition.groups, threads: threads) { group in
      groups[group].loss.pointee = 0
      if request.seed != nil {
        groups[group].uniformGradients.update(repeating: 0, count: uniformSlots)
      }
      for block in partition.blocks(of: group) {
        let start = block * partition.lanes
        if partition.lanes == 1 {
          run(Double.self, samples, start, 1, groups[group], request)
        } else {
          let lanes = min(partition.lanes, samples.stride - start)
          run(Lanes.self, samples, start, lanes, groups[group], request)
        }
      }
    }
    guard let seed = request.seed, partition.groups > 0 else { return 0 }
    let first = groups[0]
    // In the order of the groups, whatever the order in which they finished.
    for group in groups[1..<partition.groups] {
      first.loss.pointee += group.loss.pointee
      leibniz_add(first.uniformGradients, group.uniformGradients, uniformSlots)
    }
    if let output = outputs.first, output.isUniform {
      let weight = seed * Double(samples.count)
      first.uniformGradients[output.slot] += weight
      first.loss.pointee = weight * workspace.uniformValues[output.slot]
    }
    if !uniformInstructions.isEmpty { machine(workspace).reverse(uniformInstructions) }
    return first.loss.pointee
  }

  /// The machine for what is uniform.
  private func machine(_ workspace: Workspace) -> Machine<Double> {
    Machine(
      lanes: 1, values: workspace.uniformValues, gradients: workspace.uniformGradients,
      uniformValues: workspace.uniformValues, uniformGradients: workspace.uniformGradients,
      wantsInputGradients: false, graph: .passUnretained(self))
  }

  /// Runs one block of lanes.
  private func run<T: LaneNumber>(
    _: T.Type, _ samples: Samples, _ start: Int, _ lanes: Int, _ group: Workspace.Group,
    _ request: Request
  ) {
    let machine = Machine<T>(
      lanes: lanes, values: group.values, gradients: group.gradients,
      uniformValues: group.uniformValues, uniformGradients: group.uniformGradients,
      wantsInputGradients: request.inputGradients != nil, graph: .passUnretained(self))
    samples.columns.withUnsafeBufferPointer { columns in
      guard let first = columns.baseAddress else { return }
      for i in 0..<inputCount {
        let (place, column) = (group.values + i * lanes, first + i * samples.stride + start)
        if lanes == 1 {
          place.pointee = column.pointee
        } else {
          place.update(from: column, count: lanes)
        }
      }
    }
    machine.forward(laneInstructions)
    if let destination = request.outputs {
      for (row, output) in outputs.enumerated() {
        let place = destination + row * samples.stride + start
        if output.isUniform {
          place.update(repeating: group.uniformValues[output.slot], count: lanes)
        } else {
          place.update(from: group.values + output.slot * lanes, count: lanes)
        }
      }
    }
    guard let seed = request.seed else { return }
    // The inputs' come first, and are not written where nobody asks for them.
    let unused = request.inputGradients == nil ? inputCount : 0
    (group.gradients + unused * lanes).update(repeating: 0, count: (laneSlots - unused) * lanes)
    if let output = outputs.first, !output.isUniform {
      // The lanes past the last sample get no gradient, and hand none on.
      for lane in 0..<min(lanes, samples.count - start) {
        group.gradients[output.slot * lanes + lane] = seed
        group.loss.pointee += seed * group.values[output.slot * lanes + lane]
      }
    }
    machine.reverse(laneInstructions)
    if let destination = request.inputGradients {
      for i in 0..<inputCount {
        (destination + i * samples.stride + start)
          .update(from: group.gradients + i * lanes, count: lanes)
      }
    }
  }
}
