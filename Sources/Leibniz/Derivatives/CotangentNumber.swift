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
    operation.partials(x, y)
  }
}

extension SimplifiedValue: CotangentNumber {
  static func number(of node: Node, tangents: [Double]) -> SimplifiedValue {
    SimplifiedValue(node.value)
  }

  static func partials(of operation: CustomOperation, _ x: [SimplifiedValue], _ y: SimplifiedValue)
    -> [SimplifiedValue]
  {
    let formulas = operation.formulas(x.map { $0.value.data }, y.value.data)
    return Graph(formulas.partials).rebuilt(
      formulas.partials, with: x + [y], for: formulas.x + [formulas.y])
  }
}

extension Graph {
  /// The same formulas, simplified, with other values in place of some variables.
  fileprivate func rebuilt(
    _ formulas: [Value], with values: [SimplifiedValue], for variables: [Value]
  ) -> [SimplifiedValue] {
    withIndices {
      var rebuilt = nodes.map { SimplifiedValue($0.value) }
      for (variable, value) in zip(variables, values) where variable.node.hasIndex {
        rebuilt[variable.node.index] = value
      }
      func now(_ node: Node) -> SimplifiedValue { rebuilt[node.index] }
      for (index, node) in nodes.enumerated() where node.isOperation {
        rebuilt[index] =
          switch node.expression {
          case .variable, .constant: rebuilt[index]
          case .unary(let f, let x): .apply(f, now(x))
          case .binary(let f, let x, let y): .apply(f, now(x), now(y))
          case .binaryNumberSecond(let f, let x, let y): .apply(f, now(x), y)
          case .binaryNumberFirst(let f, let x, let y): .apply(f, x, now(y))
          case .nary(let f, let x): .apply(f, x.map(now))
          case .dot(let a, let b, let bias, let f):
            SimplifiedValue(
              .neuron(
                a.map { now($0).value }, b.map { now($0).value }, bias: bias.map { now($0).value },
                then: f))
          case .custom(let operation, let x):
            SimplifiedValue(operation.takeUnretainedValue()(x.map { now($0).value }))
          }
      }
      return formulas.map { now($0.node) }
    }
  }
}

extension Dual: CotangentNumber {
  @inline(__always)
  static func number(of node: Node, tangents: [Double]) -> Dual {
    Dual(node.number, tangent: node.hasIndex ? tangents[node.index] : 0)
  }

  /// The partials as a graph of their own, along which the tangents are carried.
  static func partials(
    of operation: CustomOperation, _ dualX: [Dual], _ dualY: Dual
  ) -> [Dual] {
    let (x, y, partials) = operation.formulas(dualX.map { $0.value }, dualY.value)
    let graph = Graph(partials, dependingOn: x + [y])
    return graph.withIndices {
      let tangents = graph.tangents(of: x + [y], along: (dualX + [dualY]).map { $0.tangent })
      return partials.map { number(of: $0.node, tangents: tangents) }
    }
  }
}
