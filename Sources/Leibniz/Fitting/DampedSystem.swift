/// The linearised residuals of a least-squares problem, J h + r, from which damped steps are taken.
struct DampedSystem {
  private(set) var jacobian: Matrix<Double>
  private(set) var residuals: [Double] = []
  /// Half the gradient of the sum of squares, Jᵀ r.
  private(set) var gradient: [Double] = []
  /// The norms of the columns of J, and those norms falling by no more than three tenths a step: a
  /// parameter that has lost its influence is not let go at once.
  private var norms: [Double] = []
  private var scales: [Double]

  init(
    _ jacobian: Matrix<Double>, _ point: LeastSquaresModel.Point
  ) throws(LeastSquaresError) {
    self.jacobian = jacobian
    scales = Array(repeating: 0, count: jacobian.columnCount)
    try update(jacobian, point)
  }

  mutating func update(
    _ jacobian: Matrix<Double>, _ point: LeastSquaresModel.Point
  ) throws(LeastSquaresError) {
    let n = jacobian.columnCount
    self.jacobian = jacobian
    residuals = point.scaledResiduals
    gradient = Array(repeating: 0, count: n)
    for i in 0..<jacobian.rowCount {
      for j in 0..<n {
        let entry = jacobian[i, j] * point.rowScales[i]
        guard entry.isFinite else { throw .derivativeNotFinite(residual: i, parameter: j) }
        self.jacobian[i, j] = entry
        gradient[j] += entry * residuals[i]
      }
    }
    norms = (0..<n).map { euclideanNorm(self.jacobian.column($0)) }
    for j in 0..<n { scales[j] = max(0.7 * scales[j], norms[j]) }
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

  /// What ‖J h + r‖² + μ ‖D h‖² is minimised with, for one μ.
  struct Damped {
    fileprivate let free: [Int]
    fileprivate let count: Int
    fileprivate let factors: QR<Double>?

    /// The h that minimises ‖J h + r‖² + μ ‖D h‖², 0 for what is held.
    func step(_ residuals: [Double]) -> [Double] {
      var step = [Double](repeating: 0, count: count)
      guard let factors else { return step }
      for (j, h) in zip(free, factors.solve(residuals.map { -$0 } + free.map { _ in 0 })) {
        step[j] = h
      }
      return step
    }
  }

  /// The factors for one μ, where some parameters are held.
  func damped(_ damping: Double, except held: [Bool]) -> Damped {
    let free = held.indices.filter { !held[$0] }
    var rows: [Double] = []
    rows.reserveCapacity((jacobian.rowCount + free.count) * free.count)
    for i in 0..<jacobian.rowCount { for j in free { rows.append(jacobian[i, j]) } }
    for a in free {
      for b in free { rows.append(a == b ? damping.squareRoot() * scale(of: a) : 0) }
    }
    let system = Matrix<Double>(
      rowCount: jacobian.rowCount + free.count, columnCount: free.count, rows)
    return Damped(free: free, count: held.count, factors: try? QR(system))
  }

  /// How a step bends where residuals are curved along it, by half their second derivative: −½ (JᵀJ +
  /// μD²)⁻¹ Jᵀ r″.
  ///
  /// - Parameter share: the part of the step after which residuals were computed ahead.
  func bend(
    _ damped: Damped, of step: [Double], share: Double, from point: LeastSquaresModel.Point,
    to ahead: LeastSquaresModel.Point
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
