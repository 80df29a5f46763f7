/// An array of children, retained as a whole: holding the 784 weights of a neuron costs one
/// reference count, not 784.
///
/// As with ``Node``, reading goes through the bare address: two words of object, the count, the
/// capacity, then the elements, each an address.
struct NodeList {
  private let address: UnsafeRawPointer

  /// Retains the array.
  @inline(__always)
  init(_ values: ContiguousArray<Value>) {
    // The array is a struct of one word, the reference to its storage.
    let storage = Unmanaged.passRetained(unsafeBitCast(values, to: AnyObject.self))
    address = UnsafeRawPointer(storage.toOpaque())
    assert(count == values.count, "Arrays are laid out otherwise than NodeList reads them.")
  }

  private var storage: Unmanaged<AnyObject> { .fromOpaque(address) }

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

  func release() { storage.release() }

  /// Whether this list alone keeps the array alive.
  var isUnique: Bool {
    var storage = storage
    return withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: AnyObject.self, capacity: 1) {
        isKnownUniquelyReferenced(&$0.pointee)
      }
    }
  }
}
