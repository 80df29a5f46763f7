/// Samples laid out for programs: for each input, its numbers over all samples.
///
/// ```swift
/// var samples = try Samples([[0.1, 0.2, 1], [0.3, 0.4, -1]])
/// samples.count     // 2
/// samples[1]        // [0.3, 0.4, -1.0]
/// samples[1, 2]     // -1.0
/// samples[0, 2] = 0
/// samples.numbers   // [0.1, 0.2, 0.0, 0.3, 0.4, -1.0]
/// ```
///
/// A collection of rows. Made once and used for many runs, so that no array of arrays is unpacked in
/// the loop. Memory: 8 bytes a number; two samples or more are rounded up to a multiple of 8.
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
    self.init(count: rows.count, width: width)
    for (sample, row) in rows.enumerated() {
      guard row.count == width else {
        throw .wrongSampleWidth(expected: width, found: row.count, sample: sample)
      }
      self[sample] = row
    }
  }

  /// Room for `count` samples, all zeros.
  public init(count: Int, width: Int) {
    require(
      count < Int.max / 64 && elementCount(of: [count, width]).map { $0 < Int.max / 64 } == true,
      "There cannot be \(count) samples of \(width) numbers.")
    self.count = count
    self.width = width
    stride = Samples.stride(count)
    columns = Array(repeating: 0, count: stride * width)
  }

  /// Samples from their numbers, one sample after the other.
  ///
  /// - Precondition: The numbers fill whole samples.
  public init(numbers: [Double], width: Int) {
    require(
      width > 0 && numbers.count % width == 0,
      "\(counted(numbers.count, "number")) cannot fill samples of \(width).")
    self.init(count: numbers.count / width, width: width)
    numbers.withUnsafeBufferPointer { setSamples(from: 0, to: $0) }
  }

  /// Sets the samples from one on to the numbers of a buffer, one sample after the other.
  mutating func setSamples(from first: Int, to numbers: UnsafeBufferPointer<Double>) {
    let (width, stride) = (width, stride)
    let count = numbers.count / width
    columns.withUnsafeMutableBufferPointer { columns in
      // Eight samples at a time, since an input's numbers for them share a line of the cache: sample by
      // sample took twice as long.
      for start in Swift.stride(from: 0, to: count, by: 8) {
        for i in 0..<width {
          for sample in start..<Swift.min(start + 8, count) {
            columns[i * stride + first + sample] = numbers[sample * width + i]
          }
        }
      }
    }
    if first + count == self.count { for i in 0..<width { repeatLast(i) } }
  }

  /// The numbers, one sample after the other.
  public var numbers: [Double] { flatMap { $0 } }

  /// The numbers of one input over all samples.
  public subscript(input input: Int) -> [Double] {
    require(
      input >= 0 && input < width, "There is no input \(input) in samples of \(width) numbers.")
    return Array(columns[input * stride..<input * stride + count])
  }

  /// The number of one input in one sample.
  public subscript(sample: Int, input: Int) -> Double {
    get { columns[place(sample, input)] }
    set {
      columns[place(sample, input)] = newValue
      if sample == count - 1 { repeatLast(input) }
    }
  }

  private func place(_ sample: Int, _ input: Int) -> Int {
    require(
      sample >= 0 && sample < count && input >= 0 && input < width,
      "There is no input \(input) in sample \(sample) of \(count) samples of \(width) numbers.")
    return input * stride + sample
  }

  /// One sample runs by itself; several run in lanes of eight.
  private static func stride(_ count: Int) -> Int { count == 1 ? 1 : (count + 7) / 8 * 8 }

  /// The lanes past the last sample compute the last sample again, without effect: with zeros there
  /// a logarithm, say, would make infinities for nothing.
  private mutating func repeatLast(_ input: Int) {
    for padding in count..<stride {
      columns[input * stride + padding] = columns[input * stride + count - 1]
    }
  }
}

extension Samples: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  /// The numbers of one sample.
  ///
  /// - Precondition: A row that is set has ``width`` numbers.
  public subscript(sample: Int) -> [Double] {
    get {
      checkPlace(of: sample)
      return (0..<width).map { columns[$0 * stride + sample] }
    }
    set {
      checkPlace(of: sample)
      require(
        newValue.count == width,
        "Sample \(sample) has \(counted(width, "number")) and cannot be set to \(newValue.count).")
      for i in 0..<width { columns[i * stride + sample] = newValue[i] }
      if sample == count - 1 { for i in 0..<width { repeatLast(i) } }
    }
  }

  private func checkPlace(of sample: Int) {
    require(sample >= 0 && sample < count, "There is no sample \(sample) among \(count).")
  }
}

extension Samples: Equatable {
  /// Whether both hold the same numbers in the same samples.
  public static func == (a: Samples, b: Samples) -> Bool {
    a.count == b.count && a.width == b.width
      && (0..<a.width).allSatisfy { input in
        let start = input * a.stride
        return a.columns[start..<start + a.count] == b.columns[start..<start + a.count]
      }
  }
}
