import Foundation
import Leibniz

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
    let rows = try Row.all(of: path, columns: featureCount.map { $0 + 1 })
    features = rows.map { Array($0.numbers.dropLast()) }
    labels = try rows.map { (row) throws(FileError) in
      guard let label = Int(exactly: row.numbers.last!), range.contains(label) else {
        throw .malformed(
          path: path, line: row.line,
          reason: "expected a label from \(range.lowerBound) to \(range.upperBound), "
            + "found '\(row.fields.last!.prefix(20))'")
      }
      return label
    }
  }

  /// Reads a file of numbers alone, two columns at least.
  ///
  /// ```swift
  /// let points = try CSVFile.numbers(contentsOf: "points.csv", columns: 2)  // [[t, y], …]
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - columns: how many numbers a line has; by default as many as the first one.
  /// - Returns: the numbers of each line.
  /// - Throws: ``FileError`` with the line and the reason, as for a file of samples.
  /// - Complexity: O(size of the file), in memory too.
  public static func numbers(
    contentsOf path: String, columns: Int? = nil
  ) throws(FileError) -> [[Double]] {
    try Row.all(of: path, columns: columns).map(\.numbers)
  }
}

/// A line of a file, read.
private struct Row {
  let line: Int
  let fields: [String]
  let numbers: [Double]

  static func all(of path: String, columns: Int?) throws(FileError) -> [Row] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    var rows: [Row] = []
    var columns = columns
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      func malformed(_ reason: String) -> FileError {
        .malformed(path: path, line: index + 1, reason: reason)
      }
      let fields = splitFields(of: line)
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
      rows.append(Row(line: index + 1, fields: fields, numbers: numbers))
    }
    guard !rows.isEmpty else {
      throw .malformed(path: path, line: nil, reason: "there are no samples in it")
    }
    return rows
  }
}

/// The fields of a line without the spaces around them.
private func splitFields(of line: Data) -> [String] {
  line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
    String(decoding: $0, as: UTF8.self)
      .trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\u{FEFF}"))
  }
}
