/// The first infinite or NaN number of a graph, and the path to its origin in the code.
///
/// ```swift
/// let x = Value(-1, label: "x"), y = Value(2, label: "y")
/// let loss = x.log() * y
/// loss.label = "loss"
/// print(loss.firstNonFinite()!)
/// // The value of log(-1.0) is NaN; reached through: loss
/// ```
public struct NonFinite: CustomStringConvertible {
  /// Which of a node's two numbers is not finite.
  public enum Quantity: String, Sendable {
    /// The node's value.
    case value
    /// The gradient from the last backward call.
    case gradient
  }

  /// The node.
  public let node: Value
  /// Whether the node's value or its gradient is not finite.
  public let quantity: Quantity
  /// The number that is not finite.
  public let number: Double
  /// The operation that made the node; `nil` for variables and constants.
  public let operation: Primitive?
  /// The numbers that the operation was applied to, in order.
  public let operands: [Double]
  /// The node's label; empty if it has none.
  public let label: String
  /// The labels on a path from the root to the node; nodes without a label are omitted.
  public let path: [String]

  /// One line: the number, the operation with its operands, and the path to it.
  public var description: String {
    let name = label.isEmpty ? "" : "\(label) = "
    let numbers = operands.map { "\($0)" }.joined(separator: ", ")
    let expression = operation.map { "\($0)(\(numbers))" } ?? "a leaf"
    let way = path.isEmpty ? "" : "; reached through: \(path.joined(separator: " → "))"
    // Some platforms print the sign of a NaN.
    let result = number.isNaN ? "NaN" : "\(number)"
    return "The \(quantity.rawValue) of \(name)\(expression) is \(result)\(way)"
  }
}

extension Value {
  /// Finds the node where a number first became infinite or NaN, in this value or below it.
  ///
  /// Values are looked at in the order in which they were computed, inputs first; if all are
  /// finite, gradients are, in the order in which ``backward(seed:)`` computed them, this one first. The
  /// node returned is the first whose number is not finite: it is the cause.
  ///
  /// - Returns: the first such node, or `nil` if all numbers are finite.
  /// - Complexity: O(nodes + edges).
  public func firstNonFinite() -> NonFinite? {
    let graph = Graph([self])
    return graph.withIndices {
      if let node = graph.nodes.first(where: { !$0.number.isFinite }) {
        return NonFinite(node, .value, path: graph.labels(onTheWayTo: node))
      }
      if let node = graph.nodes.last(where: { !$0.value.grad.isFinite }) {
        return NonFinite(node, .gradient, path: graph.labels(onTheWayTo: node))
      }
      return nil
    }
  }
}

extension NonFinite {
  fileprivate init(_ node: Node, _ quantity: Quantity, path: [String]) {
    self.init(
      node: node.value, quantity: quantity,
      number: quantity == .value ? node.number : node.gradient,
      operation: node.value.operation, operands: node.operands, label: node.value.label, path: path)
  }
}

extension Graph {
  /// The labels from the root, the last node, down to a node.
  fileprivate func labels(onTheWayTo node: Node) -> [String] {
    var users = [Node?](repeating: nil, count: nodes.count)
    for user in nodes.reversed() {
      user.expression.forEachChild { child in
        if users[child.index] == nil { users[child.index] = user }
      }
    }
    var labels: [String] = []
    var next: Node? = node
    while let node = next {
      if !node.value.label.isEmpty { labels.append(node.value.label) }
      next = users[node.index]
    }
    return labels.reversed()
  }
}

extension Node {
  /// The numbers that the operation is applied to, in order.
  fileprivate var operands: [Double] {
    switch expression {
    case .binaryNumberSecond(_, let x, let y): return [x.number, y]
    case .binaryNumberFirst(_, let x, let y): return [x, y.number]
    default:
      var numbers: [Double] = []
      expression.forEachChild { numbers.append($0.number) }
      return numbers
    }
  }
}
