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
  /// μ of the first step: large for short first steps along the gradient, small for full ones.
  public var damping = 100.0

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
/// bound that the gradient points through are held there, and steps are cut at bounds. Where residuals
/// stay large and steps become many, their own second derivatives are taken into account.
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
/// minimization*, 2012; Dennis, Gay and Welsch, *An adaptive nonlinear least-squares algorithm*, 1981.
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
  let problem = LeastSquaresProblem(
    start: start, lowerBounds: lowerBounds, upperBounds: upperBounds, weights: weights, loss: loss,
    settings: settings, progress: progress)
  return try problem.fit { parameters throws(LeastSquaresError) in
    residuals(parameters.map(Value.constant)).map { $0.data }
  } jacobian: { parameters throws(LeastSquaresError) in
    DenseJacobian(Matrix(RecordedFunction(at: parameters, of: residuals).jacobian()))
  } curvature: { parameters, cotangents in
    let sum = RecordedFunction(at: parameters) { p in
      [.sum(zip(cotangents, residuals(p)).map { $0 * $1 })]
    }
    return Matrix(
      parameters.indices.map {
        sum.hessianVectorProduct(unitVector($0, count: parameters.count))
      })
  }
}

/// Fits the inputs of a program such that the sum of squares of its outputs is least.
///
/// ```swift
/// let valley = try Program(inputs: 2) { p in [10 * (p[1] - p[0] * p[0]), 1 - p[0]] }
/// try leastSquares(from: [-1.2, 1], program: valley).cost < 1e-20  // true
/// ```
///
/// The program's Jacobian matrix is computed in sparse form. Where few of its entries can be other than
/// zero, steps are taken from the normal equations, whose factors stay sparse; else as from closures.
/// Second derivatives of residuals are not taken into account.
///
/// - Parameters:
///   - start: where to begin, a number for each input.
///   - program: the residuals as outputs.
///   - lowerBounds: the least value of each parameter; none by default.
///   - upperBounds: the largest value of each parameter; none by default.
///   - weights: of the squares of residuals, such as 1/σ²; 1 by default.
///   - loss: how weighted residuals count.
///   - settings: when to end.
///   - progress: called after each step; false ends the fit.
/// - Throws: ``LeastSquaresError``.
/// - Complexity: for each step an evaluation of ``SparseJacobian``, and the factors of its normal
///   equations; where these would have some ten billion terms, conjugate gradients on them.
///
/// Source: as for closures; Triggs, McLauchlan, Hartley and Fitzgibbon, *Bundle adjustment – a modern
/// synthesis*, 2000, section 6.
public func leastSquares(
  from start: [Double],
  program: Program,
  lowerBounds: [Double]? = nil,
  upperBounds: [Double]? = nil,
  weights: [Double]? = nil,
  loss: RobustLoss = .squares,
  settings: LeastSquaresSettings = LeastSquaresSettings(),
  progress: ((LeastSquaresProgress) -> Bool)? = nil
) throws(LeastSquaresError) -> LeastSquaresFit {
  let problem = LeastSquaresProblem(
    start: start, lowerBounds: lowerBounds, upperBounds: upperBounds, weights: weights, loss: loss,
    settings: settings, progress: progress)
  guard start.count == program.graph.inputCount else {
    throw .wrongCount(of: .start, found: start.count, expected: program.graph.inputCount)
  }
  let jacobian = program.sparseJacobian()
  return try problem.fit(pattern: jacobian.pattern) { parameters throws(LeastSquaresError) in
    try LeastSquaresError.wrapping { () throws(ProgramError) in
      try program(program.samples([parameters]))[0]
    }
  } jacobian: { parameters throws(LeastSquaresError) in
    try LeastSquaresError.wrapping { () throws(ProgramError) in try jacobian(at: parameters) }
  }
}

/// Fits parameters to residuals that are few formulas, each evaluated at many places: the observations of
/// cameras, the edges of a graph, the points of several curves.
///
/// ```swift
/// // Levels from differences between neighbours, and one that is known.
/// let differences = try ResidualBlocks(
///   indices: [[0, 1], [1, 2], [0, 2]], data: [[1.1], [2.0], [2.9]]
/// ) { p, data in [p[1] - p[0] - data[0]] }
/// let known = try ResidualBlocks(indices: [[0]]) { p, _ in [p[0] - 5] }
/// let fit = try leastSquares(from: [0, 0, 0], blocks: [differences, known])
/// fit.parameters[1]  // 6.03…
/// ```
///
/// - Parameters:
///   - start: where to begin, a number for each parameter.
///   - blocks: the residuals, in this order.
///   - lowerBounds: the least value of each parameter; none by default.
///   - upperBounds: the largest value of each parameter; none by default.
///   - weights: of the squares of residuals, such as 1/σ²; 1 by default.
///   - loss: how weighted residuals count.
///   - settings: when to end.
///   - progress: called after each step; false ends the fit.
/// - Throws: ``LeastSquaresError``.
/// - Complexity: as fits of programs; each formula runs for all its places in lanes.
///
/// Source: as for programs.
public func leastSquares(
  from start: [Double],
  blocks: [ResidualBlocks],
  lowerBounds: [Double]? = nil,
  upperBounds: [Double]? = nil,
  weights: [Double]? = nil,
  loss: RobustLoss = .squares,
  settings: LeastSquaresSettings = LeastSquaresSettings(),
  progress: ((LeastSquaresProgress) -> Bool)? = nil
) throws(LeastSquaresError) -> LeastSquaresFit {
  let problem = LeastSquaresProblem(
    start: start, lowerBounds: lowerBounds, upperBounds: upperBounds, weights: weights, loss: loss,
    settings: settings, progress: progress)
  let assembly = try BlockJacobian(blocks, parameterCount: start.count)
  return try problem.fit(pattern: assembly.pattern) { parameters throws(LeastSquaresError) in
    try assembly.residuals(at: parameters)
  } jacobian: { parameters throws(LeastSquaresError) in
    try assembly.jacobian(at: parameters)
  }
}
