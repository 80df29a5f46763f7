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

  init(_ jacobian: Jacobian, _ point: LeastSquaresModel.Point) throws(LeastSquaresError) {
    self.jacobian = jacobian
    scales = Array(repeating: 0, count: jacobian.columnCount)
    try update(jacobian, point)
  }

  mutating func update(
    _ jacobian: Jacobian, _ point: LeastSquaresModel.Point
  ) throws(LeastSquaresError) {
    self.jacobian = jacobian
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

  /// What ‖J h + r‖² + μ ‖D h‖² is minimised with, where some parameters are held; `nil` where that
  /// does not determine h.
  func damped(_ damping: Double, except held: [Bool]) -> Jacobian.Factors? {
    let root = damping.squareRoot()
    return jacobian.factors(damping: held.indices.map { root * scale(of: $0) }, except: held)
  }

  /// How a step bends where residuals are curved along it, by half their second derivative: −½ (JᵀJ +
  /// μD²)⁻¹ Jᵀ r″.
  ///
  /// - Parameter share: the part of the step after which residuals were computed ahead.
  func bend(
    _ damped: Jacobian.Factors, of step: [Double], share: Double,
    from point: LeastSquaresModel.Point, to ahead: LeastSquaresModel.Point
  ) -> [Double] {
    let change = jacobian * step
    return damped.step(
      change.indices.map { i in
        let difference = point.rowScales[i] * (ahead.residuals[i] - point.residuals[i])
        return (difference / share - change[i]) / share
      })
  }

  /// By how much ½ ‖J h + r‖² is lower than ½ ‖r‖².
  func expectedGain(_ step: [Double]) -> Double {
    let change = jacobian * step
    let slope = gradient.indices.reduce(0) { $0 + gradient[$1] * step[$1] }
    return -slope - 0.5 * change.reduce(0) { $0 + $1 * $1 }
  }
}
