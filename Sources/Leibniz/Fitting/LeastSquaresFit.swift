/// What ``leastSquares(from:lowerBounds:upperBounds:weights:loss:settings:progress:residuals:)`` found,
/// and how sure one can be of it.
///
/// Its ``description`` is a report:
///
/// ```
/// parameter          value    standard error
/// 0             238.942129          2.707008
/// …
/// ```
public struct LeastSquaresFit: Sendable, CustomStringConvertible {
  /// The parameters where the sum of squares is least nearby.
  public let parameters: [Double]
  /// ½ Σ wᵢ ρ(rᵢ²), which is half the weighted sum of squares for the plain loss.
  public let cost: Double
  /// The residuals at the parameters, as they were given: without weights and loss.
  public let residuals: [Double]
  /// Σ wᵢ rᵢ².
  public let sumOfSquares: Double
  /// Steps that were accepted.
  public let iterations: Int
  /// How often residuals were computed, with and without derivatives.
  public let evaluations: Int
  /// Why it ended.
  public let reason: Reason
  /// The Jacobian matrix of the weighted residuals at the parameters.
  let jacobian: Matrix<Double>
  /// Which parameters stand at a bound.
  let isAtBound: [Bool]

  /// Why a fit ended.
  public enum Reason: String, Sendable {
    /// The gradient is zero, relative to its terms.
    case gradient = "the gradient is zero to the tolerance"
    /// No step changes the parameters any more.
    case step = "steps are shorter than the tolerance"
    /// No step is expected to make the cost lower.
    case cost = "the cost does not change by more than the tolerance"
    /// The limit of iterations was reached: the parameters are the best so far.
    case iterations = "the limit of iterations was reached"
    /// `progress` asked to end.
    case cancelled = "it was cancelled"
  }

  /// Whether it ended at a minimum.
  public var converged: Bool { reason != .iterations && reason != .cancelled }

  /// s² (JᵀJ)⁻¹ with s² = Σ w r² / (residuals − parameters): how parameters vary with the noise of the
  /// data, to first order. Those at a bound do not.
  ///
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if the data do not determine a parameter.
  public func covariance() throws(LinearAlgebraError) -> Matrix<Double> {
    let free = parameters.indices.filter { !isAtBound[$0] }
    let columns = free.map { jacobian.column($0) }
    let inverse = try QR(
      Matrix<Double>(
        rowCount: jacobian.rowCount, columnCount: free.count,
        (0..<jacobian.rowCount).flatMap { row in columns.map { $0[row] } })
    ).inverseOfSquare
    let freedom = residuals.count - free.count
    let variance = freedom > 0 ? sumOfSquares / Double(freedom) : .nan
    let n = parameters.count
    var covariance = Matrix<Double>(
      rowCount: n, columnCount: n, Array(repeating: 0, count: n * n))
    for (i, a) in free.enumerated() {
      for (j, b) in free.enumerated() { covariance[a, b] = variance * inverse[i, j] }
    }
    return covariance
  }

  /// The standard deviations of the parameters, the roots of the diagonal of ``covariance()``; NaN
  /// where there are no more residuals than parameters.
  ///
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if the data do not determine a parameter.
  public func standardErrors() throws(LinearAlgebraError) -> [Double] {
    let covariance = try covariance()
    return parameters.indices.map { covariance[$0, $0].squareRoot() }
  }

  /// A table of the parameters with their standard errors, the sum of squares and the reason to end.
  public var description: String {
    let errors: [Double]?
    let note: String
    do {
      errors = try standardErrors()
      note = ""
    } catch {
      errors = nil
      note = "\nno standard errors: \(error)"
    }
    var lines = ["parameter  value  standard error"]
    for (i, parameter) in parameters.enumerated() {
      let error = errors.map { isAtBound[i] ? "at its bound" : "\($0[i])" } ?? "–"
      lines.append("\(i)  \(parameter)  \(error)")
    }
    lines.append(
      "sum of squares \(sumOfSquares) of \(residuals.count) residuals, cost \(cost), after "
        + "\(iterations) iterations and \(evaluations) evaluations: \(reason.rawValue)")
    return lines.joined(separator: "\n") + note
  }
}

/// Why a least-squares problem could not be begun.
public enum LeastSquaresError: Error, Equatable, CustomStringConvertible {
  /// There is no parameter.
  case noParameters
  /// There are fewer residuals than parameters.
  case tooFewResiduals(found: Int, parameters: Int)
  /// A list has not one number for each parameter or residual.
  case wrongCount(of: List, found: Int, expected: Int)
  /// A lower bound is not below its upper bound.
  case contradictoryBounds(parameter: Int, lower: Double, upper: Double)
  /// A parameter starts outside of its bounds, or is not a number.
  case startOutOfBounds(parameter: Int, value: Double)
  /// A weight is negative or not finite.
  case badWeight(residual: Int, weight: Double)
  /// A residual is infinite or not a number at the start.
  case residualNotFinite(residual: Int, value: Double)
  /// A derivative of a residual is infinite or not a number.
  case derivativeNotFinite(residual: Int, parameter: Int)

  /// What is given beside start and residuals.
  public enum List: Sendable {
    /// One for each parameter.
    case lowerBounds, upperBounds
    /// One for each residual.
    case weights
  }

  /// What is wrong, with the numbers found and expected.
  public var description: String {
    switch self {
    case .noParameters: "There is no parameter to fit."
    case .tooFewResiduals(let found, let parameters):
      "\(found) residuals cannot determine \(parameters) parameters."
    case .wrongCount(.lowerBounds, let found, let expected):
      "\(found) lower bounds were given, and \(expected) are needed."
    case .wrongCount(.upperBounds, let found, let expected):
      "\(found) upper bounds were given, and \(expected) are needed."
    case .wrongCount(.weights, let found, let expected):
      "\(found) weights were given, and \(expected) are needed."
    case .contradictoryBounds(let parameter, let lower, let upper):
      "The lower bound \(lower) of parameter \(parameter) is not below the upper bound \(upper)."
    case .startOutOfBounds(let parameter, let value):
      "Parameter \(parameter) starts at \(value), which is not within its bounds."
    case .badWeight(let residual, let weight):
      "The weight \(weight) of residual \(residual) is negative or not finite."
    case .residualNotFinite(let residual, let value):
      "Residual \(residual) is \(value) at the start."
    case .derivativeNotFinite(let residual, let parameter):
      "The derivative of residual \(residual) with respect to parameter \(parameter) is not finite."
    }
  }
}
