import LeibnizKernels

extension Node {
  /// Releases the children of a dying node, and what only they kept alive, without recursion.
  ///
  /// Swift releases nested objects recursively: a chain of 100,000 nodes would overflow the stack.
  /// A child that dies with its parent is instead put into a list and taken apart when its turn
  /// comes. The list needs no memory: the gradient of a dying node is free to hold the link.
  ///
  /// Other threads may release graphs that share nodes with this one. A node is taken apart only
  /// where this thread has the one reference to it that there is, so that nobody can come by another;
  /// else the reference is given up, and where it was the last after all, the runtime calls `deinit`.
  static func releaseChildren(of dying: Node) {
    if leibniz_is_releasing() {
      dying.bequeathChildren()
      return
    }
    leibniz_set_releasing(true)
    var doomed: Node?
    // They go last: what their closures captured may run code on its way out, which must not find
    // nodes half taken apart.
    var operations = Operations()
    var (weights, inputs) = (SharedList(), SharedList())
    release(childrenOf: dying.expression, doomed: &doomed, &weights, &inputs, &operations)
    while true {
      while let node = doomed {
        doomed = node.link
        release(childrenOf: node.expression, doomed: &doomed, &weights, &inputs, &operations)
        node.recycle()
      }
      weights.release { drop($0, doomed: &doomed) }
      inputs.release { drop($0, doomed: &doomed) }
      if doomed != nil { continue }
      doomed = takeWaiting()
      if doomed != nil { continue }
      if !operations.releaseLast() { break }
    }
    leibniz_set_releasing(false)
  }

  /// Leaves the children to a new node that waits for its turn in the release that this `deinit` is
  /// called from.
  private func bequeathChildren() {
    let heir = Node(keeping: .make(expression, data: 0, traits: traits.subtracting(.hasLabel)))
    heir.link = Node(bitPattern: UInt(bitPattern: leibniz_get_waiting()))
    leibniz_set_waiting(heir.address)
  }

  /// The list of nodes that `deinit` has left to this release.
  @inline(__always)
  private static func takeWaiting() -> Node? {
    guard let first = leibniz_get_waiting() else { return nil }
    leibniz_set_waiting(nil)
    return Node(bitPattern: UInt(bitPattern: first))
  }

  /// Gives up a node that nobody else has and whose children are gone: keeps it as a spare one, if it
  /// has no label and there is room.
  @inline(__always)
  private func recycle() {
    let hasLabel = traits.contains(.hasLabel)
    traits = []  // a leaf: its `deinit` finds nothing left to do
    if hasLabel || !leibniz_keep_spare(address) { release() }
  }

  @inline(__always)
  private static func release(
    childrenOf expression: Expression, doomed: inout Node?, _ weights: inout SharedList,
    _ inputs: inout SharedList, _ operations: inout Operations
  ) {
    switch expression {
    case .variable, .constant: break
    case .unary(_, let x), .binaryNumberSecond(_, let x, _), .binaryNumberFirst(_, _, let x),
      .output(_, let x):
      drop(x, doomed: &doomed)
    case .binary(_, let x, let y):
      drop(x, doomed: &doomed)
      drop(y, doomed: &doomed)
    case .nary(_, let list):
      list.release { drop($0, doomed: &doomed) }
    case .dot(let factors, _):
      weights.add(factors.lists.first) { drop($0, doomed: &doomed) }
      inputs.add(factors.lists.second) { drop($0, doomed: &doomed) }
      if let bias = factors.ownBias { drop(bias, doomed: &doomed) }
    case .custom(let operation, let list):
      list.release { drop($0, doomed: &doomed) }
      operations.single.append(operation)
    case .call(let call, let list):
      list.release { drop($0, doomed: &doomed) }
      operations.calls.append(call)
    }
  }

  /// Gives up one reference to a child.
  @inline(__always)
  private static func drop(_ child: Node, doomed: inout Node?) {
    if ObjectLayout.isOnly(child.address) {
      child.link = doomed
      doomed = child
    } else {
      child.release()
    }
  }

  @inline(__always)
  private var link: Node? {
    get { Node(bitPattern: UInt(gradient.bitPattern)) }
    nonmutating set { gradient = Double(bitPattern: UInt64(newValue?.bitPattern ?? 0)) }
  }
}

/// References to the user's operations.
private struct Operations {
  var single: [Unmanaged<CustomOperation>] = []
  var calls: [Unmanaged<CustomCall>] = []

  /// Gives one up; false if there is none left.
  mutating func releaseLast() -> Bool {
    if let operation = single.popLast() {
      operation.release()
    } else if let call = calls.popLast() {
      call.release()
    } else {
      return false
    }
    return true
  }
}

/// References to one list that are given up together.
///
/// The neurons of a layer have one list of weights and one of inputs, and die one after another: to
/// release each once for all of them saves a fifth of the time of a step of training of an MLP.
private struct SharedList {
  private var list: NodeList?
  private var references = 0

  /// Adds a reference; those to another list are given up first.
  @inline(__always)
  mutating func add(_ list: NodeList, _ drop: (Node) -> Void) {
    if self.list != list { release(drop) }
    self.list = list
    references += 1
  }

  /// Gives up the references; if nobody else has one, `drop` is to give up each element.
  @inline(__always)
  mutating func release(_ drop: (Node) -> Void) {
    list?.release(references, drop)
    (list, references) = (nil, 0)
  }
}
