/// A matrix of at least as many rows as columns as Q R, with which equations are solved and sums of
/// squares minimised.
///
/// ```swift
/// let line = try QR(Matrix<Double>([[1, 0], [1, 1], [1, 2]]))
/// line.solve([1, 3, 5])   // [0.999…, 2.000…]
/// ```
///
/// 1 + 2 x goes through all three points. Q is a product of Householder's reflections, with
/// orthonormal columns; R is upper triangular. Of ``Value`` or ``Dual``, the solution can be
/// differentiated; a singular matrix then gives infinities or NaN.
///
/// - Complexity: m n² − n³/3 multiplications for the factors, 2 m n for a solution.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., sections 5.2 and 5.3.
public struct QR<Number: Scalar> {
  /// R, n × n.
  public let upper: Matrix<Number>
  /// For each column, the vector v of its reflection 1 − v vᵀ, of norm √2, from its diagonal down.
  private let reflections: [[Number]]
  private let rowCount: Int

  /// The factors of a matrix.
  ///
  /// - Precondition: it has at least as many rows as columns.
  public init(_ matrix: Matrix<Number>) {
    self.init(factoring: matrix)
  }

  private init(factoring matrix: Matrix<Number>) {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    require(m >= n, "A matrix of \(m) × \(n) has fewer rows than columns.")
    rowCount = m
    var columns = (0..<n).map { matrix.column($0) }
    var reflections: [[Number]] = []
    // The last column of a square matrix is left as it is.
    for k in 0..<min(n, m - 1) {
      let x = Array(columns[k][k...])
      let norm = Self.norm(x)
      // Away from zero: the sum does not cancel.
      let diagonal = Number.select(where: x[0], then: -norm, else: norm)
      let head = x[0] - diagonal
      // vᵀv = 2 norm (norm + |x₀|) before it is scaled.
      let scale = 1 / (norm.sqrt() * head.abs().sqrt())
      let v = [head * scale] + x.dropFirst().map { $0 * scale }
      for j in k + 1..<max(n, k + 1) {
        let product = Number.dot(v, Array(columns[j][k...]))
        for i in v.indices { columns[j][k + i] = columns[j][k + i] - product * v[i] }
      }
      columns[k][k] = diagonal
      reflections.append(v)
    }
    self.reflections = reflections
    upper = Matrix(
      rowCount: n, columnCount: n,
      (0..<n).flatMap { i in (0..<n).map { j in j < i ? .constant(0) : columns[j][i] } })
  }

  /// √Σxᵢ², scaled where plain numbers would overflow.
  private static func norm(_ x: [Number]) -> Number {
    let largest = x.reduce(0) { max($0, $1.knownNumber?.magnitude ?? 0) }
    if largest > 0 && (largest < 1e-140 || largest > 1e140) {
      let scaled = x.map { $0 / largest }
      return largest * Number.dot(scaled, scaled).sqrt()
    }
    return Number.dot(x, x).sqrt()
  }

  /// Qᵀ b: the first n numbers are what R x should be, the others what no x reaches.
  ///
  /// - Precondition: `b` has a number for each row.
  public func transposedProduct(_ b: [Number]) -> [Number] {
    require(
      b.count == rowCount, "\(b.count) right-hand sides were given for \(rowCount) equations.")
    var b = b
    for (k, v) in reflections.enumerated() {
      let product = Number.dot(v, Array(b[k...]))
      for i in v.indices { b[k + i] = b[k + i] - product * v[i] }
    }
    return b
  }

  /// x where A x = b, or where Σ (A x − b)² is least if there are more rows than columns.
  ///
  /// - Precondition: `b` has a number for each row.
  public func solve(_ b: [Number]) -> [Number] {
    solveUpper(Array(transposedProduct(b).prefix(upper.rowCount)))
  }

  /// x where R x = b.
  public func solveUpper(_ b: [Number]) -> [Number] {
    let n = upper.rowCount
    var x = b
    for i in (0..<n).reversed() {
      for k in i + 1..<max(n, i + 1) { x[i] = x[i] - upper[i, k] * x[k] }
      x[i] = x[i] / upper[i, i]
    }
    return x
  }

  /// (AᵀA)⁻¹ = R⁻¹ R⁻ᵀ, without the loss of digits of forming AᵀA.
  public var inverseOfSquare: Matrix<Number> {
    let n = upper.rowCount
    let identity = Matrix<Number>.identity(n)
    // The rows of this are the columns of R⁻¹.
    let columns = Matrix(
      rowCount: n, columnCount: n, (0..<n).flatMap { solveUpper(identity.row($0)) })
    return columns.transposed * columns
  }
}

extension QR<Double> {
  /// The factors of a matrix of plain numbers and full rank.
  ///
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)``, or
  ///   ``LinearAlgebraError/notFinite(row:column:)``.
  public init(_ matrix: Matrix<Double>) throws(LinearAlgebraError) {
    try matrix.checkFinite()
    // A column of zeros has no direction to reflect.
    for k in 0..<matrix.columnCount where matrix.column(k).allSatisfy({ $0 == 0 }) {
      throw .rankDeficient(column: k)
    }
    self.init(factoring: matrix)
    let tolerance = Double(matrix.rowCount) * .ulpOfOne
    for k in 0..<matrix.columnCount {
      let size = euclideanNorm(matrix.column(k))
      if !(upper[k, k].magnitude > tolerance * size) { throw .rankDeficient(column: k) }
    }
  }
}

/// x where A x = b for a square matrix, by ``QR``.
///
/// ```swift
/// try solve(Matrix<Double>([[2, 1], [1, 3]]), [3, 4])  // [0.999…, 1.0]
/// ```
///
/// - Precondition: the matrix is square.
/// - Throws: ``LinearAlgebraError`` if it is singular.
public func solve(
  _ matrix: Matrix<Double>, _ b: [Double]
) throws(LinearAlgebraError) -> [Double] {
  requireSquare(matrix)
  return try QR(matrix).solve(b)
}

/// x where A x = b for a square matrix of values or other numbers that are differentiated.
///
/// ```swift
/// let (one, three, four) = (Value.constant(1), Value.constant(3), Value.constant(4))
/// derivative(at: 2) { (a: Value) in solve(Matrix([[a, one], [one, three]]), [three, four])[0] }  // -0.599…
/// ```
///
/// - Precondition: the matrix is square.
@_specialize(where Number == Value)
@_specialize(where Number == Double)
public func solve<Number: Scalar>(_ matrix: Matrix<Number>, _ b: [Number]) -> [Number] {
  requireSquare(matrix)
  return QR(matrix).solve(b)
}

private func requireSquare<Number: Scalar>(_ matrix: Matrix<Number>) {
  require(
    matrix.rowCount == matrix.columnCount,
    "A matrix of \(matrix.rowCount) × \(matrix.columnCount) is not square.")
}
