/// Colours of the rows or columns of a matrix: those of one colour are differentiated at once.
struct Coloring {
  /// The colour of each, from 0; -1 for those that need none.
  var colors: [Int32]
  var count: Int

  /// Colours in which no two columns with an entry in one of the rows are alike: a colouring of
  /// distance two in the bipartite graph of rows and columns.
  ///
  /// - Parameters:
  ///   - rows: which rows count.
  ///   - transposed: the rows that each column has entries in.
  /// - Complexity: Σ over those rows of the square of their entries.
  ///
  /// Source: Gebremedhin, Manne and Pothen, *What color is your Jacobian? Graph coloring for computing
  /// derivatives*, 2005, section 3.4.
  init(columnsOf pattern: SparsityPattern, transposed: SparsityPattern, rows: [Bool]) {
    colors = Array(repeating: -1, count: pattern.columnCount)
    count = 0
    var forbidden: [Int32] = []
    for column in 0..<pattern.columnCount {
      var isNeeded = false
      for row in transposed[column] where rows[row] {
        isNeeded = true
        for other in pattern[row] where colors[other] >= 0 {
          forbidden[Int(colors[other])] = Int32(column)
        }
      }
      guard isNeeded else { continue }
      let free = forbidden.firstIndex { $0 != Int32(column) } ?? forbidden.count
      if free == forbidden.count { forbidden.append(-1) }
      colors[column] = Int32(free)
    }
    count = forbidden.count
  }

  /// Colours of a symmetric pattern in which neighbours differ and each path of four has three: a star
  /// colouring, from which each entry can be read off.
  ///
  /// Vertices of very many neighbours get colours of their own at first, so that the search for paths
  /// does not go through them.
  ///
  /// Source: Gebremedhin, Manne and Pothen, 2005, section 4.1, algorithm 4.1.
  init(starsOf pattern: SparsityPattern) {
    let n = pattern.rowCount
    colors = Array(repeating: -1, count: n)
    count = 0
    var uses: [Int] = []
    let many = 2 * Int(Double(pattern.count).squareRoot())
    for vertex in 0..<n where pattern[vertex].count > many {
      colors[vertex] = Int32(uses.count)
      uses.append(1)
    }
    var forbidden = [Int32](repeating: -1, count: uses.count)
    for v in 0..<n where colors[v] < 0 {
      for w in pattern[v] where w != v {
        let color = colors[w]
        if color >= 0 {
          forbidden[Int(color)] = Int32(v)
          // No path of two colours goes through the only vertex of its colour.
          if uses[Int(color)] == 1 { continue }
        }
        for x in pattern[w] where x != v && colors[x] >= 0 && forbidden[Int(colors[x])] != v {
          if color < 0 || hasNeighbor(pattern[x], of: color, otherThan: w) {
            forbidden[Int(colors[x])] = Int32(v)
          }
        }
      }
      let free = forbidden.firstIndex { $0 != Int32(v) } ?? forbidden.count
      if free == forbidden.count {
        forbidden.append(-1)
        uses.append(0)
      }
      colors[v] = Int32(free)
      uses[free] += 1
    }
    count = uses.count
  }

  private func hasNeighbor(_ row: ArraySlice<Int>, of color: Int32, otherThan w: Int) -> Bool {
    row.contains { $0 != w && colors[$0] == color }
  }
}

/// How the entries of a matrix are read off its products with few vectors: some rows are taken by
/// products from the left, the others by products from the right.
struct Compression {
  /// Colours of the columns, for products with directions.
  var columns: Coloring
  /// Colours of the rows, for products with cotangents.
  var rows: Coloring
  /// Which rows are taken by their own colours.
  var isRowTaken: [Bool]
  /// Whether columns are taken by their own colours, and rows by what is left.
  var isTransposed = false

  var count: Int { columns.count + rows.count }

  /// The cheapest of: columns alone, rows alone, and both, where rows, or columns, of more than so many
  /// entries are taken by themselves.
  ///
  /// Source: Coleman and Verma, *The efficient computation of sparse Jacobian matrices using automatic
  /// differentiation*, 1998; Gebremedhin, Manne and Pothen, 2005, section 7.
  static func best(for pattern: SparsityPattern) -> Compression {
    let transposed = pattern.transposed
    var best: Compression?
    func attempt(_ a: SparsityPattern, _ b: SparsityPattern, isTransposed: Bool) {
      var most = 0
      for row in 0..<a.rowCount { most = max(most, a[row].count) }
      var thresholds = [most]
      while let last = thresholds.last, last > 0 { thresholds.append(last / 2) }
      for threshold in thresholds {
        let isTaken = (0..<a.rowCount).map { a[$0].count > threshold }
        // What a colouring cannot be better than.
        var bound = 0
        for row in 0..<a.rowCount where !isTaken[row] { bound = max(bound, a[row].count) }
        var boundOfRows = 0
        for column in 0..<b.rowCount {
          boundOfRows = max(boundOfRows, b[column].reduce(0) { $0 + (isTaken[$1] ? 1 : 0) })
        }
        if let best, best.count <= bound + boundOfRows { continue }
        let columns = Coloring(columnsOf: a, transposed: b, rows: isTaken.map { !$0 })
        let rows = Coloring(rowsOf: a, transposed: b, where: isTaken)
        if best.map({ columns.count + rows.count < $0.count }) ?? true {
          best = Compression(
            columns: isTransposed ? rows : columns, rows: isTransposed ? columns : rows,
            isRowTaken: isTaken, isTransposed: isTransposed)
        }
      }
    }
    attempt(pattern, transposed, isTransposed: false)
    attempt(transposed, pattern, isTransposed: true)
    return best!
  }

  /// Whether an entry is read off a product with a direction.
  func isForward(row: Int, column: Int) -> Bool {
    isTransposed ? isRowTaken[column] : !isRowTaken[row]
  }
}

extension Coloring {
  /// Colours of some of the rows in which no two with an entry in one column are alike.
  fileprivate init(
    rowsOf pattern: SparsityPattern, transposed: SparsityPattern, where isTaken: [Bool]
  ) {
    colors = Array(repeating: -1, count: pattern.rowCount)
    var forbidden: [Int32] = []
    for row in 0..<pattern.rowCount where isTaken[row] && !pattern[row].isEmpty {
      for column in pattern[row] {
        for other in transposed[column] where colors[other] >= 0 {
          forbidden[Int(colors[other])] = Int32(row)
        }
      }
      let free = forbidden.firstIndex { $0 != Int32(row) } ?? forbidden.count
      if free == forbidden.count { forbidden.append(-1) }
      colors[row] = Int32(free)
    }
    count = forbidden.count
  }
}
