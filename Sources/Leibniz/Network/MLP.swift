/// A multi-layer perceptron: dense layers, the hidden ones with an activation, the last one linear.
///
/// ```swift
/// var generator = SeededGenerator(seed: 42)
/// let model = MLP(inputs: 2, layers: [16, 16, 1], activation: .relu, using: &generator)
/// model.parameters.count  // 337
/// let score = model([0.5, -1.0])[0]
/// ```
public struct MLP: Module {
  /// The layers, in the order in which they are applied.
  public let layers: [Layer]

  /// A perceptron with random weights and the given number of neurons in each layer; the last number
  /// is the number of outputs.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(
    inputs: Int, layers: [Int], activation: Activation = .relu, initializer: Initializer? = nil,
    using generator: inout G
  ) {
    let widths = [inputs] + layers
    self.layers = layers.indices.map { i in
      Layer(
        inputs: widths[i], outputs: widths[i + 1],
        activation: i == layers.count - 1 ? .linear : activation,
        initializer: initializer, using: &generator)
    }
  }

  /// A perceptron with the random weights of a seed: the same seed, the same weights.
  ///
  /// ```swift
  /// let model = MLP(inputs: 2, layers: [4, 1], seed: 42)
  /// ```
  public init(
    inputs: Int, layers: [Int], activation: Activation = .relu, initializer: Initializer? = nil,
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    self.init(
      inputs: inputs, layers: layers, activation: activation, initializer: initializer,
      using: &generator)
  }

  /// Layer by layer, neuron by neuron: the weights, then the bias.
  public var parameters: [Value] { layers.flatMap { $0.parameters } }

  /// `layers.0.weight`, `layers.0.bias`, `layers.1.weight`, …
  public var tensors: [NamedTensor] {
    layers.enumerated().flatMap { $1.tensors.prefixed(with: "layers.\($0)") }
  }

  /// The layers, inside `layers.0`, `layers.1`, …
  public var parts: [ModulePart] {
    layers.enumerated().flatMap { $1.parts.prefixed(with: "layers.\($0)") }
  }

  /// The outputs for one sample.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    layers.reduce(x) { $1.outputs(for: $0) }
  }
}
