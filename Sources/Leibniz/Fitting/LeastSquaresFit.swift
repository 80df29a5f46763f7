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
  let jacobian: FittedJacobian
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

  /// Σ w r² / (residuals − parameters), the variance of residuals of weight 1; NaN where there are no more
  /// residuals than parameters. Parameters at a bound do not count.
  public var reducedSumOfSquares: Double {
    let freedom = residuals.count - isAtBound.count { !$0 }
    return freedom > 0 ? sumOfSquares / Double(freedom) : .nan
  }

  /// s² (JᵀJ)⁻¹ with s² = Σ w r² / (residuals − parameters): how parameters vary with the noise of the
  /// data, to first order. Those at a bound do not.
  ///
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if the data do not determine a parameter.
  public func covariance() throws(LinearAlgebraError) -> Matrix<Double> {
    try covariance(of: Array(parameters.indices))
  }

  /// The rows and columns of ``covariance()`` that belong to some parameters.
  ///
  /// ```swift
  /// let fit = try leastSquares(from: [1, 1]) { p in [p[0] - 1, p[0] - 3, p[1] - 5] }
  /// try fit.covariance(of: [0])[0, 0].rounded()  // 1.0
  /// ```
  ///
  /// - Precondition: they are parameters.
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if the data do not determine a parameter.
  /// - Complexity: of a sparse problem, that of one step and a solution for each of these parameters.
  public func covariance(of chosen: [Int]) throws(LinearAlgebraError) -> Matrix<Double> {
    for parameter in chosen {
      require(
        parameters.indices.contains(parameter),
        "There is no parameter \(parameter) among \(parameters.count).")
    }
    var covariance = try jacobian.inverseOfSquare(rowsAndColumns: chosen, except: isAtBound)
    for i in covariance.values.indices { covariance.values[i] *= reducedSumOfSquares }
    return covariance
  }

  /// The standard deviations of the parameters, the roots of the diagonal of ``covariance()``; NaN
  /// where there are no more residuals than parameters.
  ///
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)`` if the data do not determine a parameter.
  public func standardErrors() throws(LinearAlgebraError) -> [Double] {
    try standardErrors(of: Array(parameters.indices))
  }

  /// The standard deviations of some parameters.
  public func standardErrors(of chosen: [Int]) throws(LinearAlgebraError) -> [Double] {
    let covariance = try covariance(of: chosen)
    return chosen.indices.map { covariance[$0, $0].squareRoot() }
  }

  /// A table of the parameters with their standard errors, the first forty if there are many, after the
  /// sum of squares and the reason to end.
  public var description: String {
    var lines = [
      "\(converged ? "converged" : "did not converge"): \(reason.rawValue)",
      "residuals \(residuals.count), parameters \(parameters.count), iterations \(iterations), "
        + "evaluations \(evaluations)",
      "cost \(cost), sum of squares \(sumOfSquares), reduced \(reducedSumOfSquares)",
    ]
    let shown = Array(parameters.indices.prefix(40))
    var errors: [Double]?
    do {
      errors = try standardErrors(of: shown)
    } catch {
      lines.append("no standard errors: \(error)")
    }
    var rows = [["parameter", "value", "standard error", "relative"]]
    for i in shown {
      let value = parameters[i]
      var row = ["\(i)", "\(value)", "–", ""]
      if isAtBound[i] {
        row[2] = "at its bound"
      } else if let error = errors?[i] {
        row[2] = "\(error)"
        row[3] = value == 0 ? "" : "\((100 * error / value.magnitude).text(places: 2)) %"
      }
      rows.append(row)
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max()! }
    for row in rows {
      var line = ""
      for (text, width) in zip(row, widths) {
        line += String(repeating: " ", count: width - text.count) + text + "  "
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    if shown.count < parameters.count {
      lines.append("… and \(parameters.count - shown.count) more")
    }
    return lines.joined(separator: "\n")
  }
}
