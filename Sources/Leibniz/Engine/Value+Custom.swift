extension Value {
  /// A user-defined function applied to values, with its partials as formulas:
  /// differentiable to any order.
  ///
  /// ```swift
  /// let y = Value.custom(
  ///   "cube", inputs: [Value(2)], value: { $0[0] * $0[0] * $0[0] },
  ///   partials: { x, y in [3 * x[0] * x[0]] })  // 8; backward gives 12
  /// ```
  ///
  /// Where it is applied often, make one ``CustomOperation`` and apply that.
  public static func custom(
    _ name: String, inputs: [Value],
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Value], _ y: Value) -> [Value]
  ) -> Value {
    CustomOperation(name, value: value, partials: partials)(inputs)
  }

  /// A user-defined function applied to values, with numeric partials: differentiable once.
  @_disfavoredOverload
  public static func custom(
    _ name: String, inputs: [Value],
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Double], _ y: Double) -> [Double]
  ) -> Value {
    CustomOperation(name, value: value, partials: partials)(inputs)
  }
}
