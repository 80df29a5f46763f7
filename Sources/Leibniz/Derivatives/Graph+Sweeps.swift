// The chain rule over a flattened graph, in both directions. All of it runs inside `withIndices`
// and does not change the nodes' gradients.

extension Graph {
  /// The part of the graph below some outputs that depends on some inputs: the nodes that a derivative
  /// with respect to them visits. One with respect to a model's inputs does not visit its parameters.
  ///
  /// Variables among the inputs are part of it in any case; constants are not.
  ///
  /// - Complexity: O(nodes + edges).
  init(_ outputs: [Value], dependingOn inputs: [Value]) {
    let operations = Graph(outputs, leaves: false).nodes
    var nodes: [Node] = []
    var readsPoint = outputs.contains { $0.fields.traits.contains(.isPoint) }
    for x in inputs where !x.isConstant && x.fields.mark == 0 {
      x.fields.mark = 1
      if x.isVariable { nodes.append(x.node) }
    }
    for node in operations {
      if node.mark == 0 {
        var depends = false
        node.expression.forEachChild {
          depends = depends || $0.mark != 0
          readsPoint = readsPoint || $0.traits.contains(.isPoint)
        }
        guard depends else { continue }
        node.mark = 1
      }
      nodes.append(node)
    }
    for x in inputs { x.fields.mark = 0 }
    for node in nodes { node.mark = 0 }
    readsPoint = readsPoint || inputs.contains { $0.fields.traits.contains(.isPoint) }
    self.init(nodes: nodes, keeping: outputs + inputs, readsPoint: readsPoint)
  }

  /// The derivative of every node along a direction: t(y) = Σ ∂y/∂xᵢ t(xᵢ), upwards.
  func tangents(of inputs: [Value], along direction: [Double]) -> [Double] {
    var tangents = [Double](repeating: 0, count: nodes.count)
    for (x, t) in zip(inputs, direction) where x.hasIndex { tangents[x.index] = t }
    let ofOutputs = OutputCotangents<Double>()
    for (index, node) in nodes.enumerated() where node.isOperation {
      var sum = 0.0
      if case .output(let i, let call) = node.expression {
        if let (call, x) = call.call {
          let partials = call.partials(of: Int(i), x.map { $0.number })
          for i in 0..<x.count where x[i].hasIndex && tangents[x[i].index] != 0 {
            sum += partials[i] * tangents[x[i].index]
          }
        }
        tangents[index] += sum
        continue
      }
      if node.call != nil { continue }
      node.pullBack(1.0, tangents: [], ofOutputs) { child, g, slope in
        // Where nothing changes nothing is propagated, however steep the slope.
        let t = tangents[child.index]
        if t != 0 { sum += (slope ?? 1) * g * t }
      }
      tangents[index] += sum
    }
    return tangents
  }

  /// The derivative of Σ seedᵢ · outputᵢ with respect to the inputs, downwards; `nil` without a path.
  ///
  /// - Parameter tangents: of every node, for cotangents that carry them.
  @inline(__always)
  func cotangents<T: CotangentNumber>(
    of outputs: [Value], by inputs: [Value], seeds: [T], tangents: [Double] = []
  ) -> [T?] {
    // Bare memory, because an array checks its uniqueness at every write.
    let cotangents = UnsafeMutableBufferPointer<T?>.allocate(capacity: nodes.count)
    cotangents.initialize(repeating: nil)
    defer { cotangents.deinitialize().deallocate() }
    @inline(__always)
    func give(_ node: Node, _ g: T, _ slope: T?) {
      let index = node.index
      let share = slope.map { g * $0 } ?? g
      cotangents[index] = cotangents[index].map { $0 + share } ?? share
    }
    for (output, seed) in zip(outputs, seeds) where output.hasIndex {
      give(output.node, seed, nil)
    }
    let ofOutputs = OutputCotangents<T>()
    for index in nodes.indices.reversed() where nodes[index].isOperation {
      if let g = cotangents[index] { nodes[index].pullBack(g, tangents: tangents, ofOutputs, give) }
    }
    return inputs.map { $0.hasIndex ? cotangents[$0.index] : nil }
  }
}

extension Node {
  /// Whether the node is part of the graph being worked on.
  @inline(__always)
  var hasIndex: Bool { mark != 0 }

  /// Passes every child in the graph its share ∂y/∂x · g of the cotangent g that has reached this
  /// operation y: as a cotangent and a slope to multiply it with, or as their product.
  @inline(__always)
  func pullBack<T: CotangentNumber>(
    _ g: T, tangents: [Double], _ ofOutputs: OutputCotangents<T>,
    _ give: (Node, T, _ slope: T?) -> Void
  ) {
    @inline(__always) func number(_ node: Node) -> T { .number(of: node, tangents: tangents) }
    switch expression {
    case .variable, .constant: break
    case .unary(let f, let x):
      if x.hasIndex, let slope = f.derivative(number(x), number(self)) { give(x, g, slope) }
    case .binary(let f, let x, let y):
      let (a, b, z) = (number(x), number(y), number(self))
      if x.hasIndex, let slope = f.derivativeByFirst(a, b, z) { give(x, g, slope) }
      if y.hasIndex, let slope = f.derivativeBySecond(a, b, z) { give(y, g, slope) }
    case .binaryNumberSecond(let f, let x, let y):
      if x.hasIndex, let slope = f.derivativeByFirst(number(x), .constant(y), number(self)) {
        give(x, g, slope)
      }
    case .binaryNumberFirst(let f, let x, let y):
      if y.hasIndex, let slope = f.derivativeBySecond(.constant(x), number(y), number(self)) {
        give(y, g, slope)
      }
    case .nary(let f, let x):
      f.pullback(of: g, count: x.count, { number(x[$0]) }, number(self)) { i, share in
        if x[i].hasIndex { give(x[i], share, nil) }
      }
      // What is not chosen by a number that may change is handed a zero, as in formulas and programs.
      if f.chooses, !x[0].traits.contains(.isConstant), let first = number(x[0]).knownNumber,
        let chosen = f.chosen(by: first, count: x.count)
      {
        for i in 1..<x.count where i != chosen && x[i].hasIndex { give(x[i], .constant(0), nil) }
      }
    case .dot(let factors, let f):
      pullBackDot(g, tangents: tangents, factors, then: f, give)
    case .custom(let operation, let x):
      let operation = operation.takeUnretainedValue()
      let partials = T.partials(of: operation, x.map(number), number(self))
      for i in 0..<x.count where x[i].hasIndex { give(x[i], g, partials[i]) }
    case .call(let call, let x):
      let call = call.takeUnretainedValue()
      let shares = T.pullback(
        of: call, self, x.map(number), ofOutputs.take(of: self, count: call.values.count))
      for i in 0..<x.count where x[i].hasIndex { give(x[i], shares[i], nil) }
    case .output(let i, let call) where call.hasIndex:
      ofOutputs.add(g, output: Int(i), of: call)
      // Says that the call has its turn.
      give(call, .constant(0), nil)
    case .output: break
    }
  }

  /// The neuron's function first, if it has one, then the row `dot`.
  @inline(__always)
  private func pullBackDot<T: CotangentNumber>(
    _ g: T, tangents: [Double], _ factors: Factors, then f: UnaryFunction?,
    _ give: (Node, T, _ slope: T?) -> Void
  ) {
    let (a, b, bias) = (factors.first, factors.second, factors.bias)
    let pairs = a.count
    let count = 2 * pairs + (bias == nil ? 0 : 1)
    @inline(__always) func argument(_ i: Int) -> Node {
      i < pairs ? a[i] : i < 2 * pairs ? b[i - pairs] : bias!
    }
    @inline(__always) func number(_ node: Node) -> T { .number(of: node, tangents: tangents) }
    var g = g
    if let f {
      let sum = T.apply(.dot, (0..<count).map { number(argument($0)) })
      guard let slope = f.derivative(sum, number(self)) else { return }
      g = g * slope
    }
    NaryFunction.dot.pullback(of: g, count: count, { number(argument($0)) }, number(self)) {
      if argument($0).hasIndex { give(argument($0), $1, nil) }
    }
  }
}

/// What has reached the outputs of calls in a reverse sweep, until the calls have their turn.
final class OutputCotangents<T: CotangentNumber> {
  private var cotangents: [Int: [T?]] = [:]

  func add(_ g: T, output: Int, of call: Node) {
    let index = call.index
    var known =
      cotangents[index] ?? Array(repeating: nil, count: call.call?.call.values.count ?? 0)
    known[output] = known[output].map { $0 + g } ?? g
    cotangents[index] = known
  }

  func take(of call: Node, count: Int) -> [T] {
    let known = cotangents.removeValue(forKey: call.index)
    return (0..<count).map { known?[$0] ?? .constant(0) }
  }
}
