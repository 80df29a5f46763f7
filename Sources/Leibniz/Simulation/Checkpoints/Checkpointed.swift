/// The state after many steps, whose gradients need little memory: states are kept at some steps, and
/// the steps between are taken again when they are differentiated.
///
/// ```swift
/// let stiffness = Value(2)
/// let end = checkpointed(
///   steps: 1000, state: [Value(1), Value(0)], parameters: [stiffness]
/// ) { _, state, parameters in
///   rungeKutta4(state, step: 0.001) { [$0[1], -parameters[0] * $0[0]] }
/// }
/// end[0].backward()
/// print(end[0].data)     // 0.1559…, cos √2
/// print(stiffness.grad)  // -0.3492…, −sin √2 / (2 √2)
/// ```
///
/// With n steps and c states kept, where n ≤ (c + r)! / (c! r!), each step is taken forwards r times at
/// the most, and recorded once. By default c = √(2n) and r = 2: in all three forward evaluations and one
/// reverse sweep of each step, one of them for the value. A million steps keep 1,414 states.
///
/// The gradients are, bit by bit, those with all states kept. Derivatives of these gradients are right
/// too, but record all steps at once.
///
/// - Parameters:
///   - steps: how many there are.
///   - state: the first state.
///   - parameters: what the steps depend on besides: values that a step only captures get no gradient.
///   - storage: how many states to keep; √(2 steps) by default.
///   - step: the state after a step, of its number, the state before and the parameters. It runs more
///     than once, and must give the same.
/// - Returns: the last state.
/// - Complexity: O(steps) in time for the default storage; a step that is differentiated takes
///   O(parameters) in addition.
///
/// Source: Griewank and Walther, *Algorithm 799: Revolve*, 2000.
public func checkpointed(
  steps: Int, state: [Value], parameters: [Value] = [], storage: Int? = nil,
  step: @escaping @Sendable (_ step: Int, _ state: [Value], _ parameters: [Value]) -> [Value]
) -> [Value] {
  requireSteps(steps, state.count, storage)
  let (schedule, width) = (BinomialSchedule(steps: steps, storage: storage), state.count)
  let inputs = state + parameters
  return operation(of: steps, width: width, inputs: inputs.map { $0.data }) { x in
    RecordedStep(Array(x[width...]), step).simulated(schedule, from: Array(x[..<width]))
  } pullBack: { x, kept, c in
    var (c, step) = (c, RecordedStep(Array(x[width...]), step))
    kept.pullBack(&c, by: &step)
    return c + step.gradients
  } formulas: { x, _, c in
    let parameters = Array(x[width...])
    var state = Array(x[..<width])
    for i in 0..<steps { state = step(i, state, parameters) }
    return RecordedFunction(of: state, withRespectTo: x).formulas(cotangent: c)
  }.outputs(of: inputs)
}

/// The state after many steps of a compiled program, whose gradients need little memory.
///
/// ```swift
/// let stiffness = Value(2)
/// let step = try Program(inputs: 2) { state in
///   rungeKutta4(state, step: 0.001) { [$0[1], -stiffness * $0[0]] }
/// }
/// let end = try checkpointed(steps: 1000, state: [Value(1), Value(0)], step: step)
/// end[0].backward()
/// print(stiffness.grad)  // -0.3492…
/// ```
///
/// As the form over a closure, and so compiled that a step costs its instructions alone. Its inputs are
/// the state and then, if there are more of them, the controls of a step; its outputs are the next
/// state. Gradients go to the first state, the controls, and the parameters of the program.
///
/// - Parameters:
///   - steps: how many there are.
///   - state: the first state.
///   - controls: for each step what the program takes besides the state.
///   - storage: how many states to keep; √(2 steps) by default.
///   - program: one step.
/// - Returns: the last state, which can be differentiated once.
/// - Throws: ``ProgramError`` if inputs and outputs do not fit state and controls.
/// - Complexity: In time three runs of the program for each step and one with derivatives; in memory
///   √(2 steps) states and the controls.
///
/// Source: Griewank and Walther, *Algorithm 799: Revolve*, 2000.
public func checkpointed(
  steps: Int, state: [Value], controls: [[Value]] = [], storage: Int? = nil, step program: Program
) throws(ProgramError) -> [Value] {
  requireSteps(steps, state.count, storage)
  try program.requireStep(of: state.count, controls.map { $0.count }, steps: steps)
  let (graph, width) = (program.graph, state.count)
  let schedule = BinomialSchedule(steps: steps, storage: storage)
  let inputs = state + controls.flatMap { $0 } + program.parameters
  let parameterStart = inputs.count - program.parameters.count
  @Sendable func compiledStep(_ x: [Double]) -> CompiledStep {
    CompiledStep(
      graph, parameters: Array(x[parameterStart...]), controls: Array(x[width..<parameterStart]))
  }
  return operation(of: steps, width: width, inputs: inputs.map { $0.data }) { x in
    compiledStep(x).simulated(schedule, from: Array(x[..<width]))
  } pullBack: { x, kept, c in
    var (c, step) = (c, compiledStep(x))
    kept.pullBack(&c, by: &step)
    return c + step.controlGradients + step.parameterGradients
  }.outputs(of: inputs)
}

/// Stops with a sentence where there is nothing to simulate.
private func requireSteps(_ steps: Int, _ width: Int, _ storage: Int?) {
  require(steps >= 0, "A simulation cannot have \(steps) steps.")
  require(width > 0, "A simulation needs a state of one number at least.")
  require(storage ?? 1 > 0, "One state must be kept at least, not \(storage ?? 1).")
}

/// All steps as one operation of several outputs.
///
/// - Parameters:
///   - simulate: the last state, and the states kept, for numbers of the inputs.
///   - pullBack: the derivatives with respect to the inputs of Σ cₖ yₖ for the last state y.
private func operation(
  of steps: Int, width: Int, inputs: [Double],
  simulate: @escaping @Sendable (_ inputs: [Double]) -> (end: [Double], kept: Checkpoints),
  pullBack:
    @escaping @Sendable (_ inputs: [Double], _ kept: Checkpoints, _ c: [Double]) ->
    [Double],
  formulas: (@Sendable (_ x: [Value], _ y: [Value], _ c: [Value]) -> [Value])? = nil
) -> CustomOperation {
  // The first run is kept: it is the one that is differentiated most often.
  let first = simulate(inputs)
  @Sendable func isFirst(_ x: [Double]) -> Bool {
    x.elementsEqual(inputs) { $0.bitPattern == $1.bitPattern }
  }
  return CustomOperation(
    counted(steps, "step"), outputs: width,
    value: { isFirst($0) ? first.end : simulate($0).end },
    numbers: { x, _, c in pullBack(x, isFirst(x) ? first.kept : simulate(x).kept, c) },
    formulas: formulas)
}

extension SimulationStep {
  /// Takes all steps from a state.
  fileprivate consuming func simulated(
    _ schedule: BinomialSchedule, from state: [Double]
  ) -> (end: [Double], kept: Checkpoints) {
    var (state, step) = (state, self)
    let kept = Checkpoints(schedule, from: &state, by: &step)
    return (state, kept)
  }
}
