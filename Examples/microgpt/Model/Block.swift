import Leibniz

/// One layer of the transformer: tokens look at each other, then each thinks for itself.
///
/// x ← x + attention(norm(x)), then x ← x + mlp(norm(x)).
struct Block {
  let norm: RMSNorm
  let attention: CausalSelfAttention
  let hidden: Layer
  let output: Layer

  /// The standard deviation of the initial weights.
  static let standardDeviation = 0.08
  private static let initializer = Initializer.normal(standardDeviation: standardDeviation)

  init<G: RandomNumberGenerator>(_ size: GPT.Size, using generator: inout G) {
    norm = RMSNorm(features: size.width, learnsScale: false)
    attention = CausalSelfAttention(
      width: size.width, heads: size.heads, initializer: Block.initializer, using: &generator)
    hidden = Block.linear(size.width, 4 * size.width, activation: .relu, using: &generator)
    output = Block.linear(4 * size.width, size.width, using: &generator)
  }

  /// A layer without biases.
  static func linear<G: RandomNumberGenerator>(
    _ inputs: Int, _ outputs: Int, activation: Activation = .linear, using generator: inout G
  ) -> Layer {
    Layer(
      inputs: inputs, outputs: outputs, activation: activation, bias: false,
      initializer: initializer, using: &generator)
  }

  @specialized(where S == Value)
  @specialized(where S == Double)
  func callAsFunction<S: NetworkScalar>(
    _ x: [S], _ cache: inout CausalSelfAttention.Cache<S>
  ) -> [S] {
    let x = sum(x, attention(norm(x), &cache))
    return sum(x, output(hidden(norm(x))))
  }

  var tensors: [NamedTensor] {
    attention.tensors.prefixed(with: "attention") + hidden.tensors.prefixed(with: "mlp.hidden")
      + output.tensors.prefixed(with: "mlp.output")
  }
}

/// The sum of two vectors.
func sum<S: Scalar>(_ x: [S], _ y: [S]) -> [S] { x.indices.map { x[$0] + y[$0] } }
