/// An array of children, retained as a whole: holding the 784 weights of a neuron costs one
/// reference count, not 784.
///
/// As with ``Node``, reading goes through the bare address: two words of object, the count, the
/// capacity, then the elements, each an address.
struct NodeList: Equatable {
  private let address: UnsafeMutableRawPointer

  /// Retains the array.
  @inline(__always)
  init(_ values: ContiguousArray<Value>) {
    // The array is a struct of one word, the reference to its storage.
    address = unsafeBitCast(values, to: UnsafeMutableRawPointer.self)
    ReferenceCount.retain(address)
    assert(count == values.count, "Arrays are laid out otherwise than NodeList reads them.")
  }

  @inline(__always)
  var count: Int { address.load(fromByteOffset: 2 * MemoryLayout<Int>.size, as: Int.self) }

  @inline(__always)
  subscript(_ i: Int) -> Node {
    (address + 4 * MemoryLayout<Int>.size).assumingMemoryBound(to: Node.self)[i]
  }

  @inline(__always)
  func forEach(_ body: (Node) -> Void) {
    for i in 0..<count { body(self[i]) }
  }

  func map<T>(_ transform: (Node) -> T) -> [T] { (0..<count).map { transform(self[$0]) } }

  func release() { ReferenceCount.release(address) }

  /// Empties an array that is about to die and whose elements have been released by hand.
  func forgetElements() {
    address.storeBytes(of: 0, toByteOffset: 2 * MemoryLayout<Int>.size, as: Int.self)
  }

  /// Whether this list alone keeps the array alive.
  var isUnique: Bool { ReferenceCount.isOne(address) }
}
