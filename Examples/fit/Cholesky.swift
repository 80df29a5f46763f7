/// A symmetric positive definite matrix as L Lᵀ, with which linear equations are solved.
struct Cholesky {
  private let lower: [[Double]]

  /// The factor of a matrix, or `nil` if it is not positive definite.
  init?(_ matrix: [[Double]]) {
    var lower = matrix
    for j in matrix.indices {
      for k in 0..<j { lower[j][j] -= lower[j][k] * lower[j][k] }
      guard lower[j][j] > 0 else { return nil }
      lower[j][j] = lower[j][j].squareRoot()
      for i in (j + 1)..<max(j + 1, matrix.count) {
        for k in 0..<j { lower[i][j] -= lower[i][k] * lower[j][k] }
        lower[i][j] /= lower[j][j]
      }
    }
    self.lower = lower
  }

  /// The factor of a matrix whose diagonal is raised until it is positive definite: then the
  /// solution of an equation with a gradient leads downhill. `nil` where an entry is not finite.
  init?(damping matrix: [[Double]]) {
    guard matrix.joined().allSatisfy(\.isFinite) else { return nil }
    let size = matrix.indices.reduce(1e-12) { max($0, matrix[$1][$1].magnitude) }
    var damping = 0.0
    while damping.isFinite {
      var raised = matrix
      for i in raised.indices { raised[i][i] += damping }
      if let factor = Cholesky(raised) {
        self = factor
        return
      }
      damping = max(2 * damping, 1e-6 * size)
    }
    return nil
  }

  /// x where A x = b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for k in 0..<i { x[i] -= lower[i][k] * x[k] }
      x[i] /= lower[i][i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(i + 1, x.count) { x[i] -= lower[k][i] * x[k] }
      x[i] /= lower[i][i]
    }
    return x
  }

  /// The diagonal of A⁻¹.
  var inverseDiagonal: [Double] {
    lower.indices.map { i in
      var unit = [Double](repeating: 0, count: lower.count)
      unit[i] = 1
      return solve(unit)[i]
    }
  }
}
