/// Long short-term memory: a cell c that gates let in, keep and show.
///
/// i, f, o = σ(W (x, h) + b), each with weights of its own; g = tanh(W (x, h) + b);
/// c ← f · c + i · g and h ← o · tanh(c). The state is h, then c.
///
/// ```swift
/// let cell = LSTMCell(inputs: 3, outputs: 2, using: &generator)
/// cell.state(after: [0.0, 0.0, 0.0, 0.0], reading: [0.1, 0.2, 0.3])  // h₀, h₁, c₀, c₁
/// ```
///
/// The biases of f begin at 1, so that gradients reach far back from the first step of training on.
///
/// Sources: Hochreiter and Schmidhuber, *Long short-term memory*, 1997; Gers, Schmidhuber and Cummins,
/// *Learning to forget*, 2000; Jozefowicz, Zaremba and Sutskever, *An empirical exploration of recurrent
/// network architectures*, 2015, for the biases.
public struct LSTMCell: RecurrentCell {
  /// i: what of the candidate enters the cell.
  public let input: Layer
  /// f: what the cell keeps.
  public let forget: Layer
  /// o: what of the cell is shown.
  public let output: Layer
  /// g: what may enter the cell.
  public let candidate: Layer

  /// A cell with random weights: Glorot's.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(inputs: Int, outputs: Int, using generator: inout G) {
    func gate(_ activation: Activation) -> Layer {
      Layer(
        inputs: inputs + outputs, outputs: outputs, activation: activation, using: &generator)
    }
    input = gate(.sigmoid)
    forget = gate(.sigmoid)
    output = gate(.sigmoid)
    candidate = gate(.tanh)
    for neuron in forget.neurons { neuron.bias?.data = 1 }
  }

  public var inputs: Int { input.inputs - outputs }
  public var outputs: Int { input.outputs }
  public var stateCount: Int { 2 * outputs }

  /// The layers' tensors, inside `input`, `forget`, `output` and `candidate`.
  public var tensors: [NamedTensor] {
    input.tensors.prefixed(with: "input") + forget.tensors.prefixed(with: "forget")
      + output.tensors.prefixed(with: "output") + candidate.tensors.prefixed(with: "candidate")
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func state<S: NetworkScalar>(after state: [S], reading x: [S]) -> [S] {
    let (shown, cell) = (state[..<outputs], Array(state[outputs...]))
    let seen = x + shown
    let (i, f) = (input.outputs(for: seen), forget.outputs(for: seen))
    let (o, g) = (output.outputs(for: seen), candidate.outputs(for: seen))
    let next = cell.indices.map { f[$0] * cell[$0] + i[$0] * g[$0] }
    return next.indices.map { o[$0] * next[$0].tanh() } + next
  }
}
