/// Where a matrix may have entries other than zero, row by row.
///
/// ```swift
/// let pattern = SparsityPattern(columnCount: 3, rows: [[0, 2], [1]])
/// pattern.count       // 3
/// Array(pattern[0])   // [0, 2]
/// pattern.transposed.columns  // [0, 1, 0]
/// ```
public struct SparsityPattern: Sendable, Equatable {
  /// The number of rows.
  public var rowCount: Int { starts.count - 1 }
  /// The number of columns.
  public let columnCount: Int
  /// Where the entries of each row begin among all; in the end, how many there are.
  public let starts: [Int]
  /// The columns of the entries: those of row 0, ascending, then those of row 1, …
  public let columns: [Int]

  /// How many entries may be other than zero.
  public var count: Int { columns.count }

  /// A pattern of the columns of each row, ascending.
  ///
  /// - Precondition: each row's columns ascend, and are below `columnCount`.
  public init(columnCount: Int, rows: [[Int]]) {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for row in rows { starts.append(starts[starts.count - 1] + row.count) }
    self.init(columnCount: columnCount, starts: starts, columns: rows.flatMap { $0 })
  }

  /// A pattern in compressed rows.
  ///
  /// - Precondition: `starts` begins with 0, does not descend, and ends with the number of columns
  ///   given; the columns of each row ascend, and are below `columnCount`.
  public init(columnCount: Int, starts: [Int], columns: [Int]) {
    require(
      starts.first == 0 && starts.last == columns.count,
      "The rows of a pattern of \(columns.count) entries begin at \(starts).")
    for (row, start) in starts.dropLast().enumerated() {
      let end = starts[row + 1]
      require(start <= end, "Row \(row) of a pattern begins at \(start) and ends at \(end).")
      for place in start..<end {
        let column = columns[place]
        require(
          column >= 0 && column < columnCount && (place == start || columns[place - 1] < column),
          "Column \(column) of row \(row) is out of order, or not one of \(columnCount).")
      }
    }
    self.init(unchecked: columnCount, starts, columns)
  }

  init(unchecked columnCount: Int, _ starts: [Int], _ columns: [Int]) {
    self.columnCount = columnCount
    self.starts = starts
    self.columns = columns
  }

  /// The columns of a row.
  public subscript(row: Int) -> ArraySlice<Int> { columns[starts[row]..<starts[row + 1]] }

  /// The row of each entry.
  public var rows: [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for row in 0..<rowCount {
      rows.append(contentsOf: repeatElement(row, count: starts[row + 1] - starts[row]))
    }
    return rows
  }

  /// Rows as columns.
  ///
  /// - Complexity: O(entries + rows + columns).
  public var transposed: SparsityPattern { transposedWithPlaces.pattern }

  /// Rows as columns, and where each entry of the result stands in this pattern.
  var transposedWithPlaces: (pattern: SparsityPattern, places: [Int]) {
    var starts = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { starts[column + 1] += 1 }
    for column in 0..<columnCount { starts[column + 1] += starts[column] }
    var next = starts
    var rows = [Int](repeating: 0, count: count)
    var places = rows
    for row in 0..<rowCount {
      for place in self.starts[row]..<self.starts[row + 1] {
        let target = next[columns[place]]
        next[columns[place]] += 1
        rows[target] = row
        places[target] = place
      }
    }
    return (SparsityPattern(unchecked: rowCount, starts, rows), places)
  }

  /// The entries of this square pattern, of its transpose, and the diagonal.
  var symmetrized: SparsityPattern {
    let other = transposed
    var starts = [0], columns: [Int] = []
    columns.reserveCapacity(count + rowCount)
    for row in 0..<rowCount {
      var (a, b) = (self[row], other[row])
      var isDiagonalNext = true
      while true {
        var column = min(a.first ?? .max, b.first ?? .max)
        if isDiagonalNext { column = min(column, row) }
        if column == .max { break }
        if a.first == column { a.removeFirst() }
        if b.first == column { b.removeFirst() }
        if column == row { isDiagonalNext = false }
        columns.append(column)
      }
      starts.append(columns.count)
    }
    return SparsityPattern(unchecked: columnCount, starts, columns)
  }
}
