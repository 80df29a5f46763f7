#if canImport(LeibnizKernels) && !hasFeature(Embedded)
  import LeibnizKernels
#endif

/// A value as the engine works with it: its bare address.
///
/// Reading a Swift reference out of another object retains and releases it, at 10 ns where the
/// arithmetic takes 1: a traversal through references spends nine tenths of its time there. So a
/// parent retains its children once, when it is made, and releases them once, when it dies; in
/// between, everything goes through addresses.
struct Node: Equatable {
  /// Where the object begins; never zero, so that an optional node takes no more room.
  private let address: UnsafeMutableRawPointer

  @inline(__always)
  init(_ value: Value) { address = Unmanaged.passUnretained(value).toOpaque() }

  @inline(__always)
  init?(bitPattern: UInt) {
    guard let address = UnsafeMutableRawPointer(bitPattern: bitPattern) else { return nil }
    self.address = address
  }

  var bitPattern: UInt { UInt(bitPattern: address) }

  /// An object of Swift begins with two words, its type and its reference count; then come its
  /// fields.
  @inline(__always)
  private var fields: UnsafeMutablePointer<Value.Fields> {
    (address + 2 * MemoryLayout<Int>.size).assumingMemoryBound(to: Value.Fields.self)
  }

  var number: Double {
    @inline(__always) get { fields.pointee.number }
    @inline(__always) nonmutating set { fields.pointee.number = newValue }
  }

  var gradient: Double {
    @inline(__always) get { fields.pointee.gradient }
    @inline(__always) nonmutating set { fields.pointee.gradient = newValue }
  }

  var expression: Expression {
    @inline(__always) get { fields.pointee.expression }
    @inline(__always) nonmutating set { fields.pointee.expression = newValue }
  }

  var mark: UInt32 {
    @inline(__always) get { fields.pointee.mark }
    @inline(__always) nonmutating set { fields.pointee.mark = newValue }
  }

  var traits: Traits {
    @inline(__always) get { fields.pointee.traits }
    @inline(__always) nonmutating set { fields.pointee.traits = newValue }
  }

  @inline(__always)
  var isOperation: Bool { traits.contains(.isOperation) }

  /// The object, retained as usual.
  var value: Value { Unmanaged<Value>.fromOpaque(address).takeUnretainedValue() }

  /// The node of a child that its parent keeps alive until ``release()``.
  @inline(__always)
  static func retaining(_ value: Value) -> Node {
    let node = Node(value)
    node.retain()
    return node
  }

  @inline(__always)
  func retain() { ReferenceCount.retain(address) }

  @inline(__always)
  func release() { ReferenceCount.release(address) }

  /// Gives up the reference to a leaf without a label: to the spare objects of this thread if it is
  /// the only one, for a weak reference must see the object die.
  @inline(__always)
  func recycle() {
    #if canImport(LeibnizKernels) && !hasFeature(Embedded)
      if ReferenceCount.isOnly(address) && leibniz_keep_spare(address) { return }
    #endif
    release()
  }

  /// The object of a dead node, if there is one.
  @inline(__always)
  static func takeSpare() -> Value? {
    #if canImport(LeibnizKernels) && !hasFeature(Embedded)
      leibniz_take_spare().map { Unmanaged<Value>.fromOpaque($0).takeRetainedValue() }
    #else
      nil
    #endif
  }

  /// Whether there is one reference to the object, the caller's.
  @inline(__always)
  var isUnique: Bool { ReferenceCount.isOne(address) }
}

/// What is known of a node since it was made, so that a traversal need not look at 784 weights to
/// learn that there is nothing below them: that halves the time of `backward()` on a dot product.
struct Traits: OptionSet {
  let rawValue: UInt8
  static let isOperation = Traits(rawValue: 1)
  static let isConstant = Traits(rawValue: 2)
  /// The first, or only, list of children has operations in it, or constants alone.
  static let firstHasOperations = Traits(rawValue: 4)
  static let firstIsConstant = Traits(rawValue: 8)
  static let secondHasOperations = Traits(rawValue: 16)
  static let secondIsConstant = Traits(rawValue: 32)
  static let hasLabel = Traits(rawValue: 64)
  /// A variable that stands for the point of a derivative, while the function to differentiate runs.
  static let isPoint = Traits(rawValue: 128)
}

extension Value {
  /// This value as the engine works with it.
  @inline(__always)
  var node: Node { Node(self) }
}
