extension Node {
  /// Releases the children of a dying node, and what only they kept alive, without recursion.
  ///
  /// Swift releases nested objects recursively: a chain of 100,000 nodes would overflow the stack.
  /// A child that dies with its parent is instead linked into a list and taken apart when its turn
  /// comes. The list needs no memory: the gradient of a dying node is free to hold the link.
  static func releaseChildren(of parent: Node) {
    var doomed: Node?
    // They go last: what their closures captured may run code on its way out, which must not find
    // nodes half taken apart.
    var operations: [Unmanaged<CustomOperation>] = []
    release(childrenOf: parent.expression, doomed: &doomed, &operations)
    while let node = doomed {
      doomed = node.link
      release(childrenOf: node.expression, doomed: &doomed, &operations)
      let hasLabel = node.traits.contains(.hasLabel)
      node.traits = []  // a leaf: its `deinit` finds nothing left to do
      if hasLabel { node.release() } else { node.recycle() }
    }
    for operation in operations { operation.release() }
  }

  @inline(__always)
  private static func release(
    childrenOf expression: Expression, doomed: inout Node?,
    _ operations: inout [Unmanaged<CustomOperation>]
  ) {
    switch expression {
    case .variable, .constant: break
    case .unary(_, let x), .binaryNumberSecond(_, let x, _), .binaryNumberFirst(_, _, let x):
      drop(x, doomed: &doomed)
    case .binary(_, let x, let y):
      drop(x, doomed: &doomed)
      drop(y, doomed: &doomed)
    case .nary(_, let list):
      drop(list, doomed: &doomed)
    case .dot(let a, let b, let bias, _):
      drop(a, doomed: &doomed)
      drop(b, doomed: &doomed)
      if let bias { drop(bias, doomed: &doomed) }
    case .custom(let operation, let list):
      drop(list, doomed: &doomed)
      operations.append(operation)
    }
  }

  /// Gives up one reference to a child.
  @inline(__always)
  private static func drop(_ child: Node, doomed: inout Node?) {
    if child.isUnique {
      child.link = doomed
      doomed = child
    } else {
      child.release()
    }
  }

  /// Gives up an array of children. Only the last owner of the array looks at its elements.
  private static func drop(_ list: NodeList, doomed: inout Node?) {
    guard list.isUnique else {
      list.release()
      return
    }
    list.forEach { drop($0, doomed: &doomed) }
    list.forgetElements()
    list.release()
  }

  @inline(__always)
  private var link: Node? {
    get { Node(bitPattern: UInt(gradient.bitPattern)) }
    nonmutating set { gradient = Double(bitPattern: UInt64(newValue?.bitPattern ?? 0)) }
  }
}
