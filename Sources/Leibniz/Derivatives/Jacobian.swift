// First derivatives of functions with several results.

/// The Jacobian matrix, Jᵢⱼ = ∂fᵢ/∂xⱼ.
///
/// ```swift
/// jacobian(at: [1.0, 2.0]) { x in [x[0] * x[1], x[0] + x[1], x[1].power(2)] }
/// // [[2.0, 1.0], [1.0, 1.0], [0.0, 4.0]]
/// ```
///
/// - Returns: outputs × inputs: one row for each output.
/// - Complexity: O(min(inputs, outputs) · operations of `f`): forward mode column by column or
///   reverse mode row by row, whichever are fewer. `f` runs once.
public func jacobian(at x: [Double], of f: ([Value]) -> [Value]) -> [[Double]] {
  RecordedFunction(at: x, of: f).jacobian()
}

extension RecordedFunction {
  /// The Jacobian matrix, one row for each output.
  func jacobian() -> [[Double]] {
    let (inputs, outputs) = (inputs.count, outputs.count)
    guard inputs < outputs else {
      return (0..<outputs).map { pullback(of: unitVector($0, count: outputs)) }
    }
    let columns = (0..<inputs).map { pushforward(of: unitVector($0, count: inputs)) }
    return (0..<outputs).map { row in columns.map { $0[row] } }
  }
}

/// J d, the derivative of all outputs along a direction.
///
/// ```swift
/// jacobianVectorProduct(at: [1.0, 2.0], direction: [1.0, 0.0]) { x in [x[0] * x[1], x[0] + x[1]] }
/// // [2.0, 1.0]
/// ```
///
/// - Precondition: `direction` is as long as `x`.
/// - Complexity: O(operations of `f`), however many outputs there are.
public func jacobianVectorProduct(
  at x: [Double], direction: [Double], of f: ([Value]) -> [Value]
) -> [Double] {
  RecordedFunction(at: x, of: f).pushforward(of: direction)
}

/// J d, the derivative of all outputs along a direction, by forward mode: no graph is made.
///
/// ```swift
/// jacobianVectorProduct(at: [1.0, 2.0], direction: [1.0, 0.0]) { (x: [Dual]) in [x[0] * x[1]] }
/// // [2.0]
/// ```
///
/// - Precondition: `direction` is as long as `x`.
/// - Complexity: O(operations of `f`), however many outputs there are.
@_disfavoredOverload
public func jacobianVectorProduct(
  at x: [Double], direction: [Double], of f: ([Dual]) -> [Dual]
) -> [Double] {
  require(
    direction.count == x.count,
    "A direction of length \(direction.count) was given for a point of length \(x.count).")
  return Dual.pushforward(at: x, direction: direction, of: f)
}

/// Jᵀ c, the gradient of Σ cᵢ fᵢ.
///
/// ```swift
/// vectorJacobianProduct(at: [1.0, 2.0], cotangent: [1.0, 10.0]) { x in
///   [x[0] * x[1], x[0] + x[1]]
/// }
/// // [12.0, 11.0]
/// ```
///
/// - Precondition: `cotangent` has one number for each output.
/// - Complexity: O(operations of `f`), however many inputs there are.
public func vectorJacobianProduct(
  at x: [Double], cotangent: [Double], of f: ([Value]) -> [Value]
) -> [Double] {
  RecordedFunction(at: x, of: f).pullback(of: cotangent)
}
