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
        numbers[variable.index] = number
      }
      for (index, node) in graph.nodes.enumerated() {
        if let number = replay(node, { numbers[$0.index] }) { numbers[index] = number }
      }
      return partials.map { numbers[$0.index] }
    }
  }

  /// The value as the steps of its formula.
  ///
  /// - Precondition: The operation has a formula for its value.
  func written(_ x: [WrittenNumber]) -> WrittenNumber {
    guard let formula = operation.formula else {
      stop("The value of the custom operation \(operation.name) is no formula.")
    }
    let variables = x.map { _ in Value(0) }
    let y = formula(variables)
    let graph = Graph([y] + variables)
    return graph.withIndices {
      var numbers = [WrittenNumber](repeating: .constant(0), count: graph.nodes.count)
      for (variable, number) in zip(variables, x) { numbers[variable.node.index] = number }
      for (index, node) in graph.nodes.enumerated() {
        if let number = replay(node, { numbers[$0.index] }) { numbers[index] = number }
      }
      return numbers[y.node.index]
    }
  }

  /// The node's operation on other numbers; `nil` for an argument.
  private func replay<T: Scalar>(_ node: Node, _ number: (Node) -> T) -> T? {
    switch node.expression {
    case .variable: nil
    case .constant: .constant(node.number)
    case .unary(let f, let x): .apply(f, number(x))
    case .binary(let f, let x, let y): .apply(f, number(x), number(y))
    case .binaryNumberSecond(let f, let x, let y): .apply(f, number(x), y)
    case .binaryNumberFirst(let f, let x, let y): .apply(f, x, number(y))
    case .nary(let f, let x): .apply(f, x.map(number))
    case .dot(let factors, let f):
      neuron(
        .dot(
          factors.first.map(number), factors.second.map(number), bias: factors.bias.map(number)), f)
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

  private func neuron<T: Scalar>(_ sum: T, _ f: UnaryFunction?) -> T {
    f.map { .apply($0, sum) } ?? sum
  }
}
