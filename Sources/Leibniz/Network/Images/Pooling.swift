/// The largest number of each part of an image, channel by channel.
///
/// ```swift
/// let pooling = MaxPooling(over: ImageShape(height: 2, width: 4), size: 2)
/// pooling.outputs(for: [1.0, 2, 3, 4, 5, 6, 7, 8])  // [6, 8]
/// ```
///
/// What is left over at the right and below, where no whole window fits, is not looked at.
public struct MaxPooling: Module {
  /// The shape of what comes in.
  public let input: ImageShape
  /// The shape of what comes out.
  public let output: ImageShape
  private let pooling: Pooling

  /// Windows of a size, which do not overlap unless the stride is smaller.
  public init(over input: ImageShape, size: Int, stride: Int? = nil) {
    self.input = input
    pooling = Pooling(over: input, size: size, stride: stride)
    output = pooling.output
  }

  /// None.
  public var tensors: [NamedTensor] { [] }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] { pooling.map(x) { .maximum($0) } }
}

/// The mean of each part of an image, channel by channel.
///
/// ```swift
/// let pooling = AveragePooling(over: .signal(length: 4), size: 2)
/// pooling.outputs(for: [1.0, 3, 5, 9])  // [2, 7]
/// ```
///
/// What is left over at the right and below, where no whole window fits, is not looked at.
public struct AveragePooling: Module {
  /// The shape of what comes in.
  public let input: ImageShape
  /// The shape of what comes out.
  public let output: ImageShape
  private let pooling: Pooling

  /// Windows of a size, which do not overlap unless the stride is smaller.
  public init(over input: ImageShape, size: Int, stride: Int? = nil) {
    self.input = input
    pooling = Pooling(over: input, size: size, stride: stride)
    output = pooling.output
  }

  /// None.
  public var tensors: [NamedTensor] { [] }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] { pooling.map(x) { .mean($0) } }
}

/// One number for each window of each channel.
private struct Pooling {
  let input: ImageShape
  let output: ImageShape
  private let windows: Windows

  init(over input: ImageShape, size: Int, stride: Int?) {
    self.input = input
    windows = Windows(
      over: input, size: (input.height == 1 ? 1 : size, size), stride: stride ?? size, padding: 0)
    output = ImageShape(
      channels: input.channels, height: windows.height, width: windows.width)
  }

  func map<S: Scalar>(_ x: [S], _ number: ([S]) -> S) -> [S] {
    input.check(x.count)
    return x.rows(of: input.height * input.width).flatMap { channel in
      windows.indices.map { window in number(window.compactMap { $0.map { channel[$0] } }) }
    }
  }
}
