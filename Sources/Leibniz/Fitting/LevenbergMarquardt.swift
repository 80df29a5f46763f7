/// What is to be fitted, apart from the residuals.
struct LeastSquaresProblem {
  let start: [Double]
  let lowerBounds: [Double]?
  let upperBounds: [Double]?
  let weights: [Double]?
  let loss: RobustLoss
  let settings: LeastSquaresSettings
  let progress: ((LeastSquaresProgress) -> Bool)?

  /// The fit of residuals with a Jacobian matrix of a known pattern: by normal equations if most of its
  /// entries are zero.
  func fit(
    pattern: SparsityPattern,
    residuals: ([Double]) throws(LeastSquaresError) -> [Double],
    jacobian: ([Double]) throws(LeastSquaresError) -> SparseMatrix
  ) throws(LeastSquaresError) -> LeastSquaresFit {
    if 3 * pattern.count > pattern.rowCount * pattern.columnCount && start.count <= 300 {
      return try fit(residuals: residuals) { parameters throws(LeastSquaresError) in
        DenseJacobian(try jacobian(parameters).dense)
      }
    }
    let equations = NormalEquations(pattern)
    return try fit(residuals: residuals) { parameters throws(LeastSquaresError) in
      SparseResidualJacobian(try jacobian(parameters), equations)
    }
  }

  /// The method of Levenberg and Marquardt; see
  /// ``leastSquares(from:lowerBounds:upperBounds:weights:loss:settings:progress:residuals:)``.
  ///
  /// - Parameter curvature: Σ cᵢ ∇²rᵢ for some cotangents c of the residuals, where it can be had.
  func fit<Jacobian: ResidualJacobian>(
    residuals: ([Double]) throws(LeastSquaresError) -> [Double],
    jacobian: ([Double]) throws(LeastSquaresError) -> Jacobian,
    curvature: (_ parameters: [Double], _ cotangents: [Double]) -> Matrix<Double>? = { _, _ in nil }
  ) throws(LeastSquaresError) -> LeastSquaresFit {
    let bounds = try ParameterBounds(lowerBounds, upperBounds, start: start)
    var evaluations = 0
    let model = LeastSquaresModel(weights: weights ?? [], loss: loss)
    func at(_ parameters: [Double]) throws(LeastSquaresError) -> LeastSquaresModel.Point {
      evaluations += 1
      return try model.point(residuals(parameters))
    }
    func linearized(_ parameters: [Double]) throws(LeastSquaresError) -> Jacobian {
      evaluations += 1
      return try jacobian(parameters)
    }
    guard !start.isEmpty else { throw .noParameters }
    var parameters = start
    var point = try at(start)
    try point.check(weights: weights, parameters: start.count)
    var system = try DampedSystem(linearized(parameters), point)
    var (damping, growth) = (settings.damping, 2.0)
    var lastLength = Double.infinity
    var iteration = 0
    var secondOrder = SecondOrderTrials(cost: point.cost)
    func fit(_ reason: LeastSquaresFit.Reason) -> LeastSquaresFit {
      LeastSquaresFit(
        parameters: parameters, cost: point.cost, residuals: point.residuals,
        sumOfSquares: point.sumOfSquares, iterations: iteration, evaluations: evaluations,
        reason: reason, jacobian: system.jacobian.fitted,
        isAtBound: bounds.held(parameters, system.gradient)
      )
    }
    while iteration < settings.iterations {
      let held = bounds.held(parameters, system.gradient)
      if system.isFlat(settings.gradientTolerance, except: held) { return fit(.gradient) }
      guard let damped = system.damped(damping, except: held) else {
        damping = max(damping * growth, 1e-16)
        growth *= 2
        if !damping.isFinite { return fit(.step) }
        continue
      }
      let velocity = damped.step(system.residuals)
      let speed = system.scaledNorm(velocity)
      let straight = zip(parameters, velocity).map { $0 + $1 }
      var next = bounds.clipped(straight)
      let isClipped = next != straight
      var isTooBent = false
      if !isClipped && system.curvature == nil
        && speed > 1e-4 * system.scaledNorm(parameters)
      {
        let share = 0.1
        let ahead = try at(zip(parameters, velocity).map { $0 + share * $1 })
        let bend = system.bend(damped, of: velocity, share: share, from: point, to: ahead)
        isTooBent = !(system.scaledNorm(bend) <= 0.375 * speed)
        if !isTooBent { next = bounds.clipped(zip(next, bend).map { $0 + $1 }) }
      }
      let step = zip(next, parameters).map { $0 - $1 }
      let (length, size) = (system.scaledNorm(step), system.scaledNorm(parameters))
      if !(length > settings.stepTolerance * (size + settings.stepTolerance)) { return fit(.step) }
      let expected = system.expectedGain(isClipped ? step : velocity)
      let isWorthwhile = expected > settings.costTolerance * point.cost
      // A step that was cut may lead uphill where a shorter one does not.
      if !isWorthwhile && !isClipped { return fit(.cost) }
      let trial = try at(next)
      let gain = (point.cost - trial.cost) / expected
      // Within the rounding errors of the cost, steps that become shorter are to be trusted more than its
      // differences: these end at half of the digits.
      let noise = 1e-10 * point.cost
      let isPolishing = expected < noise && trial.cost - point.cost < noise
      let isBetter = isPolishing ? length < 0.9 * lastLength : gain > 0
      guard isWorthwhile && !isTooBent && trial.cost.isFinite && isBetter else {
        damping = max(damping * growth, 1e-20)
        growth *= 2
        if !damping.isFinite { return fit(.step) }
        continue
      }
      lastLength = length
      let jacobian = try linearized(next)
      (parameters, point) = (next, trial)
      secondOrder.note(point.cost)
      try system.update(
        jacobian, point,
        curvature: secondOrder.areOn ? curvature(parameters, point.cotangents) : nil)
      iteration += 1
      let excess = isPolishing ? 1 : 2 * gain - 1
      damping = max(damping * max(1 / 3, 1 - excess * excess * excess), 1e-60)
      growth = 2
      let now = LeastSquaresProgress(
        iteration: iteration, cost: point.cost, damping: damping, parameters: parameters)
      if let progress, !progress(now) { return fit(.cancelled) }
    }
    return fit(.iterations)
  }
}
