/// The graph below some values, flattened: every node once, each after its children.
///
/// Drawing, compilation, recomputation and higher derivatives go through this list; ``Value/backward()``
/// alone has a traversal of its own, which stores nothing.
struct Graph {
  /// Leaves and operations in an order in which they can be computed.
  let nodes: [Node]
  /// Keeps the nodes alive.
  private let outputs: [Value]

  /// - Complexity: O(nodes + edges).
  init(_ outputs: [Value]) {
    self.outputs = outputs
    // Kahn's algorithm from the outputs down, as in `backward()`, and then backwards.
    var waiting = WorkStack()
    for output in outputs {
      if output.node.mark == 0 { waiting.push(output.node) }
      output.node.mark += 1
    }
    while let node = waiting.pop() {
      node.expression.forEachChild { child in
        if child.mark == 0 { waiting.push(child) }
        child.mark += 1
      }
    }
    var nodes: [Node] = []
    func use(_ node: Node) {
      node.mark -= 1
      if node.mark == 0 { waiting.push(node) }
    }
    for output in outputs { use(output.node) }
    while let node = waiting.pop() {
      nodes.append(node)
      node.expression.forEachChild(use)
    }
    self.nodes = nodes.reversed()
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
