/// A stack of nodes for traversals, which must not recurse: bare memory, because an `Array` checks
/// its uniqueness at every push, which takes a sixth of the time of `backward()` on a chain.
struct WorkStack: ~Copyable {
  private var base: UnsafeMutablePointer<Node>
  private var count = 0
  private var capacity = 32

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  @inline(__always)
  var isEmpty: Bool { count == 0 }

  @inline(__always)
  mutating func push(_ node: Node, if condition: Bool) {
    guard condition else { return }
    if count == capacity { grow() }
    base[count] = node
    count += 1
  }

  @inline(__always)
  mutating func push(_ nodes: NodeSlice, where condition: (Node) -> Bool) {
    for i in 0..<nodes.count { push(nodes[i], if: condition(nodes[i])) }
  }

  @inline(__always)
  mutating func pop() -> Node? {
    if count == 0 { return nil }
    count -= 1
    return base[count]
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: 2 * capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
