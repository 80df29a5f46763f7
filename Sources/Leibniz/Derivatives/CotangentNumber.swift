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

  /// The derivatives of Σ cₖ yₖ with respect to the inputs x of a call with the outputs y.
  static func pullback(of call: CustomCall, _ node: Node, _ x: [Self], _ c: [Self]) -> [Self]
}

extension Double: CotangentNumber {
  @inline(__always)
  static func number(of node: Node, tangents: [Double]) -> Double { node.number }

  static func partials(of operation: CustomOperation, _ x: [Double], _ y: Double) -> [Double] {
    operation.partials(x, y)
  }

  static func pullback(of call: CustomCall, _ node: Node, _ x: [Double], _ c: [Double]) -> [Double]
  {
    call.operation.pullback(x, call.values, c)
  }
}

extension SimplifiedValue: CotangentNumber {
  static func number(of node: Node, tangents: [Double]) -> SimplifiedValue {
    SimplifiedValue(node.value)
  }

  static func partials(of operation: CustomOperation, _ x: [SimplifiedValue], _ y: SimplifiedValue)
    -> [SimplifiedValue]
  {
    rebuilt(operation, x, [y], [.constant(1)])
  }

  static func pullback(
    of call: CustomCall, _ node: Node, _ x: [SimplifiedValue], _ c: [SimplifiedValue]
  ) -> [SimplifiedValue] {
    let y = call.values.indices.map { SimplifiedValue(node.output($0)) }
    return rebuilt(call.operation, x, y, c)
  }

  private static func rebuilt(
    _ operation: CustomOperation, _ x: [SimplifiedValue], _ y: [SimplifiedValue],
    _ c: [SimplifiedValue]
  ) -> [SimplifiedValue] {
    func numbers(_ values: [SimplifiedValue]) -> [Double] { values.map { $0.value.fields.number } }
    let formulas = operation.formulas(numbers(x), numbers(y), numbers(c))
    return Graph(formulas.derivatives).rebuilt(
      formulas.derivatives, with: x + y + c, for: formulas.variables)
  }
}

extension Graph {
  /// The same formulas, simplified, with other values in place of some variables.
  fileprivate func rebuilt(
    _ formulas: [Value], with values: [SimplifiedValue], for variables: [Value]
  ) -> [SimplifiedValue] {
    withIndices {
      var rebuilt = nodes.map { SimplifiedValue($0.value) }
      for (variable, value) in zip(variables, values) where variable.hasIndex {
        rebuilt[variable.index] = value
      }
      func now(_ node: Node) -> SimplifiedValue { rebuilt[node.index] }
      var calls: [Int: [Value]] = [:]
      func rebuiltCall(_ operation: CustomOperation, _ x: [Value], at index: Int) -> SimplifiedValue
      {
        let outputs = operation.outputs(of: x)
        calls[index] = outputs
        return SimplifiedValue(outputs[0])
      }
      for (index, node) in nodes.enumerated() where node.isOperation {
        rebuilt[index] =
          switch node.expression {
          case .variable, .constant: rebuilt[index]
          case .unary(let f, let x): .apply(f, now(x))
          case .binary(let f, let x, let y): .apply(f, now(x), now(y))
          case .binaryNumberSecond(let f, let x, let y): .apply(f, now(x), y)
          case .binaryNumberFirst(let f, let x, let y): .apply(f, x, now(y))
          case .nary(let f, let x): .apply(f, x.map(now))
          case .dot(let factors, let f):
            SimplifiedValue(
              .neuron(
                factors.first.map { now($0).value }, factors.second.map { now($0).value },
                bias: factors.bias.map { now($0).value }, then: f))
          case .custom(let operation, let x):
            SimplifiedValue(operation.takeUnretainedValue()(x.map { now($0).value }))
          case .call(let call, let x):
            rebuiltCall(call.takeUnretainedValue().operation, x.map { now($0).value }, at: index)
          case .output(let i, let call): SimplifiedValue(calls[call.index]![Int(i)])
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
    derivatives(of: operation, dualX, [dualY], [Dual(1)])
  }

  static func pullback(of call: CustomCall, _ node: Node, _ x: [Dual], _ c: [Dual]) -> [Dual] {
    let numbers = x.map { $0.value }
    let y = call.values.indices.map { output in
      let partials = call.partials(of: output, numbers)
      return Dual(
        call.values[output],
        tangent: zip(partials, x).reduce(0) { $1.1.tangent == 0 ? $0 : $0 + $1.0 * $1.1.tangent })
    }
    return derivatives(of: call.operation, x, y, c)
  }

  private static func derivatives(
    of operation: CustomOperation, _ x: [Dual], _ y: [Dual], _ c: [Dual]
  ) -> [Dual] {
    let formulas = operation.formulas(x.map { $0.value }, y.map { $0.value }, c.map { $0.value })
    let (variables, derivatives) = (formulas.variables, formulas.derivatives)
    let graph = Graph(derivatives, dependingOn: variables)
    return graph.withIndices {
      let tangents = graph.tangents(of: variables, along: (x + y + c).map { $0.tangent })
      return derivatives.map { number(of: $0.node, tangents: tangents) }
    }
  }
}
