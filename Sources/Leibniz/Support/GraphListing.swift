/// The graph below a value as plain lists, for drawing.
package struct GraphListing {
  /// A value of the graph.
  package struct Entry {
    package let value: Value
    /// The operation's name, with the plain number that takes part in it; `nil` for leaves.
    package let caption: String?
    /// The indices of the children, in order.
    package let children: [Int]

    /// ∂y/∂x for each child x of this operation y, in order and at the present numbers.
    package var localDerivatives: [Double] {
      if case .output = value.fields.expression { return [1] }
      if let (call, x) = value.node.call { return call.partials(of: 0, x.map { $0.number }) }
      var children: [Node] = []
      value.fields.expression.forEachChild { children.append($0) }
      for child in children { child.mark = 1 }
      defer { for child in children { child.mark = 0 } }
      var derivatives = [Double?](repeating: nil, count: children.count)
      value.withNode {
        $0.pullBack(1.0, tangents: [], OutputCotangents()) { child, share, slope in
          // A child used twice is given two shares, in order.
          if let place = children.indices.first(where: {
            children[$0] == child && derivatives[$0] == nil
          }) {
            derivatives[place] = slope.map { share * $0 } ?? share
          }
        }
      }
      return derivatives.map { $0 ?? 0 }
    }
  }

  /// Every value once, each after its children.
  package let entries: [Entry]

  /// - Complexity: O(nodes + edges).
  package init(_ output: Value) {
    let graph = Graph([output])
    entries = graph.withIndices {
      graph.nodes.map { node in
        var children: [Int] = []
        node.expression.forEachChild { children.append($0.index) }
        return Entry(value: node.value, caption: node.caption, children: children)
      }
    }
  }
}

extension Node {
  fileprivate var caption: String? {
    guard let name = value.operation?.description else { return nil }
    return switch expression {
    case .binaryNumberSecond(_, _, let y): "\(name) \(y.shortText)"
    case .binaryNumberFirst(_, let x, _): "\(x.shortText) \(name)"
    default: name
    }
  }
}
