/// The outcome of a check of derivatives against central differences: the largest disagreement.
public struct GradientCheck: Equatable, Sendable, CustomStringConvertible {
  /// Which derivative: `[i]` is ∂f/∂xᵢ, `[i, j]` is ∂²f/∂xᵢ∂xⱼ.
  public let coordinates: [Int]
  /// The derivative by automatic differentiation.
  public let derivative: Double
  /// The derivative from central differences.
  public let difference: Double
  /// The difference of the two, relative to the larger one.
  public let relativeError: Double

  /// `∂f/∂x[3]: 2.0 by differentiation, 1.0 by differences, relative error 0.5`.
  public var description: String {
    let order = coordinates.count == 1 ? "∂f/" : "∂²f/"
    let variables = coordinates.map { "∂x[\($0)]" }.joined()
    return "\(order)\(variables): \(derivative) by differentiation, \(difference) by differences, "
      + "relative error \(relativeError)"
  }
}

/// Why a check of derivatives failed.
public enum GradientCheckError: Error, Equatable, CustomStringConvertible {
  /// A derivative differs from central differences by more than the tolerance.
  case disagreement(GradientCheck, tolerance: Double)

  /// What was checked, both numbers and the tolerance.
  public var description: String {
    switch self {
    case .disagreement(let check, let tolerance): "\(check), above the tolerance \(tolerance)"
    }
  }
}

/// Checks the gradient of a function against central differences.
///
/// ```swift
/// try checkGradient(at: [1.0, 2.0]) { x in x[0] * x[1].sin() }  // returns: they agree
/// ```
///
/// A wrong derivative can only come from a ``CustomOperation``, a branch on a number or a kink, and
/// this finds it. Differences are extrapolated, with a step for each coordinate; they are good to
/// about 10⁻⁹ where f is smooth within 5% of x.
///
/// - Parameters:
///   - x: where to check.
///   - tolerance: the largest relative error. Derivatives below 1/10,000 of the largest one, or
///     below 10⁻⁶ of f itself, are measured by that size instead of their own.
///   - f: the function; it is run for many points around x.
/// - Returns: the coordinate with the largest relative error.
/// - Throws: ``GradientCheckError`` with the worst coordinate and both its numbers.
/// - Complexity: O(inputs · operations of `f`).
@discardableResult
public func checkGradient(
  at x: [Double], tolerance: Double = 1e-6, of f: ([Value]) -> Value
) throws(GradientCheckError) -> GradientCheck {
  try check(gradient(at: x, of: f), at: x, tolerance: tolerance) { x in
    f(x.map { Value($0) }).data
  }
}

/// Checks the second derivatives of a function against central differences of its gradient.
///
/// ```swift
/// try checkHessian(at: [1.0, 2.0]) { x in x[0] * x[1].sin() }  // returns: they agree
/// ```
///
/// - Parameters:
///   - x: where to check.
///   - tolerance: as for ``checkGradient(at:tolerance:of:)``.
///   - f: the function; it is run for many points around x.
/// - Returns: the pair of coordinates with the largest relative error.
/// - Throws: ``GradientCheckError`` with the worst pair and both its numbers.
/// - Complexity: O(inputs · operations of `f`).
@discardableResult
public func checkHessian(
  at x: [Double], tolerance: Double = 1e-6, of f: ([Value]) -> Value
) throws(GradientCheckError) -> GradientCheck {
  let (derivatives, coordinates) = (hessian(at: x, of: f), x.indices)
  return try check(
    derivatives, coordinates: coordinates.map { i in coordinates.map { [i, $0] } }, at: x,
    tolerance: tolerance, of: { gradient(at: $0, of: f) })
}

/// Checks a gradient against central differences of the function.
func check(
  _ gradient: [Double], at x: [Double], tolerance: Double, of f: ([Double]) -> Double
) throws(GradientCheckError) -> GradientCheck {
  try check(
    [gradient], coordinates: [x.indices.map { [$0] }], at: x, tolerance: tolerance, of: { [f($0)] })
}

/// Checks a matrix of derivatives, outputs × inputs, against central differences of the function.
///
/// - Parameter coordinates: what to call each derivative in the report.
private func check(
  _ jacobian: [[Double]], coordinates: [[[Int]]], at x: [Double], tolerance: Double,
  of f: ([Double]) -> [Double]
) throws(GradientCheckError) -> GradientCheck {
  require(!x.isEmpty, "A check of derivatives needs a coordinate.")
  let columns = x.indices.map { centralDifferences(at: x, coordinate: $0, of: f) }
  // An infinite size would make all finite errors small.
  func largest(_ numbers: some Sequence<Double>) -> Double {
    numbers.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }
  let floor = max(1e-4 * largest(columns.joined()), 1e-6 * largest(f(x)))
  var worst: GradientCheck?
  for (i, row) in jacobian.enumerated() {
    for (j, derivative) in row.enumerated() {
      let difference = columns[j][i]
      let scale = max(derivative.magnitude, difference.magnitude, floor)
      // Equal infinities agree; ∞ / ∞, where only one is infinite or their signs differ, is NaN.
      let error = derivative == difference ? 0 : (derivative - difference).magnitude / scale
      // A NaN agrees with nothing.
      if let worst, !(error > worst.relativeError), !error.isNaN { continue }
      worst = GradientCheck(
        coordinates: coordinates[i][j], derivative: derivative, difference: difference,
        relativeError: error.isNaN ? .infinity : error)
    }
  }
  guard let worst, worst.relativeError.isFinite, worst.relativeError <= tolerance else {
    throw .disagreement(worst!, tolerance: tolerance)
  }
  return worst
}
