/// Samples laid out for programs: for each input, its numbers over all samples.
///
/// ```swift
/// let samples = try Samples([[0.1, 0.2, 1], [0.3, 0.4, -1]])
/// samples.count  // 2
/// ```
///
/// Made once and used for many runs, so that no array of arrays is unpacked in the loop. Memory:
/// 8 bytes a number; two samples or more are rounded up to a multiple of 8.
public struct Samples: Sendable {
  /// How many samples there are.
  public let count: Int
  /// How many numbers each sample has.
  public let width: Int
  /// The numbers of input i begin at i · stride.
  let stride: Int
  var columns: [Double]

  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)`` if the samples differ in
  ///   width.
  public init(_ rows: [[Double]]) throws(ProgramError) {
    try self.init(rows, width: rows.first?.count ?? 0)
  }

  init(_ rows: [[Double]], width: Int) throws(ProgramError) {
    count = rows.count
    self.width = width
    stride = Samples.stride(count)
    columns = Array(repeating: 0, count: stride * width)
    for (sample, row) in rows.enumerated() { try set(sample, to: row) }
    repeatLast()
  }

  /// Room for so many samples, all zeros.
  public init(count: Int, width: Int) {
    require(count >= 0 && width >= 0, "Samples cannot be \(count) of \(width) numbers.")
    self.count = count
    self.width = width
    stride = Samples.stride(count)
    columns = Array(repeating: 0, count: stride * width)
  }

  /// The numbers of one sample.
  public subscript(_ sample: Int) -> [Double] {
    (0..<width).map { columns[$0 * stride + sample] }
  }

  /// The number of one input in one sample.
  public subscript(sample: Int, input: Int) -> Double {
    require(
      sample < count && input < width,
      "There is no input \(input) in sample \(sample) of \(count) samples of \(width) numbers.")
    return columns[input * stride + sample]
  }

  /// Replaces one sample.
  public mutating func set(_ sample: Int, to row: [Double]) throws(ProgramError) {
    guard row.count == width else {
      throw .wrongSampleWidth(expected: width, found: row.count, sample: sample)
    }
    for i in 0..<width { columns[i * stride + sample] = row[i] }
    if sample == count - 1 { repeatLast() }
  }

  /// One sample runs by itself; several run in lanes of eight.
  private static func stride(_ count: Int) -> Int { count == 1 ? 1 : (count + 7) / 8 * 8 }

  /// The lanes past the last sample compute the last sample again, without effect: with zeros there
  /// a logarithm, say, would make infinities for nothing.
  private mutating func repeatLast() {
    guard count > 0, count < stride else { return }
    for i in 0..<width {
      for padding in count..<stride {
        columns[i * stride + padding] = columns[i * stride + count - 1]
      }
    }
  }
}
