/// A dense matrix of numbers that one can differentiate, row by row in one array.
///
/// ```swift
/// let a = Matrix<Double>([[4, 2], [2, 3]])
/// a[0, 1]          // 2
/// a * [1, 1]       // [6, 5]
/// a.values         // [4, 2, 2, 3]
/// ```
///
/// With ``Cholesky`` and ``QR`` it solves equations: of `Double`, or of ``Value`` and ``Dual``, through
/// which the solution is differentiated like any formula. It is for the small systems of fits and
/// implicit functions, up to some hundred rows.
public struct Matrix<Number: Scalar> {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The entries: row 0, then row 1, …
  public var values: [Number]

  /// A matrix of entries that stand row by row.
  ///
  /// - Precondition: there are rowCount · columnCount values.
  public init(rowCount: Int, columnCount: Int, _ values: [Number]) {
    require(
      rowCount >= 0 && columnCount >= 0 && values.count == rowCount * columnCount,
      "\(values.count) values do not fill a matrix of \(rowCount) × \(columnCount).")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A matrix of rows.
  ///
  /// - Precondition: all rows are of one length.
  public init(_ rows: [[Number]]) {
    let width = rows.first?.count ?? 0
    for (number, row) in rows.enumerated() where row.count != width {
      stop("Row \(number) of a matrix has \(row.count) entries, and row 0 has \(width).")
    }
    self.init(rowCount: rows.count, columnCount: width, rows.flatMap { $0 })
  }

  /// The matrix with ones on its diagonal and zeros elsewhere.
  public static func identity(_ count: Int) -> Matrix {
    var identity = Matrix(
      rowCount: count, columnCount: count, Array(repeating: .constant(0), count: count * count))
    for i in 0..<count { identity[i, i] = .constant(1) }
    return identity
  }

  /// The entry in a row and a column.
  public subscript(row: Int, column: Int) -> Number {
    @inline(__always) get { values[row * columnCount + column] }
    @inline(__always) set { values[row * columnCount + column] = newValue }
  }

  /// The entries of a row.
  public func row(_ row: Int) -> [Number] {
    Array(values[row * columnCount..<(row + 1) * columnCount])
  }

  /// The entries of a column.
  public func column(_ column: Int) -> [Number] { (0..<rowCount).map { self[$0, column] } }

  /// Rows as columns.
  public var transposed: Matrix {
    Matrix(
      rowCount: columnCount, columnCount: rowCount, (0..<columnCount).flatMap { column($0) })
  }

  /// A x.
  ///
  /// - Precondition: `x` has a number for each column.
  public static func * (a: Matrix, x: [Number]) -> [Number] {
    require(
      x.count == a.columnCount,
      "A matrix of \(a.rowCount) × \(a.columnCount) was multiplied by a vector of \(x.count).")
    return (0..<a.rowCount).map { Number.dot(a.row($0), x) }
  }

  /// A B.
  ///
  /// - Precondition: `b` has as many rows as `a` has columns.
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    require(
      b.rowCount == a.columnCount,
      "A matrix of \(a.rowCount) × \(a.columnCount) was multiplied by one of \(b.rowCount) × "
        + "\(b.columnCount).")
    let columns = (0..<b.columnCount).map { b.column($0) }
    return Matrix(
      rowCount: a.rowCount, columnCount: b.columnCount,
      (0..<a.rowCount).flatMap { i in
        let row = a.row(i)
        return columns.map { Number.dot(row, $0) }
      })
  }
}

extension Matrix: Equatable where Number: Equatable {}
extension Matrix: Sendable where Number: Sendable {}

/// Why a system of equations has no solution that could be computed.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// The matrix is not positive definite: the pivot of a row is not above zero.
  case notPositiveDefinite(row: Int, pivot: Double)
  /// A column depends on those before it, to the precision of numbers.
  case rankDeficient(column: Int)
  /// An entry is infinite or not a number.
  case notFinite(row: Int, column: Int)

  /// Which row or column it is, and what stands there.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let row, let pivot):
      "The matrix is not positive definite: the pivot of row \(row) is \(pivot)."
    case .rankDeficient(let column):
      "The matrix is singular: column \(column) depends on the columns before it."
    case .notFinite(let row, let column):
      "The entry in row \(row) and column \(column) of the matrix is infinite or not a number."
    }
  }
}

extension Matrix<Double> {
  /// Throws at the first entry that is not finite.
  func checkFinite() throws(LinearAlgebraError) {
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: place / columnCount, column: place % columnCount)
    }
  }
}

extension SparseMatrix {
  /// All entries, those that are not stored too.
  public var dense: Matrix<Double> {
    var dense = Matrix<Double>(
      rowCount: rowCount, columnCount: columnCount,
      Array(repeating: 0, count: rowCount * columnCount))
    for (place, (row, column)) in zip(rows, columns).enumerated() {
      dense[row, column] = values[place]
    }
    return dense
  }
}
