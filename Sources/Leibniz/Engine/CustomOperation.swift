/// A user-defined function with its own derivatives, which behaves like a primitive.
///
/// ```swift
/// let cube = CustomOperation("cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] })
/// let y = cube([Value(2)])  // 8; backward gives 12
/// ```
///
/// Use one where a formula has a better derivative than the sum of its steps (an implicit
/// equation, a table, a series), or where it comes from elsewhere. One of several outputs has its
/// derivatives as a product of a vector with its Jacobian matrix, which ``Value/backward(seed:)`` and
/// compiled programs ask for once, whatever the number of outputs.
public final class CustomOperation: Sendable {
  /// The name as printed and drawn.
  public let name: String
  /// The number of outputs.
  public let outputCount: Int
  private let kind: Kind
  /// The value as a formula, where it is one: what other engines can be told.
  let formula: (@Sendable (_ x: [Value]) -> Value)?

  private enum Kind {
    /// y = f(x), and ∂y/∂xᵢ at x.
    case one(@Sendable (_ x: [Double]) -> Double, Partials)
    /// The outputs y = f(x), and the derivatives of Σ cₖ yₖ by x.
    case several(@Sendable (_ x: [Double]) -> [Double], Pullback)
  }

  /// As numbers, or as formulas that can be differentiated again.
  private enum Partials {
    case numbers(@Sendable (_ x: [Double], _ y: Double) -> [Double])
    case formulas(@Sendable (_ x: [Value], _ y: Value) -> [Value])
  }

  /// As numbers, as formulas that can be differentiated again, or both.
  private struct Pullback {
    var numbers: (@Sendable (_ x: [Double], _ y: [Double], _ c: [Double]) -> [Double])?
    var formulas: (@Sendable (_ x: [Value], _ y: [Value], _ c: [Value]) -> [Value])?
  }

  /// An operation with numeric partials: differentiable once.
  @_disfavoredOverload
  public init(
    _ name: String,
    value: @escaping @Sendable (_ x: [Double]) -> Double,
    partials: @escaping @Sendable (_ x: [Double], _ y: Double) -> [Double]
  ) {
    (self.name, outputCount) = (name, 1)
    kind = .one(value, .numbers(partials))
    formula = nil
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
    (self.name, outputCount) = (name, 1)
    kind = .one(value, .formulas(partials))
    formula = nil
  }

  /// An operation whose value is a formula too: programs that use it can be exported.
  ///
  /// ```swift
  /// let cube = CustomOperation(
  ///   "cube", formula: { $0[0].power(3) }, partials: { x, _ in [3 * x[0] * x[0]] })
  /// cube([Value(2)]).data  // 8.0
  /// ```
  public init(
    _ name: String,
    formula: @escaping @Sendable (_ x: [Value]) -> Value,
    partials: @escaping @Sendable (_ x: [Value], _ y: Value) -> [Value]
  ) {
    (self.name, outputCount) = (name, 1)
    kind = .one({ x in formula(x.map { Value.constant($0) }).data }, .formulas(partials))
    self.formula = formula
  }

  /// An operation of several outputs with numeric derivatives: differentiable once.
  ///
  /// ```swift
  /// let polar = CustomOperation(
  ///   "polar", outputs: 2,
  ///   value: { x in [(x[0] * x[0] + x[1] * x[1]).squareRoot(), atan2(x[1], x[0])] },
  ///   vectorJacobianProduct: { (x: [Double], y: [Double], c: [Double]) in
  ///     [(c[0] * x[0] - c[1] * x[1] / y[0]) / y[0], (c[0] * x[1] + c[1] * x[0] / y[0]) / y[0]]
  ///   })
  /// let x = [Value(3), Value(4)]
  /// let y = polar.outputs(of: x)
  /// print(y[0].data, y[1].data)  // 5.0 0.9272…
  /// y[0].backward()
  /// print(x[1].grad)             // 0.8
  /// ```
  ///
  /// - Parameters:
  ///   - name: as it is printed.
  ///   - outputs: how many there are.
  ///   - value: y = f(x), a number for each output.
  ///   - vectorJacobianProduct: the derivatives of Σ cₖ yₖ with respect to each of x, at x and
  ///     y = f(x).
  @_disfavoredOverload
  public convenience init(
    _ name: String, outputs: Int,
    value: @escaping @Sendable (_ x: [Double]) -> [Double],
    vectorJacobianProduct:
      @escaping @Sendable (_ x: [Double], _ y: [Double], _ c: [Double]) ->
      [Double]
  ) {
    self.init(
      name, outputs: outputs, value: value, numbers: vectorJacobianProduct, formulas: nil)
  }

  /// An operation of several outputs whose derivatives are formulas over ``Value``: differentiable to
  /// any order.
  ///
  /// - Parameters:
  ///   - name: as it is printed.
  ///   - outputs: how many there are.
  ///   - value: y = f(x), a number for each output.
  ///   - vectorJacobianProduct: the derivatives of Σ cₖ yₖ with respect to each of x, at x and
  ///     y = f(x).
  public convenience init(
    _ name: String, outputs: Int,
    value: @escaping @Sendable (_ x: [Double]) -> [Double],
    vectorJacobianProduct: @escaping @Sendable (_ x: [Value], _ y: [Value], _ c: [Value]) -> [Value]
  ) {
    self.init(
      name, outputs: outputs, value: value, numbers: nil, formulas: vectorJacobianProduct)
  }

  /// - Parameters:
  ///   - numbers: the derivatives as numbers, where that is cheaper than by formulas.
  init(
    _ name: String, outputs: Int, value: @escaping @Sendable (_ x: [Double]) -> [Double],
    numbers: (@Sendable (_ x: [Double], _ y: [Double], _ c: [Double]) -> [Double])?,
    formulas: (@Sendable (_ x: [Value], _ y: [Value], _ c: [Value]) -> [Value])?
  ) {
    require(outputs > 0, "The custom operation \(name) cannot have \(counted(outputs, "output")).")
    (self.name, outputCount) = (name, outputs)
    kind = .several(value, Pullback(numbers: numbers, formulas: formulas))
    formula = nil
  }

  /// The outputs at x.
  func values(_ x: [Double]) -> [Double] {
    switch kind {
    case .one(let value, _): return [value(x)]
    case .several(let values, _):
      let y = values(x)
      require(
        y.count == outputCount,
        "The custom operation \(name) has \(counted(outputCount, "output")) but gave \(y.count).")
      return y
    }
  }

  /// The only output at x.
  func value(_ x: [Double]) -> Double {
    if case .one(let value, _) = kind { return value(x) }
    return values(x)[0]
  }

  /// The derivatives of Σ cₖ yₖ by x, where y = f(x).
  func pullback(_ x: [Double], _ y: [Double], _ c: [Double]) -> [Double] {
    switch kind {
    case .one: return partials(x, y[0]).map { $0 * c[0] }
    case .several(_, let pullback):
      guard let numbers = pullback.numbers else {
        return formulas(x, y, c).derivatives.map { $0.data }
      }
      let derivatives = numbers(x, y, c)
      requireOneForEachInput(derivatives.count, x.count)
      return derivatives
    }
  }

  /// ∂y/∂xᵢ of the only output at x, where y = f(x).
  func partials(_ x: [Double], _ y: Double) -> [Double] {
    switch kind {
    case .one(_, .numbers(let partials)):
      let slopes = partials(x, y)
      requireOneForEachInput(slopes.count, x.count)
      return slopes
    case .one(_, .formulas): return formulas(x, [y], [1]).derivatives.map { $0.data }
    case .several: return pullback(x, [y], [1])
    }
  }

  /// The derivatives as formulas of variables made for them, so that they may be differentiated
  /// whatever is going on in the graph around the operation.
  func formulas(_ x: [Double], _ y: [Double], _ c: [Double]) -> CustomFormulas {
    let (x, y, c) = (x.map { Value($0) }, y.map { Value($0) }, c.map { Value($0) })
    let derivatives = (x + y + c).asPoint { _ in
      switch kind {
      case .one(_, .formulas(let partials)):
        return partials(x, y[0]).map { (SimplifiedValue($0) * SimplifiedValue(c[0])).value }
      case .several(_, let pullback):
        if let formulas = pullback.formulas { return formulas(x, y, c) }
      case .one(_, .numbers): break
      }
      stop(
        "The custom operation \(name) has numeric partials and cannot be differentiated twice; "
          + "give its partials as formulas over Value.")
    }
    requireOneForEachInput(derivatives.count, x.count)
    return CustomFormulas(x: x, y: y, c: c, derivatives: derivatives)
  }

  private func requireOneForEachInput(_ partials: Int, _ inputs: Int) {
    require(
      partials == inputs,
      "The custom operation \(name) has \(counted(inputs, "input")) but gave "
        + "\(counted(partials, "partial derivative")).")
  }

  /// Applies the operation to nodes of a graph.
  ///
  /// - Precondition: It has one output.
  public func callAsFunction(_ inputs: [Value]) -> Value {
    require(
      outputCount == 1,
      "The custom operation \(name) has \(outputCount) outputs: apply it by outputs(of:).")
    if case .several = kind { return outputs(of: inputs)[0] }
    return Value.apply(self, inputs)
  }

  /// Applies the operation to nodes of a graph.
  ///
  /// In the graph it is one node, whose users are its outputs.
  public func outputs(of inputs: [Value]) -> [Value] {
    if case .one = kind { return [Value.apply(self, inputs)] }
    return Value.outputs(of: self, inputs)
  }
}

/// The derivatives of a custom operation as formulas of variables of their own.
struct CustomFormulas {
  let x: [Value]
  let y: [Value]
  /// The cotangents of the outputs.
  let c: [Value]
  let derivatives: [Value]

  var variables: [Value] { x + y + c }
}
