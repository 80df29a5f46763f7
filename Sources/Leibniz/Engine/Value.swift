import LeibnizKernels

/// A number that remembers where it came from: a node of a computation graph.
///
/// ```swift
/// let a = Value(2.0), b = Value(-3.0)
/// let y = a * b + a.power(2)
/// y.backward()
/// print(y.data, a.grad, b.grad)  // -2.0 1.0 2.0
/// ```
///
/// There are three kinds. A *variable* (`Value(2.0)`) can be set and receives a gradient. A
/// *constant* (`Value.constant(2.0)`, and every `Double` mixed into an expression) does neither. An
/// *operation* is a row of the primitive table with its ``children``.
///
/// Identity is object identity: two values of equal data are two nodes. A graph belongs to one task
/// at a time, which is why `Value` is not `Sendable`.
///
/// - Note: A node takes 72 bytes, 80 with the allocator's own. Nothing about it recurses: graphs may
///   be chains of millions. Dead nodes are reused: each thread keeps up to 65,536, which is 5 MB,
///   until it ends or calls ``releaseSpareNodes()``.
public final class Value: Identifiable {
  var fields: Fields
  private var name: Name?

  /// What the engine works on; see ``Node`` for how.
  struct Fields {
    var number: Double
    var gradient = 0.0
    var expression: Expression
    // The traits are stored in the expression's last word: after the mark they would take another word.
    var traits: Traits
    /// What a traversal counts or numbers nodes with; zero between traversals.
    var mark: UInt32 = 0
  }

  private final class Name {
    let text: String
    init(_ text: String) { self.text = text }
  }

  /// A variable.
  public init(_ data: Double, label: String = "") {
    fields = Fields(number: data, expression: .variable, traits: [])
    if !label.isEmpty { self.label = label }
  }

  /// A node of any kind, which takes over the caller's references to the children.
  private init(_ expression: Expression, data: Double, traits: Traits) {
    fields = Fields(number: data, expression: expression, traits: traits)
  }

  /// A node of any kind, reusing a dead one if there is a spare: each training step builds the graph of
  /// the previous step again, in half the time without the allocator and the runtime.
  @inline(__always)
  static func make(
    _ expression: Expression, data: Double, traits: Traits = .isOperation
  ) -> Value {
    guard let spare = leibniz_take_spare() else {
      ObjectLayout.lookOnce()
      return Value(expression, data: data, traits: traits)
    }
    let value = Unmanaged<Value>.fromOpaque(spare).takeRetainedValue()
    value.fields = Fields(number: data, expression: expression, traits: traits)
    return value
  }

  /// Gives the dead nodes that this thread keeps back to the system.
  ///
  /// Operations are made of dead nodes while there are any. A thread keeps 65,536 nodes at the most,
  /// which are 5 MB; when it ends, it gives them back by itself.
  public static func releaseSpareNodes() { leibniz_release_spares() }

  /// A number that no gradient flows to.
  ///
  /// An operation on constants alone is a constant too: it is computed and not recorded.
  public static func constant(_ data: Double) -> Value {
    make(.constant, data: data, traits: .isConstant)
  }

  deinit {
    if isOperation { Node.releaseChildren(of: node) }
  }

  /// The number. It can be set on variables; ``recompute()`` then brings a graph up to date.
  public var data: Double {
    get { fields.number }
    set {
      require(isVariable, "Only a variable's data can be set; this is \(kindDescription).")
      fields.number = newValue
    }
  }

  /// The derivative of the result whose ``backward(seed:)`` was called, with respect to this value.
  ///
  /// Variables accumulate the gradients of all calls until ``zeroGrad()``; operations hold the
  /// gradient of the last call.
  public var grad: Double {
    get { isConstant ? 0 : fields.gradient }
    set {
      require(!isConstant, "A constant has no gradient to set.")
      fields.gradient = newValue
    }
  }

  /// A name for printing and drawing; empty if there is none.
  public var label: String {
    get { name?.text ?? "" }
    set {
      name = newValue.isEmpty ? nil : Name(newValue)
      if !newValue.isEmpty { fields.traits.insert(.hasLabel) }
    }
  }

  /// The operation that made this value, or `nil` for variables and constants.
  public var operation: Primitive? {
    switch fields.expression {
    case .variable, .constant: nil
    case .unary(let function, _): .unary(function)
    case .binary(let function, _, _), .binaryNumberSecond(let function, _, _),
      .binaryNumberFirst(let function, _, _):
      .binary(function)
    case .nary(let function, _): .nary(function)
    case .dot(_, then: let function?): .neuron(function)
    case .dot: .nary(.dot)
    case .custom(let operation, _): .custom(operation.takeUnretainedValue().name)
    case .call(let call, _): .custom(call.takeUnretainedValue().operation.name)
    case .output(let i, let call): .custom("\(call.call?.call.operation.name ?? "")[\(i)]")
    }
  }

  /// The operands of the operation, in order. `x * x` has two children; a plain `Double` in an
  /// expression is not a child.
  public var children: [Value] {
    var children: [Value] = []
    fields.expression.forEachChild { children.append($0.value) }
    return children
  }

  /// Whether this is a variable, which can be set and receives a gradient.
  public var isVariable: Bool { !isOperation && !isConstant }

  /// Whether this is a constant.
  @inline(__always)
  public var isConstant: Bool { fields.traits.contains(.isConstant) }

  /// Whether this is the result of an operation.
  @inline(__always)
  public var isOperation: Bool { fields.traits.contains(.isOperation) }

  /// Sets the gradient to zero.
  public func zeroGrad() { fields.gradient = 0 }

  private var kindDescription: String {
    operation.map { "the result of an operation (\($0))" } ?? "a constant"
  }
}
