// Second derivatives of functions with one result.

/// The Hessian matrix, Hᵢⱼ = ∂²f/∂xᵢ∂xⱼ.
///
/// ```swift
/// hessian(at: [1.0, 2.0]) { x in x[0] * x[0] * x[1] }  // [[4.0, 2.0], [2.0, 0.0]]
/// ```
///
/// - Returns: inputs × inputs, exactly symmetric.
/// - Complexity: O(inputs · operations of `f`). `f` runs once.
public func hessian(at x: [Double], of f: ([Value]) -> Value) -> [[Double]] {
  let recording = RecordedFunction(at: x) { [f($0)] }
  var rows = x.indices.map {
    recording.hessianVectorProduct(unitVector($0, count: x.count))
  }
  for i in x.indices {
    // The two orders of differentiation may round differently.
    for j in 0..<i { rows[j][i] = rows[i][j] }
  }
  return rows
}

/// H d, the derivative of the gradient along a direction, without the Hessian.
///
/// ```swift
/// hessianVectorProduct(at: [1.0, 2.0], direction: [1.0, 0.0]) { x in x[0] * x[0] * x[1] }
/// // [4.0, 2.0]
/// ```
///
/// Forward over reverse: the rules of the table, evaluated with dual numbers on one recording.
///
/// - Precondition: `direction` is as long as `x`.
/// - Precondition: A ``CustomOperation`` in `f` has its partials as formulas.
/// - Complexity: a small multiple of one gradient, however many coordinates there are.
///
/// Source: Pearlmutter, *Fast exact multiplication by the Hessian*, 1994.
public func hessianVectorProduct(
  at x: [Double], direction: [Double], of f: ([Value]) -> Value
) -> [Double] {
  RecordedFunction(at: x) { [f($0)] }.hessianVectorProduct(direction)
}

/// H d for a value that has been computed, by some of the variables it depends on: the curvature of
/// a loss along a direction in the space of a model's parameters.
///
/// ```swift
/// let a = Value(1), b = Value(2)
/// hessianVectorProduct(of: a * a * b, withRespectTo: [a, b], direction: [1.0, 0.0])  // [4.0, 2.0]
/// ```
///
/// No `grad` changes.
///
/// - Parameters:
///   - y: the value to differentiate.
///   - xs: variables.
///   - direction: one number for each of `xs`.
/// - Precondition: A ``CustomOperation`` between `xs` and `y` has its partials as formulas.
/// - Complexity: a small multiple of one gradient, however many variables there are.
public func hessianVectorProduct(
  of y: Value, withRespectTo xs: [Value], direction: [Double]
) -> [Double] {
  requireNoConstants(xs)
  return RecordedFunction(of: [y], withRespectTo: xs).hessianVectorProduct(direction)
}
