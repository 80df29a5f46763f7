/// A step that is recorded anew each time it is differentiated.
struct RecordedStep: SimulationStep {
  let formula: @Sendable (_ step: Int, _ state: [Value], _ parameters: [Value]) -> [Value]
  let parameters: [Double]
  /// Σ of the derivatives with respect to the parameters.
  private(set) var gradients: [Double]
  private let constants: [Value]

  init(
    _ parameters: [Double],
    _ formula: @escaping @Sendable (_ step: Int, _ state: [Value], _ parameters: [Value]) -> [Value]
  ) {
    self.formula = formula
    self.parameters = parameters
    gradients = Array(repeating: 0, count: parameters.count)
    constants = parameters.map { .constant($0) }
  }

  func advance(_ state: inout [Double], step: Int) {
    // Of constants alone nothing is recorded.
    let next = formula(step, state.map { .constant($0) }, constants)
    requireStateCount(next.count, state.count)
    for i in state.indices { state[i] = next[i].data }
  }

  mutating func pullBack(_ cotangent: inout [Double], from state: [Double], step: Int) {
    let count = state.count
    let recording = RecordedFunction(at: state + parameters) {
      formula(step, Array($0[..<count]), Array($0[count...]))
    }
    let derivatives = recording.pullback(of: cotangent)
    for i in cotangent.indices { cotangent[i] = derivatives[i] }
    for i in gradients.indices { gradients[i] += derivatives[count + i] }
  }
}

/// Stops with a sentence where a step changes the length of the state.
func requireStateCount(_ found: Int, _ expected: Int) {
  require(
    found == expected,
    "A step gave \(counted(found, "number")) for a state of \(counted(expected, "number")).")
}
