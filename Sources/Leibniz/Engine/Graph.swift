/// The graph below some values, flattened: every node once, each after its children.
///
/// Drawing, compilation, recomputation and higher derivatives go through this list; ``Value/backward()``
/// alone has a traversal of its own, which stores nothing.
struct Graph {
  /// Leaves and operations in an order in which they can be computed.
  let nodes: [Node]
  /// Keeps the nodes alive.
  private let values: [Value]

  /// - Parameter leaves: whether variables and constants are wanted; without them, lists of leaves
  ///   are not looked at. An output comes in any case.
  /// - Complexity: O(nodes + edges).
  init(_ outputs: [Value], leaves: Bool = true) {
    @inline(__always)
    func forEachChild(of node: Node, _ body: (Node) -> Void) {
      if leaves { node.expression.forEachChild(body) } else { node.forEachChildOperation(body) }
    }
    // Kahn's algorithm from the outputs down, as in `backward()`, and then backwards.
    var waiting = WorkStack()
    for output in outputs {
      if output.node.mark == 0 { waiting.push(output.node) }
      output.node.mark += 1
    }
    while let node = waiting.pop() {
      forEachChild(of: node) { child in
        if child.mark == 0 { waiting.push(child) }
        child.mark += 1
      }
    }
    var nodes: [Node] = []
    for output in outputs {
      output.node.mark -= 1
      if output.node.mark == 0 { waiting.push(output.node) }
    }
    while let node = waiting.pop() {
      nodes.append(node)
      forEachChild(of: node) { child in
        child.mark -= 1
        if child.mark == 0 { waiting.push(child) }
      }
    }
    self.init(nodes: nodes.reversed(), keeping: outputs)
  }

  /// Nodes in an order in which they can be computed, and values that keep them alive.
  init(nodes: [Node], keeping values: [Value]) {
    self.nodes = nodes
    self.values = values
  }

  /// Runs `body` while every node's ``Node/index`` is its place in ``nodes``.
  func withIndices<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(nodes.count < UInt32.max, "A graph of \(nodes.count) nodes is too large.")
    for (index, node) in nodes.enumerated() { node.mark = UInt32(index) + 1 }
    defer { for node in nodes { node.mark = 0 } }
    return try body()
  }
}

extension Node {
  /// The node's place in the graph being worked on; see ``Graph/withIndices(_:)``.
  var index: Int { Int(mark) - 1 }
}
