/// A value as the engine works with it: a reference that is not counted.
///
/// Reading a Swift reference out of another object retains and releases it, at 10 ns where the
/// arithmetic takes 1: a traversal through references spends nine tenths of its time there. So a
/// parent takes over one reference to each child when it is made, and gives it up when it dies; in
/// between, everything goes through nodes.
struct Node: Hashable {
  private let object: Unmanaged<Value>

  @inline(__always)
  init(_ value: Value) { object = .passUnretained(value) }

  /// The node of a child, whose reference the caller hands over until ``release()``.
  @inline(__always)
  init(keeping value: consuming Value) { object = .passRetained(value) }

  static func == (a: Node, b: Node) -> Bool { a.address == b.address }

  func hash(into hasher: inout Hasher) { hasher.combine(bitPattern) }

  @inline(__always)
  var address: UnsafeMutableRawPointer { object.toOpaque() }

  /// A node's address as a number; zero for none.
  @inline(__always)
  init?(bitPattern: UInt) {
    guard let address = UnsafeRawPointer(bitPattern: bitPattern) else { return nil }
    object = .fromOpaque(address)
  }

  @inline(__always)
  var bitPattern: UInt { UInt(bitPattern: address) }

  var number: Double {
    @inline(__always) get { object._withUnsafeGuaranteedRef { $0.fields.number } }
    @inline(__always) nonmutating set {
      object._withUnsafeGuaranteedRef { $0.fields.number = newValue }
    }
  }

  var gradient: Double {
    @inline(__always) get { object._withUnsafeGuaranteedRef { $0.fields.gradient } }
    @inline(__always) nonmutating set {
      object._withUnsafeGuaranteedRef { $0.fields.gradient = newValue }
    }
  }

  var expression: Expression {
    @inline(__always) get { object._withUnsafeGuaranteedRef { $0.fields.expression } }
  }

  var mark: UInt32 {
    @inline(__always) get { object._withUnsafeGuaranteedRef { $0.fields.mark } }
    @inline(__always) nonmutating set {
      object._withUnsafeGuaranteedRef { $0.fields.mark = newValue }
    }
  }

  var traits: Traits {
    @inline(__always) get { object._withUnsafeGuaranteedRef { $0.fields.traits } }
    @inline(__always) nonmutating set {
      object._withUnsafeGuaranteedRef { $0.fields.traits = newValue }
    }
  }

  @inline(__always)
  var isOperation: Bool { traits.contains(.isOperation) }

  /// The object, retained as usual.
  @inline(__always)
  var value: Value { object.takeUnretainedValue() }

  /// Gives up a reference.
  @inline(__always)
  func release() { object.release() }
}

/// What is known of a node from its creation, so that a traversal need not look at 784 weights to
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
  /// A variable that represents the point of a derivative, while the function to differentiate runs.
  static let isPoint = Traits(rawValue: 128)
}

extension Value {
  /// This value as the engine works with it, which does not keep the value alive: an optimizer may
  /// release a value after its last use, though a node is used later. So this is for values that something
  /// else holds; all others have their ``fields`` read, or ``withNode(_:)``.
  @inline(__always)
  var node: Node { Node(self) }

  /// What `body` makes of the node, which lives until then.
  @inline(__always)
  func withNode<Result>(_ body: (Node) -> Result) -> Result {
    withExtendedLifetime(self) { body(Node(self)) }
  }
}
