/// A function of the user's own, with its own derivatives, that takes part as a primitive does.
///
/// ```swift
/// let cube = CustomOperation("cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] })
/// let y = cube([Value(2)])  // 8; backward gives 12
/// ```
///
/// Use one where a formula has a better derivative than the sum of its steps (an implicit
/// equation, a table, a series), or where it comes from elsewhere.
public final class CustomOperation: Sendable {
  /// The name as printed and drawn.
  public let name: String
  /// y = f(x).
  let value: @Sendable (_ x: [Double]) -> Double
  /// ∂y/∂xᵢ at x, where y = f(x).
  let partials: @Sendable (_ x: [Double], _ y: Double) -> [Double]
  /// The same as formulas, where they were given as such.
  let symbolicPartials: (@Sendable (_ x: [Value], _ y: Value) -> [Value])?

  /// An operation with numeric partials: differentiable once.
  @_disfavoredOverload
  public init(
    _ name: String,
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Double], _ y: Double) -> [Double]
  ) {
    self.name = name
    self.value = value
    self.partials = partials
    symbolicPartials = nil
  }

  /// An operation whose partials are formulas over ``Value``: differentiable to any order.
  ///
  /// - Important: They are asked for while the graph is being traversed: they may build on `x` and
  ///   `y`, but not differentiate, draw or compile what they build.
  public init(
    _ name: String,
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Value], _ y: Value) -> [Value]
  ) {
    self.name = name
    self.value = value
    self.partials = { x, y in partials(x.map(Value.constant), .constant(y)).map { $0.data } }
    symbolicPartials = partials
  }

  /// ∂y/∂xᵢ for each of the inputs, or a sentence where they are of another number.
  func checkedPartials(_ x: [Double], _ y: Double) -> [Double] {
    let partials = partials(x, y)
    requireOneForEachInput(partials.count, x.count)
    return partials
  }

  /// Stops with a sentence where there are not as many partials as inputs.
  func requireOneForEachInput(_ partials: Int, _ inputs: Int) {
    require(
      partials == inputs,
      "The custom operation \(name) has \(inputs) inputs, but gave \(partials) partials.")
  }

  /// Applies the operation to nodes of a graph.
  public func callAsFunction(_ inputs: [Value]) -> Value {
    inputs.allSatisfy { $0.isConstant }
      ? .constant(value(inputs.map { $0.data })) : Value(custom: self, ContiguousArray(inputs))
  }
}

extension Value {
  /// A function of one's own applied to some values, with its partials as formulas:
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

  /// A function of one's own applied to some values, with numeric partials: differentiable once.
  @_disfavoredOverload
  public static func custom(
    _ name: String, inputs: [Value],
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Double], _ y: Double) -> [Double]
  ) -> Value {
    CustomOperation(name, value: value, partials: partials)(inputs)
  }
}
