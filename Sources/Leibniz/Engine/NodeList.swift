/// An array of children, retained as a whole: holding the 784 weights of a neuron costs one
/// reference count, not 784.
///
/// Where arrays are laid out otherwise than ``ObjectLayout`` knows, the list is a copy that is laid out
/// as it says, each element of which is retained.
struct NodeList: Hashable {
  private let storage: UnsafeMutableRawPointer

  /// Retains the array.
  @inline(__always)
  init(_ values: [Value]) {
    if ObjectLayout.isKnown {
      storage = ObjectLayout.retainedStorage(of: values)
    } else {
      storage = Self.retainedOrCopied(values)
    }
  }

  /// Retains the array so many times at once.
  ///
  /// - Precondition: The layout of arrays is known.
  @inline(__always)
  init(_ values: [Value], references: Int) {
    storage = ObjectLayout.retainedStorage(of: values, references)
  }

  @inline(never)
  private static func retainedOrCopied(_ values: [Value]) -> UnsafeMutableRawPointer {
    ObjectLayout.lookOnce()
    if ObjectLayout.isKnown { return ObjectLayout.retainedStorage(of: values) }
    let (layout, word) = (ObjectLayout.assumed, MemoryLayout<Int>.size)
    let storage = UnsafeMutableRawPointer.allocate(
      byteCount: (layout.arrayElements + values.count) * word, alignment: word)
    layout.setCount(storage, values.count)
    for (i, value) in values.enumerated() {
      storage.storeBytes(
        of: Node(keeping: value), toByteOffset: (layout.arrayElements + i) * word, as: Node.self)
    }
    return storage
  }

  @inline(__always)
  var count: Int { ObjectLayout.assumed.count(storage) }

  @inline(__always)
  subscript(_ i: Int) -> Node { ObjectLayout.assumed.element(i, storage) }

  /// Some of the nodes; the list must outlive the slice.
  @inline(__always)
  func slice(from start: Int, count: Int) -> NodeSlice {
    NodeSlice(start: ObjectLayout.assumed.address(of: start, storage), count: count)
  }

  @inline(__always)
  var all: NodeSlice { slice(from: 0, count: count) }

  @inline(__always)
  func forEach(_ body: (Node) -> Void) { all.forEach(body) }

  func map<T>(_ transform: (Node) -> T) -> [T] { all.map(transform) }

  /// Gives up the array.
  func release() { release { $0.release() } }

  /// Gives up so many references to the array: if nobody else has one, `drop` is to give up each
  /// element.
  @inline(__always)
  func release(_ references: Int = 1, _ drop: (Node) -> Void) {
    if !ObjectLayout.isKnown {
      forEach(drop)
      storage.deallocate()
      return
    }
    if references > 1 { ObjectLayout.release(storage, references - 1) }
    if ObjectLayout.isOnly(storage) {
      forEach(drop)
      ObjectLayout.assumed.setCount(storage, 0)
    }
    ObjectLayout.release(storage)
  }
}

/// Nodes that follow one another in a list, which keeps them.
struct NodeSlice: Hashable {
  fileprivate let start: UnsafeRawPointer
  let count: Int

  @inline(__always)
  subscript(_ i: Int) -> Node {
    start.load(fromByteOffset: i &* MemoryLayout<Int>.size, as: Node.self)
  }

  @inline(__always)
  func forEach(_ body: (Node) -> Void) {
    for i in 0..<count { body(self[i]) }
  }

  func map<T>(_ transform: (Node) -> T) -> [T] { (0..<count).map { transform(self[$0]) } }
}
