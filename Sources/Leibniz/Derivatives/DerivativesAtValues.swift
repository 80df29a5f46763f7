// Derivatives at values are values too, recorded through: so that one derivative may stand inside the
// function of another, and depend on its variable.

/// The derivative of a function of one number at a value, as a value.
///
/// ```swift
/// derivative(at: 3.0) { x in x * derivative(at: x) { y in x * y } }  // 6.0, of x · x
/// ```
///
/// - Complexity: O(operations of `f`), all of them recorded.
public func derivative(at x: Value, of f: (Value) -> Value) -> Value {
  gradient(at: [x]) { f($0[0]) }[0]
}

/// The gradient ∇f at values, as values.
///
/// ```swift
/// gradient(at: [1.0, 2.0]) { x in
///   gradient(at: x) { y in y[0] * y[0] * y[1] }[0]
/// }
/// // [4.0, 2.0], the gradient of 2 x₀ x₁
/// ```
///
/// - Complexity: O(operations of `f`), all of them recorded.
public func gradient(at x: [Value], of f: ([Value]) -> Value) -> [Value] {
  valueWithGradient(at: x, of: f).gradient
}

/// The value f(x) and the gradient ∇f(x) at values, as values.
///
/// - Complexity: O(operations of `f`), all of them recorded.
public func valueWithGradient(
  at x: [Value], of f: ([Value]) -> Value
) -> (value: Value, gradient: [Value]) {
  let function = RecordedFunction(at: x) { [f($0)] }
  return (function.outputs[0], function.formulas())
}

/// The Jacobian matrix Jᵢⱼ = ∂fᵢ/∂xⱼ at values, as values, one row for each output.
///
/// - Complexity: O(outputs · operations of `f`), all of them recorded.
public func jacobian(at x: [Value], of f: ([Value]) -> [Value]) -> [[Value]] {
  let function = RecordedFunction(at: x, of: f)
  let count = function.outputs.count
  return (0..<count).map {
    function.formulas(cotangent: unitVector($0, count: count).map(Value.constant))
  }
}

/// Jᵀ c, the gradient of Σ cᵢ fᵢ, at values, as values.
///
/// - Precondition: `cotangent` has one number for each output.
/// - Complexity: O(operations of `f`), all of them recorded.
public func vectorJacobianProduct(
  at x: [Value], cotangent: [Value], of f: ([Value]) -> [Value]
) -> [Value] {
  RecordedFunction(at: x, of: f).formulas(cotangent: cotangent)
}

/// The Hessian matrix Hᵢⱼ = ∂²f/∂xᵢ∂xⱼ at values, as values.
///
/// - Complexity: O(inputs · operations of `f`), all of them recorded.
public func hessian(at x: [Value], of f: ([Value]) -> Value) -> [[Value]] {
  let function = RecordedFunction(at: x) { [f($0)] }
  return x.indices.map {
    function.hessianVectorProduct(unitVector($0, count: x.count).map(Value.constant))
  }
}

/// H d at values, as values.
///
/// - Precondition: `direction` is as long as `x`.
/// - Complexity: O(operations of `f`), all of them recorded.
public func hessianVectorProduct(
  at x: [Value], direction: [Value], of f: ([Value]) -> Value
) -> [Value] {
  RecordedFunction(at: x) { [f($0)] }.hessianVectorProduct(direction)
}

extension RecordedFunction {
  /// At nodes that stand for the point: of its numbers and above it in the graph, and yet apart from
  /// it, for the function may use the same values from outside.
  fileprivate init(at point: [Value], of function: ([Value]) -> [Value]) {
    let inputs = point.map { x in
      Value.make(.binaryNumberSecond(.subtract, Node(keeping: x), 0), data: x.data)
    }
    self.init(of: function(inputs), withRespectTo: inputs)
  }
}
