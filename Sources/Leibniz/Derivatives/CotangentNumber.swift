/// What a reverse sweep carries down a graph: plain numbers for gradients, dual numbers for
/// products with the Hessian, formulas for gradients that can be differentiated again.
protocol CotangentNumber: Scalar {
  /// A node's value.
  ///
  /// - Parameter tangents: the derivatives of the indexed nodes along a direction, for those that
  ///   carry them.
  static func number(of node: Node, tangents: [Double]) -> Self

  /// ∂y/∂xᵢ of a custom operation at x, where y = f(x).
  static func partials(of operation: CustomOperation, _ x: [Self], _ y: Self) -> [Self]
}

extension Double: CotangentNumber {
  @inline(__always)
  static func number(of node: Node, tangents: [Double]) -> Double { node.number }

  static func partials(of operation: CustomOperation, _ x: [Double], _ y: Double) -> [Double] {
    operation.checkedPartials(x, y)
  }
}

extension SimplifiedValue: CotangentNumber {
  static func number(of node: Node, tangents: [Double]) -> SimplifiedValue {
    SimplifiedValue(node.value)
  }

  static func partials(of operation: CustomOperation, _ x: [SimplifiedValue], _ y: SimplifiedValue)
    -> [SimplifiedValue]
  {
    operation.formulas(x.map { $0.value }, y.value).map(SimplifiedValue.init)
  }
}

extension Dual: CotangentNumber {
  @inline(__always)
  static func number(of node: Node, tangents: [Double]) -> Dual {
    Dual(node.number, tangent: node.hasIndex ? tangents[node.index] : 0)
  }

  /// The partials as a graph of their own, along which the tangents are carried.
  static func partials(of operation: CustomOperation, _ x: [Dual], _ y: Dual) -> [Dual] {
    let arguments = x.map { Value($0.value) }
    let result = Value(y.value)
    let partials = operation.formulas(arguments, result)
    let graph = Graph(partials, dependingOn: arguments + [result])
    return graph.withIndices {
      let tangents = graph.tangents(of: arguments + [result], along: (x + [y]).map { $0.tangent })
      return partials.map { number(of: $0.node, tangents: tangents) }
    }
  }
}

extension CustomOperation {
  /// The partials as formulas.
  fileprivate func formulas(_ x: [Value], _ y: Value) -> [Value] {
    guard let symbolicPartials else {
      stop(
        "The custom operation \(name) has numeric partials and cannot be differentiated twice; "
          + "give its partials as formulas over Value.")
    }
    let partials = symbolicPartials(x, y)
    requireOneForEachInput(partials.count, x.count)
    return partials
  }
}
