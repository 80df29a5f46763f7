import Leibniz

/// Samples from a text file of numbers in columns, one sample a line.
///
/// ```swift
/// let digits = try CSVFile(contentsOf: "optdigits.tra", labels: 0...9)  // the last column
/// digits.features.count     // 2999 samples
/// digits.features[0].count  // of 64 numbers
/// digits.labels[0]          // 0
///
/// let houses = try CSVFile(contentsOf: "houses.csv", targets: ["price"], separator: ";")
/// houses.featureNames       // ["rooms", "area", "year"]
/// let data = try Dataset(features: houses.features, targets: houses.targets)
/// ```
///
/// A first line without a number in it is taken for the names of the columns; so is any first line
/// where a column is given by name. Empty lines are skipped. Fields may be quoted.
public struct CSVFile: Sendable {
  /// A column of a file: by its name, by its place counted from 0, or the last one.
  ///
  /// A text literal is a name and a whole number a place: `["price"]`, `[0]`.
  public enum Column: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// The column of a name in the first line.
    case named(String)
    /// The column at a place, counted from 0.
    case at(Int)
    /// The last column.
    case last

    /// The column of a name.
    public init(stringLiteral name: String) { self = .named(name) }

    /// The column at a place, counted from 0.
    public init(integerLiteral place: Int) { self = .at(place) }
  }

  /// The numbers of each sample without its label or targets; all samples have the same number.
  public let features: [[Double]]
  /// The names of the columns of ``features``, where the file names them.
  public let featureNames: [String]
  /// The label of each sample, where the file was read for labels; else none.
  public let labels: [Int]
  /// What is to be predicted of each sample: its targets, or its label as a number.
  public let targets: [[Double]]

  /// Reads samples with labels of classes.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - range: the labels there may be.
  ///   - column: where the label is.
  ///   - separator: the character between columns, in ASCII.
  ///   - featureCount: the number of features per sample; by default that of the first one.
  /// - Throws: ``FileError`` with the line and the reason, where a line has another number of
  ///   columns, a field is not a finite number, a label is not one of `labels`, a column is not there,
  ///   quotes do not match, or there is no sample.
  /// - Complexity: O(size of the file), in memory too.
  public init(
    contentsOf path: String, labels range: ClosedRange<Int>, in column: Column = .last,
    separator: Character = ",", featureCount: Int? = nil
  ) throws(FileError) {
    let table = try CSVTable(
      contentsOf: path, apart: [column], separator: separator,
      columns: featureCount.map { $0 + 1 }
    ) { text, number in
      if let label = Int(exactly: number), range.contains(label) { return nil }
      return "expected a label from \(range.lowerBound) to \(range.upperBound), "
        + "found '\(text.prefix(20))'"
    }
    (features, featureNames, targets) = (table.rest, table.restNames, table.apart)
    labels = targets.map { Int($0[0]) }
  }

  /// Reads samples with numbers to predict.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - columns: where the targets are; the other columns are features.
  ///   - separator: the character between columns, in ASCII.
  ///   - featureCount: the number of features per sample, without its targets.
  /// - Throws: ``FileError`` with the line and the reason, as for labels.
  /// - Complexity: O(size of the file), in memory too.
  public init(
    contentsOf path: String, targets columns: [Column], separator: Character = ",",
    featureCount: Int? = nil
  ) throws(FileError) {
    let table = try CSVTable(
      contentsOf: path, apart: columns, separator: separator,
      columns: featureCount.map { $0 + columns.count })
    (features, featureNames, targets) = (table.rest, table.restNames, table.apart)
    labels = []
  }

  /// Reads a file of numbers alone, two columns at least.
  ///
  /// ```swift
  /// let points = try CSVFile.numbers(contentsOf: "points.csv", columns: 2)  // [[t, y], …]
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - columns: the number of numbers per line; by default that of the first one.
  ///   - separator: the character between columns, in ASCII.
  /// - Returns: the numbers of each line.
  /// - Throws: ``FileError`` with the line and the reason, as for a file of samples.
  /// - Complexity: O(size of the file), in memory too.
  public static func numbers(
    contentsOf path: String, columns: Int? = nil, separator: Character = ","
  ) throws(FileError) -> [[Double]] {
    try CSVTable(contentsOf: path, apart: [], separator: separator, columns: columns).rest
  }
}
