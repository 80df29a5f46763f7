// The chain rule over a flattened graph, in both directions. All of it runs inside `withIndices`
// and leaves the nodes' gradients alone.

extension Graph {
  /// Which nodes depend on some of the inputs: those a derivative by them has to visit.
  func dependents(of inputs: [Value]) -> [Bool] {
    var depends = [Bool](repeating: false, count: nodes.count)
    for x in inputs where !x.isConstant { depends[x.node.index] = true }
    for node in nodes where node.isOperation {
      var any = depends[node.index]
      node.expression.forEachChild { any = any || depends[$0.index] }
      depends[node.index] = any
    }
    return depends
  }

  /// The derivative of every node along a direction: t(y) = Σ ∂y/∂xᵢ t(xᵢ), upwards.
  func tangents(of inputs: [Value], along direction: [Double]) -> [Double] {
    let numbers = nodes.map { $0.number }
    var tangents = [Double](repeating: 0, count: nodes.count)
    for (x, t) in zip(inputs, direction) { tangents[x.node.index] = t }
    for (index, node) in nodes.enumerated() where node.isOperation {
      var sum = 0.0
      node.pullBack(1, numbers) { child, slope in
        // Where nothing changes nothing is propagated, however steep the slope.
        let t = tangents[child.index]
        if t != 0, let slope = slope() { sum += slope * t }
      }
      tangents[index] = sum
    }
    return tangents
  }

  /// The derivative of Σ seedᵢ · outputᵢ by every node, downwards; `nil` where no path leads.
  ///
  /// - Parameters:
  ///   - active: the nodes to visit.
  ///   - numbers: the nodes' values as the kind of number to compute with.
  @inline(__always)
  func cotangents<T: Cotangent>(
    of outputs: [Value], seeds: [T], active: [Bool], numbers: [T]
  ) -> [T?] {
    var cotangents = [T?](repeating: nil, count: nodes.count)
    @inline(__always)
    func give(_ node: Node, _ share: () -> T?) {
      let index = node.index
      guard active[index], let share = share() else { return }
      cotangents[index] = cotangents[index].map { $0 + share } ?? share
    }
    for (output, seed) in zip(outputs, seeds) { give(output.node) { seed } }
    for (index, node) in zip(nodes.indices, nodes).reversed() where node.isOperation {
      guard let g = cotangents[index] else { continue }
      node.pullBack(g, numbers, give)
    }
    return cotangents
  }
}

extension Node {
  /// Hands every child its share ∂y/∂x · g of the cotangent g that has reached this operation y.
  @inline(__always)
  fileprivate func pullBack<T: Cotangent>(
    _ g: T, _ numbers: [T], _ give: (Node, () -> T?) -> Void
  ) {
    @inline(__always) func number(_ node: Node) -> T { numbers[node.index] }
    switch expression {
    case .variable, .constant: break
    case .unary(let f, let x):
      give(x) { f.derivative(number(x), number(self)).map { g * $0 } }
    case .binary(let f, let x, let y):
      give(x) { f.derivativeByFirst(number(x), number(y), number(self)).map { g * $0 } }
      give(y) { f.derivativeBySecond(number(x), number(y), number(self)).map { g * $0 } }
    case .binaryNumberSecond(let f, let x, let y):
      give(x) { f.derivativeByFirst(number(x), .constant(y), number(self)).map { g * $0 } }
    case .binaryNumberFirst(let f, let x, let y):
      give(y) { f.derivativeBySecond(.constant(x), number(y), number(self)).map { g * $0 } }
    case .nary(let f, let x):
      f.pullback(of: g, count: x.count, { number(x[$0]) }, number(self)) { i, share in
        give(x[i]) { share }
      }
    case .dot(let a, let b, let bias, let f):
      pullBackDot(g, numbers, a, b, bias: bias, then: f, give)
    case .custom(let operation, let list):
      let operation = operation.takeUnretainedValue()
      let partials = T.partials(of: operation, list.map(number), number(self))
      precondition(
        partials.count == list.count,
        "\(operation.name) has \(list.count) inputs and gave \(partials.count) partials.")
      for i in 0..<list.count { give(list[i]) { g * partials[i] } }
    }
  }

  /// The neuron's function first, then the row `dot`.
  @inline(__always)
  private func pullBackDot<T: Cotangent>(
    _ g: T, _ numbers: [T], _ a: NodeList, _ b: NodeList, bias: Node?, then f: Unary?,
    _ give: (Node, () -> T?) -> Void
  ) {
    let arguments = a.map { $0 } + b.map { $0 } + (bias.map { [$0] } ?? [])
    let x = arguments.map { numbers[$0.index] }
    var g = g
    if let f {
      guard let slope = f.derivative(.apply(.dot, x), numbers[index]) else { return }
      g = g * slope
    }
    Nary.dot.pullback(of: g, count: x.count, { x[$0] }, numbers[index]) { i, share in
      give(arguments[i]) { share }
    }
  }
}
