extension Node {
  /// Visits the given nodes and all below them once each, a node after all its users.
  ///
  /// Kahn's topological order: the first walk marks every node with the number of its uses, the
  /// second takes them off again and goes on where none is left. Nothing is stored but the nodes that
  /// wait, one for a chain.
  ///
  /// - Parameters:
  ///   - leaves: Whether variables and constants are wanted too; without them, lists of leaves are
  ///     not looked at.
  ///   - prepare: Called for every node, in any order, before the first visit.
  @inline(__always)
  static func forEachInReverse(
    below roots: some Collection<Node>, leaves: Bool, prepare: (Node) -> Void,
    visit: (Node) -> Void
  ) {
    walk(from: roots, leaves: leaves, prepare) { child, uses in
      guard leaves || child.isOperation else { return false }
      child.mark += uses
      return child.mark == uses
    }
    walk(from: roots, leaves: leaves, visit) { child, uses in
      guard leaves || child.isOperation else { return false }
      child.mark -= uses
      return child.mark == 0
    }
  }

  /// Visits nodes downwards; `arrive` is told of every child and of how often it was met, and says
  /// whether its time has come.
  @inline(__always)
  private static func walk(
    from roots: some Collection<Node>, leaves: Bool, _ visit: (Node) -> Void,
    arrive: (_ child: Node, _ uses: UInt32) -> Bool
  ) {
    var waiting = WorkStack()
    // The neurons of a layer have one list of inputs, and come one after another: its elements are
    // met once, with all these uses, which saves a quarter of the time of `backward()` on an MLP.
    var inputs: NodeList?
    var uses: UInt32 = 0
    for root in roots { waiting.push(root, if: arrive(root, 1)) }
    repeat {
      while let node = waiting.pop() {
        visit(node)
        switch node.expression {
        case .variable, .constant: break
        case .unary(_, let x), .binaryNumberSecond(_, let x, _), .binaryNumberFirst(_, _, let x),
          .output(_, let x):
          waiting.push(x, if: arrive(x, 1))
        case .binary(_, let x, let y):
          waiting.push(x, if: arrive(x, 1))
          waiting.push(y, if: arrive(y, 1))
        case .nary(_, let list), .custom(_, let list), .call(_, let list):
          if leaves || node.traits.contains(.firstHasOperations) {
            waiting.push(list) { arrive($0, 1) }
          }
        case .dot(let a, let b, let bias, _):
          if leaves || node.traits.contains(.firstHasOperations) {
            waiting.push(a) { arrive($0, 1) }
          }
          if leaves || node.traits.contains(.secondHasOperations) {
            if inputs != b {
              if let inputs { waiting.push(inputs) { arrive($0, uses) } }
              (inputs, uses) = (b, 0)
            }
            uses += 1
          }
          if let bias { waiting.push(bias, if: arrive(bias, 1)) }
        }
      }
      if let inputs { waiting.push(inputs) { arrive($0, uses) } }
      inputs = nil
    } while !waiting.isEmpty
  }
}
