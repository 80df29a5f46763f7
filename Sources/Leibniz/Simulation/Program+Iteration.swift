extension Program {
  /// The state after many steps of which this program is one.
  ///
  /// ```swift
  /// let step = try Program(inputs: 2) { state in
  ///   rungeKutta4(state, step: 0.001) { [$0[1], -$0[0]] }
  /// }
  /// try step.iterate(1000, from: [1, 0])[0]  // 0.5403…, cos 1
  /// ```
  ///
  /// What depends on parameters alone is computed once. Where gradients are wanted, use
  /// `checkpointed(steps:state:step:)`.
  ///
  /// - Parameters:
  ///   - steps: how many there are.
  ///   - state: the first state.
  ///   - controls: for each step what the program takes besides the state.
  ///   - visit: called with the number of steps taken and the state, at the start and after each step.
  /// - Returns: the last state.
  /// - Throws: ``ProgramError`` if inputs and outputs do not fit state and controls, or what should be
  ///   an index into a table is not one.
  public func iterate(
    _ steps: Int, from state: [Double], controls: [[Double]] = [],
    visit: ((_ step: Int, _ state: [Double]) -> Void)? = nil
  ) throws(ProgramError) -> [Double] {
    require(steps >= 0, "A simulation cannot have \(steps) steps.")
    try requireStep(of: state.count, controls.map { $0.count }, steps: steps)
    let step = CompiledStep(
      graph, parameters: parameters.map { $0.data }, controls: controls.flatMap { $0 })
    var state = state
    visit?(0, state)
    for i in 0..<steps {
      step.advance(&state, step: i)
      visit?(i + 1, state)
    }
    let failure = step.failure
    if failure.sample != .max {
      throw .notAnIndex(
        sample: failure.sample, input: nil, found: failure.index, count: failure.count)
    }
    return state
  }

  /// Throws where this is not a step of a state with controls of these counts.
  func requireStep(
    of state: Int, _ controls: [Int], steps: Int
  ) throws(ProgramError) {
    guard graph.outputCount == state else {
      throw .wrongStateCount(expected: graph.outputCount, found: state)
    }
    guard graph.inputCount >= state else {
      throw .wrongStateCount(expected: graph.inputCount, found: state)
    }
    let count = graph.inputCount - state
    for (step, found) in controls.enumerated() where found != count {
      throw .wrongControlCount(expected: count, found: found, step: step)
    }
    guard controls.count == steps || (controls.isEmpty && count == 0) else {
      throw .wrongControlCount(expected: count, found: 0, step: controls.count)
    }
  }
}
