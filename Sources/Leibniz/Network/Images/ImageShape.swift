/// How the numbers of a sample are an image: channel after channel, row after row.
///
/// ```swift
/// ImageShape(channels: 3, height: 8, width: 8).count  // 192
/// ```
///
/// A signal of one dimension is an image of height 1.
public struct ImageShape: Equatable, Sendable {
  /// How many images lie over each other, such as colours or the filters of a convolution.
  public var channels: Int
  /// How many rows each has.
  public var height: Int
  /// How many numbers a row has.
  public var width: Int

  /// The shape of an image.
  public init(channels: Int = 1, height: Int, width: Int) {
    require(
      channels > 0 && height > 0 && width > 0,
      "An image cannot have \(channels) channels of \(height) × \(width) numbers.")
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The shape of a signal of one dimension.
  public static func signal(channels: Int = 1, length: Int) -> ImageShape {
    ImageShape(channels: channels, height: 1, width: length)
  }

  /// How many numbers there are.
  public var count: Int { channels * height * width }

  /// Stops where a module is called with another number of numbers.
  func check(_ count: Int) {
    require(
      count == self.count,
      "An image of \(channels) channels of \(height) × \(width) has \(self.count) numbers, not \(count)."
    )
  }
}

/// The places of an image that a window covers, for each place where it can stand.
struct Windows {
  /// How often the window fits, by rows and columns.
  let height: Int
  let width: Int
  /// For each place of the window, row by row: the indices within one channel that it covers, `nil`
  /// for the padding around the image.
  let indices: [[Int?]]

  init(over image: ImageShape, size: (height: Int, width: Int), stride: Int, padding: Int) {
    // A signal is padded at its two ends only.
    let rowPadding = image.height == 1 && size.height == 1 ? 0 : padding
    let (rows, columns) = (image.height + 2 * rowPadding, image.width + 2 * padding)
    require(
      stride > 0 && padding >= 0 && 1...rows ~= size.height && 1...columns ~= size.width,
      "A window of \(size.height) × \(size.width) with stride \(stride) and padding \(padding) does "
        + "not fit an image of \(image.height) × \(image.width).")
    let height = (rows - size.height) / stride + 1
    let width = (columns - size.width) / stride + 1
    indices = (0..<height * width).map { place in
      (0..<size.height * size.width).map { offset in
        let row = place / width * stride + offset / size.width - rowPadding
        let column = place % width * stride + offset % size.width - padding
        return 0..<image.height ~= row && 0..<image.width ~= column
          ? row * image.width + column : nil
      }
    }
    (self.height, self.width) = (height, width)
  }
}
