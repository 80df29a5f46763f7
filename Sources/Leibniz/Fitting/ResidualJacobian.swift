/// The Jacobian matrix J of residuals, dense or sparse, as the steps of a least-squares fit need it.
protocol ResidualJacobian: Sendable {
  associatedtype Factors: StepFactors

  var rowCount: Int { get }
  var columnCount: Int { get }
  /// The norm of each column.
  var columnNorms: [Double] { get }
  /// The place of an entry that is infinite or not a number.
  var placeNotFinite: (row: Int, column: Int)? { get }

  mutating func scaleRows(by scales: [Double])
  static func * (a: Self, x: [Double]) -> [Double]
  func transposedProduct(_ x: [Double]) -> [Double]
  /// What minimises ‖J h + r‖² + Σ (dⱼ hⱼ)², where some h are held at 0; `nil` if J and d do not
  /// determine h.
  func factors(damping: [Double], except held: [Bool]) -> Factors?
  /// For the covariance of a fit that ended here.
  var fitted: FittedJacobian { get }
}

/// What damped steps from one point are computed with.
protocol StepFactors {
  /// The h that minimises ‖J h + r‖² + Σ (dⱼ hⱼ)² for some residuals r.
  func step(_ residuals: [Double]) -> [Double]
}

/// A Jacobian matrix that steps are taken from by its QR factors, without the loss of digits of
/// forming JᵀJ.
struct DenseJacobian: ResidualJacobian {
  private(set) var matrix: Matrix<Double>

  init(_ matrix: Matrix<Double>) { self.matrix = matrix }

  var rowCount: Int { matrix.rowCount }
  var columnCount: Int { matrix.columnCount }
  var columnNorms: [Double] { (0..<columnCount).map { euclideanNorm(matrix.column($0)) } }
  var fitted: FittedJacobian { .dense(matrix) }

  var placeNotFinite: (row: Int, column: Int)? {
    matrix.values.firstIndex { !$0.isFinite }.map { ($0 / columnCount, $0 % columnCount) }
  }

  mutating func scaleRows(by scales: [Double]) {
    for i in 0..<rowCount { for j in 0..<columnCount { matrix[i, j] *= scales[i] } }
  }

  static func * (a: DenseJacobian, x: [Double]) -> [Double] { a.matrix * x }

  func transposedProduct(_ x: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: columnCount)
    for i in 0..<rowCount { for j in 0..<columnCount { product[j] += matrix[i, j] * x[i] } }
    return product
  }

  struct Factors: StepFactors {
    fileprivate let free: [Int]
    fileprivate let count: Int
    fileprivate let factors: QR<Double>

    func step(_ residuals: [Double]) -> [Double] {
      var step = [Double](repeating: 0, count: count)
      for (j, h) in zip(free, factors.solve(residuals.map { -$0 } + free.map { _ in 0 })) {
        step[j] = h
      }
      return step
    }
  }

  func factors(damping: [Double], except held: [Bool]) -> Factors? {
    let free = held.indices.filter { !held[$0] }
    var rows: [Double] = []
    rows.reserveCapacity((rowCount + free.count) * free.count)
    for i in 0..<rowCount { for j in free { rows.append(matrix[i, j]) } }
    for a in free { for b in free { rows.append(a == b ? damping[a] : 0) } }
    let system = Matrix<Double>(
      rowCount: rowCount + free.count, columnCount: free.count, rows)
    guard let factors = try? QR(system) else { return nil }
    return Factors(free: free, count: held.count, factors: factors)
  }
}

/// A Jacobian matrix that steps are taken from by the normal equations, factored in an order that
/// keeps them sparse, or where that would take too long by conjugate gradients.
struct SparseResidualJacobian: ResidualJacobian {
  private(set) var matrix: SparseMatrix
  private let equations: NormalEquations

  /// - Precondition: the equations are those of the matrix's pattern.
  init(_ matrix: SparseMatrix, _ equations: NormalEquations) {
    self.matrix = matrix
    self.equations = equations
  }

  var rowCount: Int { matrix.rowCount }
  var columnCount: Int { matrix.columnCount }
  var fitted: FittedJacobian { .sparse(matrix, equations) }

  var columnNorms: [Double] {
    var squares = [Double](repeating: 0, count: columnCount)
    for (column, value) in zip(matrix.columns, matrix.values) { squares[column] += value * value }
    return squares.map { $0.squareRoot() }
  }

  var placeNotFinite: (row: Int, column: Int)? {
    matrix.values.firstIndex { !$0.isFinite }.map { (matrix.rows[$0], matrix.columns[$0]) }
  }

  mutating func scaleRows(by scales: [Double]) {
    let starts = matrix.pattern.starts
    matrix.updateValues { values in
      for (row, scale) in scales.enumerated() where scale != 1 {
        for place in starts[row]..<starts[row + 1] { values[place] *= scale }
      }
    }
  }

  static func * (a: SparseResidualJacobian, x: [Double]) -> [Double] { a.matrix * x }
  func transposedProduct(_ x: [Double]) -> [Double] { matrix.transposedProduct(x) }

  struct Factors: StepFactors {
    fileprivate let matrix: SparseMatrix
    fileprivate let held: [Bool]
    fileprivate let solver: Solver

    fileprivate enum Solver {
      case direct(NormalEquations.Factors)
      case iterative(NormalConjugateGradients)
    }

    func step(_ residuals: [Double]) -> [Double] {
      let slope = matrix.transposedProduct(residuals)
      let target = slope.indices.map { held[$0] ? 0 : -slope[$0] }
      return switch solver {
      case .direct(let factors): factors.solve(target)
      case .iterative(let gradients): gradients.solve(target)
      }
    }
  }

  func factors(damping: [Double], except held: [Bool]) -> Factors? {
    let diagonal = damping.map { $0 * $0 }
    if equations.work > Self.mostWork {
      guard
        let gradients = NormalConjugateGradients(
          matrix, groups: equations.groups, diagonal: diagonal, except: held)
      else { return nil }
      return Factors(matrix: matrix, held: held, solver: .iterative(gradients))
    }
    guard let factors = try? equations.factors(matrix, diagonal: diagonal, except: held) else {
      return nil
    }
    return Factors(matrix: matrix, held: held, solver: .direct(factors))
  }

  /// From so many multiplications, some ten seconds, the factors are not made.
  private static let mostWork = 2e10
}
