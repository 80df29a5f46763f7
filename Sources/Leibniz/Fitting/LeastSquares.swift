/// When a least-squares fit ends.
public struct LeastSquaresSettings: Sendable {
  /// The most steps to take.
  public var iterations = 2000
  /// The largest cosine of the angle between the residuals and a column of their Jacobian matrix that
  /// counts as a right angle.
  public var gradientTolerance = 1e-14
  /// The longest step, as a part of the parameters' size, that counts as none.
  public var stepTolerance = 1e-13
  /// The largest part of the cost, expected to be gained by a step, that counts as nothing.
  public var costTolerance = 1e-24

  /// The defaults, which go to the limits of the numbers.
  public init() {}
}

/// Where a least-squares fit stands after a step.
public struct LeastSquaresProgress: Sendable {
  /// Steps so far.
  public let iteration: Int
  /// The cost now.
  public let cost: Double
  /// The damping of the next step.
  public let damping: Double
  /// The parameters now.
  public let parameters: [Double]
}

/// Fits parameters such that the sum of squares of residuals is least, by the method of Levenberg and
/// Marquardt with exact derivatives.
///
/// ```swift
/// let times = [0.0, 1, 2, 3], counts = [8.1, 4.9, 3.1, 1.8]
/// let fit = try leastSquares(from: [10, 1]) { p in
///   zip(times, counts).map { p[0] * (-p[1] * $0).exp() - $1 }
/// }
/// fit.parameters              // [8.09…, 0.49…]
/// try fit.standardErrors()    // [0.068…, 0.0089…]
/// print(fit)                  // a report
/// ```
///
/// Each step minimises ‖J h + r‖² + μ ‖D h‖² by QR factors, where D has the norms of the columns of J,
/// falling slowly; μ follows Nielsen's rule. Long steps are bent along the residuals' second
/// derivative in their direction, which leads around the curves of narrow valleys. Parameters at a
/// bound that the gradient points through are held there, and steps are cut at bounds.
///
/// - Parameters:
///   - start: where to begin, one number for each parameter.
///   - lowerBounds: the least value of each parameter; none by default.
///   - upperBounds: the largest value of each parameter; none by default.
///   - weights: of the squares of residuals, such as 1/σ²; 1 by default.
///   - loss: how weighted residuals count.
///   - settings: when to end.
///   - progress: called after each step; false ends the fit.
///   - residuals: what should be zero, at least as many as parameters and as many at each call.
/// - Returns: the parameters, the covariance and how it went; see ``LeastSquaresFit/reason``.
/// - Throws: ``LeastSquaresError``.
/// - Complexity: for each step a Jacobian matrix, O(parameters · operations), and the factors of a matrix of
///   residuals × parameters.
///
/// Source: Madsen, Nielsen and Tingleff, *Methods for non-linear least squares problems*, 2nd ed., 2004,
/// section 3.2; Moré, *The Levenberg–Marquardt algorithm: implementation and theory*, 1978;
/// Transtrum and Sethna, *Improvements to the Levenberg–Marquardt algorithm for nonlinear least-squares
/// minimization*, 2012.
public func leastSquares(
  from start: [Double],
  lowerBounds: [Double]? = nil,
  upperBounds: [Double]? = nil,
  weights: [Double]? = nil,
  loss: RobustLoss = .squares,
  settings: LeastSquaresSettings = LeastSquaresSettings(),
  progress: ((LeastSquaresProgress) -> Bool)? = nil,
  residuals: ([Value]) -> [Value]
) throws(LeastSquaresError) -> LeastSquaresFit {
  let bounds = try ParameterBounds(lowerBounds, upperBounds, start: start)
  var evaluations = 0
  let model = LeastSquaresModel(weights: weights ?? [], loss: loss)
  func at(_ parameters: [Double]) throws(LeastSquaresError) -> LeastSquaresModel.Point {
    evaluations += 1
    return try model.point(residuals(parameters.map(Value.constant)).map { $0.data })
  }
  func linearized(_ parameters: [Double]) throws(LeastSquaresError) -> Matrix<Double> {
    evaluations += 1
    return Matrix(RecordedFunction(at: parameters, of: residuals).jacobian())
  }
  guard !start.isEmpty else { throw .noParameters }
  var parameters = start
  var point = try at(start)
  try point.check(weights: weights, parameters: start.count)
  var system = try DampedSystem(linearized(parameters), point)
  var (damping, growth) = (100.0, 2.0)
  var lastLength = Double.infinity
  var iteration = 0
  func fit(_ reason: LeastSquaresFit.Reason) -> LeastSquaresFit {
    LeastSquaresFit(
      parameters: parameters, cost: point.cost, residuals: point.residuals,
      sumOfSquares: point.sumOfSquares, iterations: iteration, evaluations: evaluations,
      reason: reason, jacobian: system.jacobian, isAtBound: bounds.held(parameters, system.gradient)
    )
  }
  while iteration < settings.iterations {
    let held = bounds.held(parameters, system.gradient)
    if system.isFlat(settings.gradientTolerance, except: held) { return fit(.gradient) }
    let damped = system.damped(damping, except: held)
    let velocity = damped.step(system.residuals)
    let speed = system.scaledNorm(velocity)
    let straight = zip(parameters, velocity).map { $0 + $1 }
    var next = bounds.clipped(straight)
    let isClipped = next != straight
    var isTooBent = false
    if !isClipped && speed > 1e-4 * system.scaledNorm(parameters) {
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
      damping *= growth
      growth *= 2
      if !damping.isFinite { return fit(.step) }
      continue
    }
    lastLength = length
    let jacobian = try linearized(next)
    (parameters, point) = (next, trial)
    try system.update(jacobian, point)
    iteration += 1
    let excess = isPolishing ? 1 : 2 * gain - 1
    damping = max(damping * max(1 / 3, 1 - excess * excess * excess), 1e-20)
    growth = 2
    let now = LeastSquaresProgress(
      iteration: iteration, cost: point.cost, damping: damping, parameters: parameters)
    if let progress, !progress(now) { return fit(.cancelled) }
  }
  return fit(.iterations)
}
