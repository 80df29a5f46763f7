// First derivatives of functions with one result, in the names of Swift's own differentiation.

/// The derivative of a function of one number.
///
/// ```swift
/// derivative(at: 3.0) { x in x * x }  // 6.0
/// ```
///
/// - Complexity: O(operations of `f`).
public func derivative(at x: Double, of f: (Value) -> Value) -> Double {
  gradient(at: [x]) { f($0[0]) }[0]
}

/// The derivative of a function of one number, by forward mode: no graph is made.
///
/// ```swift
/// derivative(at: 3.0) { (x: Dual) in x * x }  // 6.0
/// ```
///
/// - Complexity: O(operations of `f`), in constant memory.
@_disfavoredOverload
public func derivative(at x: Double, of f: (Dual) -> Dual) -> Double {
  Dual.pushforward(at: [x], direction: [1]) { [f($0[0])] }[0]
}

/// The gradient ∇f: the derivative with respect to every coordinate.
///
/// ```swift
/// gradient(at: [1.0, 2.0]) { x in x[0] * x[1] }  // [2.0, 1.0]
/// ```
///
/// What `f` captures keeps its `grad`. A branch in `f` on a number takes the side it takes at `x`.
///
/// - Complexity: O(operations of `f`), however many coordinates there are.
public func gradient(at x: [Double], of f: ([Value]) -> Value) -> [Double] {
  RecordedFunction(at: x) { [f($0)] }.gradient()
}

/// The value f(x) and the gradient ∇f(x).
///
/// ```swift
/// valueWithGradient(at: [1.0, 2.0]) { x in x[0] * x[1] }  // (value: 2.0, gradient: [2.0, 1.0])
/// ```
///
/// - Complexity: O(operations of `f`), however many coordinates there are.
public func valueWithGradient(
  at x: [Double], of f: ([Value]) -> Value
) -> (value: Double, gradient: [Double]) {
  let recording = RecordedFunction(at: x) { [f($0)] }
  return (recording.values[0], recording.gradient())
}

/// The derivatives of a function of two numbers.
///
/// ```swift
/// gradient(at: 1.0, 2.0) { x, y in x * y }  // (2.0, 1.0)
/// ```
///
/// - Complexity: O(operations of `f`).
public func gradient(
  at x: Double, _ y: Double, of f: (Value, Value) -> Value
) -> (Double, Double) {
  let gradient = gradient(at: [x, y]) { f($0[0], $0[1]) }
  return (gradient[0], gradient[1])
}

/// The value and the derivatives of a function of two numbers.
///
/// ```swift
/// valueWithGradient(at: 1.0, 2.0) { x, y in x * y }  // (value: 2.0, gradient: (2.0, 1.0))
/// ```
///
/// - Complexity: O(operations of `f`).
public func valueWithGradient(
  at x: Double, _ y: Double, of f: (Value, Value) -> Value
) -> (value: Double, gradient: (Double, Double)) {
  let (value, gradient) = valueWithGradient(at: [x, y]) { f($0[0], $0[1]) }
  return (value, (gradient[0], gradient[1]))
}

/// The derivatives of a function of three numbers.
///
/// ```swift
/// gradient(at: 1.0, 2.0, 3.0) { x, y, z in x * y * z }  // (6.0, 3.0, 2.0)
/// ```
///
/// - Complexity: O(operations of `f`).
public func gradient(
  at x: Double, _ y: Double, _ z: Double, of f: (Value, Value, Value) -> Value
) -> (Double, Double, Double) {
  let gradient = gradient(at: [x, y, z]) { f($0[0], $0[1], $0[2]) }
  return (gradient[0], gradient[1], gradient[2])
}

/// The value and the derivatives of a function of three numbers.
///
/// ```swift
/// valueWithGradient(at: 1.0, 2.0, 3.0) { x, y, z in x * y * z }
/// // (value: 6.0, gradient: (6.0, 3.0, 2.0))
/// ```
///
/// - Complexity: O(operations of `f`).
public func valueWithGradient(
  at x: Double, _ y: Double, _ z: Double, of f: (Value, Value, Value) -> Value
) -> (value: Double, gradient: (Double, Double, Double)) {
  let (value, gradient) = valueWithGradient(at: [x, y, z]) { f($0[0], $0[1], $0[2]) }
  return (value, (gradient[0], gradient[1], gradient[2]))
}

/// The derivative of f at x along a direction, ∇f · d.
///
/// ```swift
/// directionalDerivative(at: [1.0, 2.0], direction: [3.0, 0.0]) { x in x[0] * x[1] }  // 6.0
/// ```
///
/// - Precondition: `direction` is as long as `x`. It is not normalised.
/// - Complexity: O(operations of `f`).
public func directionalDerivative(
  at x: [Double], direction: [Double], of f: ([Value]) -> Value
) -> Double {
  jacobianVectorProduct(at: x, direction: direction) { [f($0)] }[0]
}

/// The derivative of f at x along a direction, by forward mode: no graph is made.
///
/// ```swift
/// directionalDerivative(at: [1.0, 2.0], direction: [3.0, 0.0]) { (x: [Dual]) in x[0] * x[1] }
/// // 6.0
/// ```
///
/// - Precondition: `direction` is as long as `x`. It is not normalised.
/// - Complexity: O(operations of `f`).
@_disfavoredOverload
public func directionalDerivative(
  at x: [Double], direction: [Double], of f: ([Dual]) -> Dual
) -> Double {
  jacobianVectorProduct(at: x, direction: direction) { (x: [Dual]) in [f(x)] }[0]
}
