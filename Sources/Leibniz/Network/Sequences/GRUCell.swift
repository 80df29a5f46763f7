/// A gated recurrent unit: how much of the past it keeps is learnt, for each output by itself.
///
/// r = σ(Wᵣ (x, h) + bᵣ), z = σ(W_z (x, h) + b_z), n = tanh(Wₙ x + bₙ + r · (Uₙ h + cₙ)) and
/// h ← n + z · (h − n), as PyTorch's `nn.GRU`.
///
/// ```swift
/// let cell = GRUCell(inputs: 3, outputs: 2, using: &generator)
/// cell.state(after: [0.0, 0.0], reading: [0.1, 0.2, 0.3])  // two numbers in −1…1
/// ```
///
/// Source: Cho and others, *Learning phrase representations using RNN encoder–decoder*, 2014.
public struct GRUCell: RecurrentCell {
  /// r: what of the past takes part in the candidate.
  public let reset: Layer
  /// z: what of the past is kept.
  public let update: Layer
  /// The part of the candidate n that comes from the input.
  public let candidate: Layer
  /// The part of the candidate n that comes from the past.
  public let recall: Layer

  /// A cell with random weights: Glorot's.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(inputs: Int, outputs: Int, using generator: inout G) {
    reset = Layer(
      inputs: inputs + outputs, outputs: outputs, activation: .sigmoid, using: &generator)
    update = Layer(
      inputs: inputs + outputs, outputs: outputs, activation: .sigmoid, using: &generator)
    candidate = Layer(inputs: inputs, outputs: outputs, using: &generator)
    recall = Layer(inputs: outputs, outputs: outputs, using: &generator)
  }

  public var inputs: Int { candidate.inputs }
  public var outputs: Int { candidate.outputs }
  public var stateCount: Int { outputs }

  /// The layers' tensors, inside `reset`, `update`, `candidate` and `recall`.
  public var tensors: [NamedTensor] {
    reset.tensors.prefixed(with: "reset") + update.tensors.prefixed(with: "update")
      + candidate.tensors.prefixed(with: "candidate") + recall.tensors.prefixed(with: "recall")
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func state<S: NetworkScalar>(after state: [S], reading x: [S]) -> [S] {
    let r = reset.outputs(for: x + state)
    let z = update.outputs(for: x + state)
    let (input, past) = (candidate.outputs(for: x), recall.outputs(for: state))
    return state.indices.map { i in
      let n = (input[i] + r[i] * past[i]).tanh()
      return n + z[i] * (state[i] - n)
    }
  }
}
