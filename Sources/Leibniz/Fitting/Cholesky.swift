/// A symmetric positive definite matrix as L Lᵀ, with which equations are solved.
///
/// ```swift
/// let factors = try Cholesky(Matrix<Double>([[4, 2], [2, 3]]))
/// factors.solve([8, 4])   // [2.0, 0.0]
/// ```
///
/// Only the lower half of the matrix is looked at. Of ``Value`` or ``Dual``, the solution can be
/// differentiated by the entries of matrix and right-hand side; a matrix that is not positive definite
/// then gives NaN, as √x does below 0.
///
/// - Complexity: n³/6 multiplications for the factors, n² for a solution.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., section 4.2.
public struct Cholesky<Number: Scalar> {
  /// L, with zeros above the diagonal.
  public let lower: Matrix<Number>

  /// The factors of a symmetric positive definite matrix.
  ///
  /// - Precondition: the matrix is square.
  public init(_ matrix: Matrix<Number>) {
    self.init(factoring: matrix)
  }

  private init(factoring matrix: Matrix<Number>) {
    require(
      matrix.rowCount == matrix.columnCount,
      "A matrix of \(matrix.rowCount) × \(matrix.columnCount) is not square.")
    let n = matrix.rowCount
    var lower = Matrix(
      rowCount: n, columnCount: n, [Number](repeating: .constant(0), count: n * n))
    for i in 0..<n {
      for j in 0...i {
        let known = (i * n..<i * n + j, j * n..<j * n + j)
        let rest =
          j == 0
          ? matrix[i, j]
          : matrix[i, j] - Number.dot(Array(lower.values[known.0]), Array(lower.values[known.1]))
        lower[i, j] = i == j ? rest.sqrt() : rest / lower[j, j]
      }
    }
    self.lower = lower
  }

  /// x where A x = b.
  ///
  /// - Precondition: `b` has a number for each row.
  public func solve(_ b: [Number]) -> [Number] {
    let n = lower.rowCount
    require(b.count == n, "\(b.count) right-hand sides were given for \(n) equations.")
    var x = b
    for i in 0..<n {
      for k in 0..<i { x[i] = x[i] - lower[i, k] * x[k] }
      x[i] = x[i] / lower[i, i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<max(n, i + 1) { x[i] = x[i] - lower[k, i] * x[k] }
      x[i] = x[i] / lower[i, i]
    }
    return x
  }

  /// A⁻¹.
  public var inverse: Matrix<Number> {
    let identity = Matrix<Number>.identity(lower.rowCount)
    let columns = Matrix(
      rowCount: lower.rowCount, columnCount: lower.rowCount,
      (0..<lower.rowCount).flatMap { solve(identity.row($0)) })
    return columns.transposed
  }
}

extension Cholesky<Double> {
  /// The factors of a symmetric positive definite matrix of plain numbers.
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(row:pivot:)``, or
  ///   ``LinearAlgebraError/notFinite(row:column:)``.
  public init(_ matrix: Matrix<Double>) throws(LinearAlgebraError) {
    try matrix.checkFinite()
    self.init(factoring: matrix)
    for row in 0..<lower.rowCount where !(lower[row, row] > 0) {
      let squares = (0..<row).reduce(0) { $0 + lower[row, $1] * lower[row, $1] }
      throw .notPositiveDefinite(row: row, pivot: matrix[row, row] - squares)
    }
  }
}
