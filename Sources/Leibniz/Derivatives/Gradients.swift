/// The derivatives of a value with respect to others, as values that can be differentiated again.
///
/// ```swift
/// let x = Value(2)
/// let y = x * x * x
/// let first = gradients(of: y, withRespectTo: [x])[0]       // 12, 3x²
/// let second = gradients(of: first, withRespectTo: [x])[0]  // 12, 6x
/// ```
///
/// The reverse sweep of ``Value/backward(seed:)``, with the rules of the primitive table applied to
/// nodes instead of numbers. Only nodes that depend on `xs` take part. No `grad` changes.
///
/// - Parameters:
///   - y: the value to differentiate.
///   - xs: variables or operations to differentiate with respect to.
/// - Returns: ∂y/∂xᵢ for each of `xs`; the constant zero where y does not depend on it.
/// - Precondition: None of `xs` is a constant. A ``CustomOperation`` between `xs` and `y` has its partials as formulas.
/// - Complexity: O(nodes + edges), of which a small multiple is new nodes.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., section 5.2.
public func gradients(of y: Value, withRespectTo xs: [Value]) -> [Value] {
  requireNoConstants(xs)
  return RecordedFunction(of: [y], withRespectTo: xs).formulas()
}

/// Stops with a sentence at a constant among what one differentiates with respect to: its derivative
/// is not recorded, and zero would be wrong.
func requireNoConstants(_ xs: [Value]) {
  for (position, x) in xs.enumerated() where x.isConstant {
    stop(
      "A derivative with respect to a constant was asked for (the value \(x.fields.number) at "
        + "position \(position)); constants are not recorded, so differentiate with respect to a "
        + "variable.")
  }
}
