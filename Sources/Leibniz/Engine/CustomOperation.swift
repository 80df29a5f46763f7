/// A user-defined function with its own derivatives, which behaves like a primitive.
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
  private let partials: Partials

  /// ∂y/∂xᵢ at x, where y = f(x): as numbers, or as formulas that can be differentiated again.
  private enum Partials {
    case numbers(@Sendable (_ x: [Double], _ y: Double) -> [Double])
    case formulas(@Sendable (_ x: [Value], _ y: Value) -> [Value])
  }

  /// An operation with numeric partials: differentiable once.
  @_disfavoredOverload
  public init(
    _ name: String,
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Double], _ y: Double) -> [Double]
  ) {
    self.name = name
    self.value = value
    self.partials = .numbers(partials)
  }

  /// An operation whose partials are formulas over ``Value``: differentiable to any order.
  ///
  /// They may differentiate what they build of `x` and `y`, by ``gradients(of:withRespectTo:)`` or by
  /// `derivative(at: x[0])` and the other forms at values.
  public init(
    _ name: String,
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Value], _ y: Value) -> [Value]
  ) {
    self.name = name
    self.value = value
    self.partials = .formulas(partials)
  }

  /// ∂y/∂xᵢ at x, where y = f(x).
  func partials(_ x: [Double], _ y: Double) -> [Double] {
    switch partials {
    case .numbers(let partials):
      let slopes = partials(x, y)
      requireOneForEachInput(slopes.count, x.count)
      return slopes
    case .formulas: return formulas(x, y).partials.map { $0.data }
    }
  }

  /// The partials as formulas of variables made for them, so that they may be differentiated whatever
  /// is going on in the graph around the operation.
  func formulas(_ x: [Double], _ y: Double) -> (x: [Value], y: Value, partials: [Value]) {
    guard case .formulas(let partials) = partials else {
      stop(
        "The custom operation \(name) has numeric partials and cannot be differentiated twice; "
          + "give its partials as formulas over Value.")
    }
    let (x, y) = (x.map { Value($0) }, Value(y))
    let formulas = (x + [y]).asPoint { _ in partials(x, y) }
    requireOneForEachInput(formulas.count, x.count)
    return (x, y, formulas)
  }

  private func requireOneForEachInput(_ partials: Int, _ inputs: Int) {
    require(
      partials == inputs,
      "The custom operation \(name) has \(counted(inputs, "input")) but gave "
        + "\(counted(partials, "partial derivative")).")
  }

  /// Applies the operation to nodes of a graph.
  public func callAsFunction(_ inputs: [Value]) -> Value {
    Value.apply(self, inputs)
  }
}

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
