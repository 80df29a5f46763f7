/// Filters that look at every part of an image with the same weights.
///
/// yₖ(r, c) = activation(Σ wₖ(i, u, v) · xᵢ(stride · r + u, stride · c + v) + bₖ), over channels i and
/// the filter's rows u and columns v; outside of the image x is 0.
///
/// ```swift
/// let image = ImageShape(height: 8, width: 8)
/// let convolution = Convolution(
///   over: image, filters: 4, size: 3, padding: 1, activation: .relu, using: &generator)
/// convolution.output.count  // 256: four images of 8 × 8
/// ```
///
/// In one dimension: `Convolution(over: .signal(length: 100), filters: 4, size: 5, using: &generator)`.
/// Each output is a dot product in scalars; compiled programs find the matrices again.
///
/// - Complexity: O(outputs · channels · size²).
///
/// Source: LeCun, Bottou, Bengio and Haffner, *Gradient-based learning applied to document
/// recognition*, 1998.
public struct Convolution: Module {
  /// The shape of what comes in.
  public let input: ImageShape
  /// The shape of what comes out: a channel for each filter.
  public let output: ImageShape
  /// The filters: weights by channel, row and column.
  public let filters: [Neuron]
  private let windows: Windows
  private let size: (height: Int, width: Int)

  /// Filters with random weights, by default those of He for the relu family, of Glorot otherwise.
  ///
  /// - Parameters:
  ///   - input: the shape of what comes in.
  ///   - count: how many filters there are.
  ///   - size: the rows and columns of a filter; its length, for signals.
  ///   - stride: how far the filter moves from one output to the next.
  ///   - padding: how many zeros are put around the image.
  ///   - activation: what is applied to each output.
  ///   - bias: whether each filter adds a number of its own.
  ///   - initializer: what the weights are drawn from.
  ///   - generator: the source of random numbers.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(
    over input: ImageShape, filters count: Int, size: Int, stride: Int = 1, padding: Int = 0,
    activation: Activation = .linear, bias: Bool = true, initializer: Initializer? = nil,
    using generator: inout G
  ) {
    require(count > 0, "A convolution needs a filter at least, not \(count).")
    self.input = input
    self.size = (input.height == 1 ? 1 : size, size)
    windows = Windows(over: input, size: self.size, stride: stride, padding: padding)
    output = ImageShape(channels: count, height: windows.height, width: windows.width)
    let weights = input.channels * self.size.height * self.size.width
    let initializer = initializer ?? activation.usualInitializer
    filters = (0..<count).map { _ in
      Neuron(
        weights: (0..<weights).map { _ in
          Value(initializer.weight(inputs: weights, outputs: count, using: &generator))
        },
        bias: bias ? Value(0) : nil, activation: activation)
    }
  }

  /// `weight` of filters × channels × rows × columns, without rows for signals, and `bias` if there is
  /// one, as PyTorch names them.
  public var tensors: [NamedTensor] {
    let rows = input.height == 1 ? [] : [size.height]
    let weight = NamedTensor(
      "weight", shape: [filters.count, input.channels] + rows + [size.width],
      filters.flatMap { $0.weights })
    let biases = filters.compactMap { $0.bias }
    return biases.isEmpty
      ? [weight] : [weight, NamedTensor("bias", shape: [biases.count], biases)]
  }

  public var parts: [ModulePart] {
    [ModulePart("Convolution", tensors: tensors, activation: filters.first?.activation)]
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    input.check(x.count)
    let zero = S.constant(0)
    let places = input.height * input.width
    let patches = windows.indices.map { window in
      (0..<input.channels).flatMap { channel in
        window.map { $0.map { x[channel * places + $0] } ?? zero }
      }
    }
    return filters.flatMap { filter in patches.map { filter($0) } }
  }
}
