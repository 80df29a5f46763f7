/// A dense layer: every neuron sees every input.
///
/// y = activation(W x + b), with W of outputs × inputs.
///
/// ```swift
/// var generator = SeededGenerator(seed: 1)
/// let layer = Layer(inputs: 64, outputs: 10, using: &generator)
/// layer.parameters.count  // 650
/// ```
public struct Layer: Module {
  /// One neuron for each output.
  public let neurons: [Neuron]
  /// The number of inputs.
  public let inputs: Int

  /// The function that all neurons apply.
  let activation: Activation
  /// The parameters: a row for each neuron, its weights and then its bias.
  let rows: [Value]

  /// A layer with random weights: by default those of He for the relu family, of Glorot otherwise.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(
    inputs: Int, outputs: Int, activation: Activation = .linear, bias: Bool = true,
    initializer: Initializer? = nil, using generator: inout G
  ) {
    require(
      inputs >= 0 && outputs >= 0, "A layer cannot have \(inputs) inputs and \(outputs) outputs.")
    let initializer = initializer ?? activation.usualInitializer
    self.inputs = inputs
    neurons = (0..<outputs).map { _ in
      Neuron(
        weights: (0..<inputs).map { _ in
          Value(initializer.weight(inputs: inputs, outputs: outputs, using: &generator))
        },
        bias: bias ? Value(0) : nil, activation: activation)
    }
    self.activation = activation
    rows = neurons.flatMap { $0.parameters }
  }

  /// The number of outputs.
  public var outputs: Int { neurons.count }

  /// Neuron by neuron: the weights, then the bias.
  public var parameters: [Value] { rows }

  /// `weight` of outputs × inputs, and `bias` if there is one.
  public var tensors: [NamedTensor] {
    let weight = NamedTensor("weight", shape: [outputs, inputs], neurons.flatMap { $0.weights })
    let biases = neurons.compactMap { $0.bias }
    return biases.isEmpty
      ? [weight] : [weight, NamedTensor("bias", shape: [biases.count], biases)]
  }

  public var parts: [ModulePart] {
    [ModulePart("Layer", tensors: tensors, activation: neurons.first?.activation)]
  }

  /// The outputs for one sample.
  ///
  /// - Precondition: `x` has as many numbers as the layer has inputs.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    require(
      x.count == inputs, "A layer with \(counted(inputs, "input")) was called with \(x.count).")
    return S.outputs(of: self, for: x)
  }
}
