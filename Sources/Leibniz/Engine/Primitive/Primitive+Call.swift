// The rows as functions of plain numbers: with the derivatives, all that a kind of number written
// elsewhere needs to conform to `Scalar`.

extension UnaryFunction {
  /// The value f(x).
  ///
  /// ```swift
  /// UnaryFunction.relu(-2)  // 0.0
  /// ```
  public func callAsFunction(_ x: Double) -> Double { value(x) }
}

extension BinaryFunction {
  /// The value f(x, y).
  ///
  /// ```swift
  /// BinaryFunction.power(2, 3)  // 8.0
  /// ```
  public func callAsFunction(_ x: Double, _ y: Double) -> Double { value(x, y) }
}

extension NaryFunction {
  /// The value f(x₀, …, xₙ₋₁).
  ///
  /// ```swift
  /// NaryFunction.sum([1, 2, 3])  // 6.0
  /// ```
  public func callAsFunction(_ x: [Double]) -> Double {
    requireArity(x.count)
    return value(count: x.count) { x[$0] }
  }
}
