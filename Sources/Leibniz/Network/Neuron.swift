/// One neuron: activation(Σ wᵢ xᵢ + bias).
///
/// ```swift
/// var generator = SeededGenerator(seed: 1)
/// let neuron = Neuron(inputs: 3, activation: .tanh, using: &generator)
/// let y = neuron([Value(1), Value(2), Value(3)])  // one Value
/// ```
///
/// In a graph it is one node, where the activation is a row of the primitive table.
public final class Neuron {
  /// One weight for each input.
  public let weights: [Value]
  /// The number added to the weighted sum, if any.
  public let bias: Value?
  /// The function applied to the sum.
  public let activation: Activation

  /// A neuron of the given parts.
  public init(weights: [Value], bias: Value?, activation: Activation = .linear) {
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }

  /// A neuron with random weights.
  @_specialize(where G == SeededGenerator)
  public convenience init<G: RandomNumberGenerator>(
    inputs: Int, activation: Activation = .linear, bias: Bool = true,
    initializer: Initializer = .uniform(bound: 1), using generator: inout G
  ) {
    require(inputs >= 0, "A neuron cannot have \(inputs) inputs.")
    self.init(
      weights: (0..<inputs).map { _ in
        Value(initializer.weight(inputs: inputs, outputs: 1, using: &generator))
      },
      bias: bias ? Value(0) : nil, activation: activation)
  }

  /// The weights, then the bias.
  public var parameters: [Value] { weights + (bias.map { [$0] } ?? []) }

  /// The neuron's output.
  @_disfavoredOverload
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func callAsFunction<S: NetworkScalar>(_ x: [S]) -> S {
    require(
      x.count == weights.count,
      "A neuron with \(counted(weights.count, "input")) was called with \(x.count).")
    return activation(weights: weights, x, bias: bias)
  }

  /// The neuron's output for plain numbers, differentiable with respect to the parameters.
  public func callAsFunction(_ x: [Double]) -> Value { self(x.map(Value.constant)) }
}
