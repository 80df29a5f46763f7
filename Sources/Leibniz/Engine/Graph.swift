/// The graph below some values, flattened: every node once, each after its children.
///
/// Drawing, compilation, recomputation and higher derivatives go through this list;
/// ``Value/backward(seed:)`` alone needs none.
struct Graph {
  /// Leaves and operations in an order in which they can be computed.
  let nodes: [Node]
  /// Keeps the nodes alive.
  private let values: [Value]
  /// Whether it leads to the point of another derivative, one whose function is still running.
  let readsPoint: Bool

  /// - Parameter leaves: whether variables and constants are wanted; without them, lists of leaves
  ///   are not looked at.
  /// - Complexity: O(nodes + edges).
  init(_ outputs: [Value], leaves: Bool = true) {
    var nodes: [Node] = []
    var count = 0
    Node.forEachInReverse(below: outputs.lazy.map { $0.node }, leaves: leaves) { _ in
      count += 1
    } visit: { node, _ in
      if nodes.isEmpty { nodes.reserveCapacity(count) }
      nodes.append(node)
      return []
    }
    nodes.reverse()
    self.init(nodes: nodes, keeping: outputs)
  }

  /// Nodes in an order in which they can be computed, and values that keep them alive.
  init(nodes: [Node], keeping values: [Value], readsPoint: Bool = false) {
    self.nodes = nodes
    self.values = values
    self.readsPoint = readsPoint
  }

  /// Runs `body`, until whose end the nodes live, while every node's ``Node/index`` is its place in
  /// ``nodes``.
  func withIndices<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    require(nodes.count < UInt32.max, "A graph of \(nodes.count) nodes is too large.")
    for (index, node) in nodes.enumerated() { node.mark = UInt32(index) + 1 }
    defer { forEach { $0.mark = 0 } }
    return try body()
  }

  /// Calls `body` for each node, all of which live until then.
  @inline(__always)
  func forEach(_ body: (Node) -> Void) {
    withExtendedLifetime(values) { nodes.forEach(body) }
  }
}

extension Node {
  /// The node's index in the present graph; see ``Graph/withIndices(_:)``.
  var index: Int { Int(mark) - 1 }
}

extension Value {
  /// The node's index in the present graph.
  var index: Int { Int(fields.mark) - 1 }

  /// Whether the node is part of the graph being worked on.
  @inline(__always)
  var hasIndex: Bool { fields.mark != 0 }
}
