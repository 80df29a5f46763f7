/// The linearised residuals of a least-squares problem, J h + r, from which damped steps are taken.
struct DampedSystem<Jacobian: ResidualJacobian> {
  private(set) var jacobian: Jacobian
  private(set) var residuals: [Double] = []
  /// Half the gradient of the sum of squares, Jᵀ r.
  private(set) var gradient: [Double] = []
  /// The norms of the columns of J, and those norms falling by no more than three tenths a step: a
  /// parameter that has lost its influence is not let go at once.
  private var norms: [Double] = []
  private var scales: [Double]
  /// Σ rᵢ ∇²rᵢ, where steps are to be Newton's: what JᵀJ leaves out of the curvature of the cost.
  private(set) var curvature: Matrix<Double>?

  init(_ jacobian: Jacobian, _ point: LeastSquaresModel.Point) throws(LeastSquaresError) {
    self.jacobian = jacobian
    scales = Array(repeating: 0, count: jacobian.columnCount)
    try update(jacobian, point)
  }

  mutating func update(
    _ jacobian: Jacobian, _ point: LeastSquaresModel.Point, curvature: Matrix<Double>? = nil
  ) throws(LeastSquaresError) {
    self.jacobian = jacobian
    self.curvature = curvature
    self.jacobian.scaleRows(by: point.rowScales)
    if let place = self.jacobian.placeNotFinite {
      throw .derivativeNotFinite(residual: place.row, parameter: place.column)
    }
    residuals = point.scaledResiduals
    gradient = self.jacobian.transposedProduct(residuals)
    norms = self.jacobian.columnNorms
    for j in norms.indices { scales[j] = max(0.7 * scales[j], norms[j]) }
  }

  /// ‖D x‖.
  func scaledNorm(_ x: [Double]) -> Double {
    euclideanNorm(x.indices.map { scale(of: $0) * x[$0] })
  }

  /// A parameter that has not made a difference yet is measured by itself.
  private func scale(of parameter: Int) -> Double {
    scales[parameter] > 0 ? scales[parameter] : 1
  }

  /// Whether the residuals are at right angles to the columns of J that may move.
  func isFlat(_ tolerance: Double, except held: [Bool]) -> Bool {
    let size = euclideanNorm(residuals)
    return gradient.indices.allSatisfy {
      held[$0] || gradient[$0].magnitude <= tolerance * norms[$0] * size
    }
  }

  /// What ‖J h + r‖² + μ ‖D h‖², and hᵀ S h where the curvature S is known, is minimised with, where
  /// some parameters are held; `nil` where that does not determine h.
  func damped(_ damping: Double, except held: [Bool]) -> DampedFactors<Jacobian.Factors>? {
    let root = damping.squareRoot()
    let damping = held.indices.map { root * scale(of: $0) }
    guard let curvature else {
      return jacobian.factors(damping: damping, except: held).map { .residuals($0) }
    }
    let free = held.indices.filter { !held[$0] }
    var hessian = Matrix<Double>(
      rowCount: free.count, columnCount: free.count,
      Array(repeating: 0, count: free.count * free.count))
    for (column, j) in free.enumerated() {
      let square = jacobian.transposedProduct(jacobian * unitVector(j, count: held.count))
      for (row, i) in free.enumerated() {
        hessian[row, column] = square[i] + curvature[i, j] + (i == j ? damping[i] * damping[i] : 0)
      }
    }
    return (try? Cholesky(hessian)).map { .gradient($0, free: free, gradient) }
  }

  /// How a step bends where residuals are curved along it, by half their second derivative: −½ (JᵀJ +
  /// μD²)⁻¹ Jᵀ r″.
  ///
  /// - Parameter share: the part of the step after which residuals were computed ahead.
  func bend(
    _ damped: DampedFactors<Jacobian.Factors>, of step: [Double], share: Double,
    from point: LeastSquaresModel.Point, to ahead: LeastSquaresModel.Point
  ) -> [Double] {
    let change = jacobian * step
    return damped.step(
      change.indices.map { i in
        let difference = point.rowScales[i] * (ahead.residuals[i] - point.residuals[i])
        return (difference / share - change[i]) / share
      })
  }

  /// By how much ½ ‖J h + r‖² + ½ hᵀ S h is lower than ½ ‖r‖².
  func expectedGain(_ step: [Double]) -> Double {
    let change = jacobian * step
    let slope = gradient.indices.reduce(0) { $0 + gradient[$1] * step[$1] }
    let bending = curvature.map { dotProduct($0 * step, step) } ?? 0
    return -slope - 0.5 * (change.reduce(0) { $0 + $1 * $1 } + bending)
  }
}

/// What damped steps from one point are computed with.
enum DampedFactors<Factors: StepFactors> {
  /// Gauss and Newton's steps.
  case residuals(Factors)
  /// Newton's, of the parameters that are free, from half the gradient.
  case gradient(Cholesky<Double>, free: [Int], [Double])

  func step(_ residuals: [Double]) -> [Double] {
    switch self {
    case .residuals(let factors): return factors.step(residuals)
    case .gradient(let factors, let free, let gradient):
      var step = [Double](repeating: 0, count: gradient.count)
      for (j, h) in zip(free, factors.solve(free.map { -gradient[$0] })) { step[j] = h }
      return step
    }
  }
}
