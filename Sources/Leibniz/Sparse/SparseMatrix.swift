/// A matrix most of whose entries are zero, in compressed rows.
///
/// ```swift
/// let a = try SparseMatrix(
///   rowCount: 2, columnCount: 3, rows: [0, 1, 0], columns: [0, 1, 2], values: [4, 5, 6])
/// a * [1, 1, 1]                   // [10.0, 5.0]
/// a.transposedProduct([1, 1])     // [4.0, 5.0, 6.0]
/// a[0, 1]                         // 0.0
/// a.rows                          // [0, 0, 1]
/// a.columns                       // [0, 2, 1]
/// a.values                        // [4.0, 6.0, 5.0]
/// ```
///
/// Entries stand row by row, and in each row by ascending columns: ``rows``, ``columns`` and ``values``
/// are its coordinate form, ``pattern`` holds where the rows begin. Entries that are stored may be zero.
///
/// - Complexity: products take a multiplication for each entry.
public struct SparseMatrix: Sendable, Equatable {
  /// Where entries are stored.
  public let pattern: SparsityPattern
  /// The entries: those of row 0, by ascending columns, then those of row 1, …
  public var values: [Double] {
    didSet {
      require(
        values.count == pattern.count,
        "\(values.count) values do not fill a pattern of \(pattern.count) entries.")
    }
  }

  /// The number of rows.
  public var rowCount: Int { pattern.rowCount }
  /// The number of columns.
  public var columnCount: Int { pattern.columnCount }
  /// The row of each entry.
  public var rows: [Int] { pattern.rows }
  /// The column of each entry.
  public var columns: [Int] { pattern.columns }

  /// A matrix of entries at the places of a pattern.
  ///
  /// - Precondition: there is a value for each entry of the pattern.
  public init(_ pattern: SparsityPattern, values: [Double]) {
    require(
      values.count == pattern.count,
      "\(values.count) values do not fill a pattern of \(pattern.count) entries.")
    self.pattern = pattern
    self.values = values
  }

  /// A matrix of entries in any order; those in one place are added up.
  ///
  /// - Throws: ``SparseMatrixError`` if there are not as many rows and columns as values, or an entry
  ///   is outside of the matrix.
  public init(
    rowCount: Int, columnCount: Int, rows: [Int], columns: [Int], values: [Double]
  ) throws(SparseMatrixError) {
    guard rows.count == values.count && columns.count == values.count else {
      throw .differentCounts(rows: rows.count, columns: columns.count, values: values.count)
    }
    for (entry, (row, column)) in zip(rows, columns).enumerated() {
      guard row >= 0, row < rowCount, column >= 0, column < columnCount else {
        throw .outside(
          entry: entry, row: row, column: column, rowCount: rowCount, columnCount: columnCount)
      }
    }
    var starts = [0], sortedColumns: [Int] = [], sums: [Double] = []
    let order = rows.indices.sorted { (rows[$0], columns[$0], $0) < (rows[$1], columns[$1], $1) }
    var place = 0
    for row in 0..<rowCount {
      let start = sums.count
      while place < order.count && rows[order[place]] == row {
        let (column, value) = (columns[order[place]], values[order[place]])
        if sums.count > start && sortedColumns[sums.count - 1] == column {
          sums[sums.count - 1] += value
        } else {
          sortedColumns.append(column)
          sums.append(value)
        }
        place += 1
      }
      starts.append(sums.count)
    }
    self.init(SparsityPattern(unchecked: columnCount, starts, sortedColumns), values: sums)
  }

  /// The entry in a row and a column: 0 where none is stored.
  ///
  /// - Complexity: O(log entries of the row).
  public subscript(row: Int, column: Int) -> Double {
    var (low, high) = (pattern.starts[row], pattern.starts[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if pattern.columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    let isStored = low < pattern.starts[row + 1] && pattern.columns[low] == column
    return isStored ? values[low] : 0
  }

  /// Changes the entries in place.
  mutating func updateValues(_ body: (inout UnsafeMutableBufferPointer<Double>) -> Void) {
    values.withUnsafeMutableBufferPointer { body(&$0) }
  }

  /// A x.
  ///
  /// - Precondition: `x` has a number for each column.
  public static func * (a: SparseMatrix, x: [Double]) -> [Double] {
    require(
      x.count == a.columnCount,
      "A matrix of \(a.rowCount) × \(a.columnCount) was multiplied by a vector of \(x.count).")
    return (0..<a.rowCount).map { row in
      var sum = 0.0
      for place in a.pattern.starts[row]..<a.pattern.starts[row + 1] {
        sum += a.values[place] * x[a.pattern.columns[place]]
      }
      return sum
    }
  }

  /// Aᵀ x.
  ///
  /// - Precondition: `x` has a number for each row.
  public func transposedProduct(_ x: [Double]) -> [Double] {
    require(
      x.count == rowCount,
      "The transpose of a matrix of \(rowCount) × \(columnCount) was multiplied by a vector of "
        + "\(x.count).")
    var product = [Double](repeating: 0, count: columnCount)
    for row in 0..<rowCount {
      for place in pattern.starts[row]..<pattern.starts[row + 1] {
        product[pattern.columns[place]] += values[place] * x[row]
      }
    }
    return product
  }
}

/// Why entries do not make a sparse matrix.
public enum SparseMatrixError: Error, Equatable, CustomStringConvertible {
  /// Each entry needs a row, a column and a value.
  case differentCounts(rows: Int, columns: Int, values: Int)
  /// An entry is outside of the matrix.
  case outside(entry: Int, row: Int, column: Int, rowCount: Int, columnCount: Int)

  /// What was found and what was expected.
  public var description: String {
    switch self {
    case .differentCounts(let rows, let columns, let values):
      "There are \(rows) rows and \(columns) columns for \(values) values."
    case .outside(let entry, let row, let column, let rowCount, let columnCount):
      "Entry \(entry) is in row \(row) and column \(column) of a matrix of \(rowCount) × "
        + "\(columnCount)."
    }
  }
}
