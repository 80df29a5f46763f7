/// One number for each window of each channel of an image: the largest, or the mean.
///
/// ```swift
/// let image = ImageShape(height: 2, width: 4)
/// Pooling(.maximum, over: image, size: 2).predict([1, 2, 3, 4, 5, 6, 7, 8])  // [6.0, 8.0]
/// Pooling(.mean, over: .signal(length: 4), size: 2).predict([1, 3, 5, 9])    // [2.0, 7.0]
/// ```
///
/// What is left over at the right and below, where no whole window fits, is not looked at.
///
/// - Complexity: O(outputs · size²).
public struct Pooling: Module {
  /// What stands for a window.
  public enum Kind: Equatable, Sendable {
    /// The largest number; its gradient goes to that number alone, in equal parts where several are.
    case maximum
    /// The mean.
    case mean
  }

  /// What stands for a window.
  public let kind: Kind
  /// The shape of what comes in.
  public let input: ImageShape
  /// The shape of what comes out.
  public let output: ImageShape
  private let windows: Windows

  /// Windows of a size, which do not overlap unless the stride is smaller.
  public init(_ kind: Kind, over input: ImageShape, size: Int, stride: Int? = nil) {
    self.kind = kind
    self.input = input
    windows = Windows(
      over: input, size: (input.height == 1 ? 1 : size, size), stride: stride ?? size, padding: 0)
    output = ImageShape(
      channels: input.channels, height: windows.height, width: windows.width)
  }

  /// None.
  public var tensors: [NamedTensor] { [] }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    input.check(x.count)
    return x.rows(of: input.height * input.width).flatMap { channel in
      windows.indices.map { window in
        let numbers = window.compactMap { $0.map { channel[$0] } }
        return kind == .maximum ? .maximum(numbers) : .mean(numbers)
      }
    }
  }
}
