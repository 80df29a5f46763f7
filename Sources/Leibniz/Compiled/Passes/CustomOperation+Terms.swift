extension CustomOutput {
  /// The partial derivatives as terms. The other outputs, where they are asked for, are computed of x.
  func partials(
    of x: [EmittedTerm], _ y: EmittedTerm, in list: EmittedTerm.List
  ) -> [EmittedTerm] {
    // At zero, but it is their form that counts.
    let c = unitVector(output, count: operation.outputCount)
    let formulas = operation.formulas(x.map { _ in 0 }, c.map { _ in 0 }, c)
    let (variables, partials) = (formulas.variables, formulas.derivatives)
    let graph = Graph(partials + variables)
    let asked = Set(Graph(partials).nodes)
    let outputs = formulas.y.indices.map { i -> EmittedTerm in
      if i == output { return y }
      return asked.contains(formulas.y[i].node) ? list.custom(first + Int32(i), x) : .constant(0)
    }
    return graph.withIndices {
      var numbers = [EmittedTerm](repeating: .constant(0), count: graph.nodes.count)
      for (variable, number) in zip(variables, x + outputs + c.map { .constant($0) }) {
        numbers[variable.node.index] = number
      }
      for (index, node) in graph.nodes.enumerated() {
        if let number = replay(node, { numbers[$0.index] }) { numbers[index] = number }
      }
      return partials.map { numbers[$0.node.index] }
    }
  }

  /// The node's operation on other numbers; `nil` for an argument.
  private func replay(_ node: Node, _ number: (Node) -> EmittedTerm) -> EmittedTerm? {
    switch node.expression {
    case .variable: nil
    case .constant: .constant(node.number)
    case .unary(let f, let x): .apply(f, number(x))
    case .binary(let f, let x, let y): .apply(f, number(x), number(y))
    case .binaryNumberSecond(let f, let x, let y): .apply(f, number(x), y)
    case .binaryNumberFirst(let f, let x, let y): .apply(f, x, number(y))
    case .nary(let f, let x): .apply(f, x.map(number))
    case .dot(let a, let b, let bias, let f):
      neuron(.dot(a.map(number), b.map(number), bias: bias.map(number)), f)
    case .custom(let operation, _):
      stopAtAnother(operation.takeUnretainedValue())
    case .call(let call, _): stopAtAnother(call.takeUnretainedValue().operation)
    case .output(_, let call): number(call)
    }
  }

  private func stopAtAnother(_ other: CustomOperation) -> Never {
    stop(
      "The derivatives of the custom operation \(operation.name) use another one, "
        + "\(other.name): a program cannot differentiate that.")
  }

  private func neuron(_ sum: EmittedTerm, _ f: UnaryFunction?) -> EmittedTerm {
    f.map { .apply($0, sum) } ?? sum
  }
}
