extension CustomOperation {
  /// The partial derivatives as terms.
  func partials(
    of x: [EmittedTerm], _ y: EmittedTerm, in list: EmittedTerm.List
  ) -> [EmittedTerm] {
    // At zero, but it is their form that counts.
    let (arguments, result, partials) = formulas(x.map { _ in 0 }, 0)
    let graph = Graph(partials + arguments + [result])
    return graph.withIndices {
      var numbers = [EmittedTerm](repeating: .constant(0), count: graph.nodes.count)
      for (argument, number) in zip(arguments + [result], x + [y]) {
        numbers[argument.node.index] = number
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
      stop(
        "The partials of the custom operation \(name) use another one, "
          + "\(operation.takeUnretainedValue().name): a program cannot differentiate that.")
    }
  }

  private func neuron(_ sum: EmittedTerm, _ f: UnaryFunction?) -> EmittedTerm {
    f.map { .apply($0, sum) } ?? sum
  }
}
