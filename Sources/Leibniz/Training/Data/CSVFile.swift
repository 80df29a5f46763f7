import Foundation

/// Samples from a text file of comma-separated numbers, one sample a line, the label last.
///
/// ```swift
/// let file = try CSVFile(contentsOf: "optdigits.tra", labels: 0...9)
/// file.features.count     // 2999 samples
/// file.features[0].count  // of 64 numbers
/// file.labels[0]          // 0
/// ```
///
/// A first line without a number in it is taken for the names of the columns. Empty lines are
/// skipped.
public struct CSVFile: Sendable {
  /// The numbers of each sample without its label; all samples have as many.
  public let features: [[Double]]
  /// The label of each sample.
  public let labels: [Int]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - range: the labels there may be.
  ///   - featureCount: how many numbers a sample has; by default as many as the first one.
  /// - Throws: ``FileError`` with the line and the reason, where a line has another number of
  ///   columns, a field is not a finite number, a label is not one of `labels`, or there is no
  ///   sample.
  /// - Complexity: O(size of the file), in memory too.
  public init(
    contentsOf path: String, labels range: ClosedRange<Int>, featureCount: Int? = nil
  ) throws(FileError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    var features: [[Double]] = []
    var labels: [Int] = []
    var columns = featureCount.map { $0 + 1 }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      func malformed(_ reason: String) -> FileError {
        .malformed(path: path, line: index + 1, reason: reason)
      }
      let fields = fields(of: line)
      if fields == [""] || index == 0 && fields.allSatisfy({ Double($0) == nil }) { continue }
      let expected = columns ?? fields.count
      guard fields.count == expected, expected > 1 else {
        throw malformed("expected \(max(expected, 2)) columns, found \(fields.count)")
      }
      columns = expected
      let numbers = fields.compactMap(Double.init).filter(\.isFinite)
      guard numbers.count == expected else {
        let wrong = fields.first { !(Double($0)?.isFinite ?? false) } ?? ""
        throw malformed("expected a number, found '\(wrong.prefix(20))'")
      }
      guard let label = Int(exactly: numbers[expected - 1]), range.contains(label) else {
        throw malformed(
          "expected a label from \(range.lowerBound) to \(range.upperBound), "
            + "found '\(fields[expected - 1].prefix(20))'")
      }
      features.append(Array(numbers.dropLast()))
      labels.append(label)
    }
    guard !labels.isEmpty else {
      throw .malformed(path: path, line: nil, reason: "there are no samples in it")
    }
    self.features = features
    self.labels = labels
  }
}

/// The fields of a line without the spaces around them.
private func fields(of line: Data) -> [String] {
  line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
    String(decoding: $0, as: UTF8.self)
      .trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\u{FEFF}"))
  }
}
