extension Value: Scalar {
  public var knownNumber: Double? { isConstant ? fields.number : nil }

  @inline(__always)
  public static func apply(_ f: UnaryFunction, _ x: consuming Value) -> Value {
    let y = f.value(x.fields.number)
    if x.isConstant { return constant(y) }
    return make(.unary(f, Node(keeping: x)), data: y)
  }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: consuming Value, _ y: consuming Value) -> Value
  {
    let z = f.value(x.fields.number, y.fields.number)
    if x.isConstant && y.isConstant { return constant(z) }
    return make(.binary(f, Node(keeping: x), Node(keeping: y)), data: z)
  }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: consuming Value, _ y: Double) -> Value {
    let z = f.value(x.fields.number, y)
    if x.isConstant { return constant(z) }
    return make(.binaryNumberSecond(f, Node(keeping: x), y), data: z)
  }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: Double, _ y: consuming Value) -> Value {
    let z = f.value(x, y.fields.number)
    if y.isConstant { return constant(z) }
    return make(.binaryNumberFirst(f, x, Node(keeping: y)), data: z)
  }

  public static func apply(_ f: NaryFunction, _ arguments: [Value]) -> Value {
    f.requireArity(arguments.count)
    let x = NodeList(arguments)
    var kinds = Kinds()
    x.forEach { _ = kinds.note($0) }
    let y = f.value(count: x.count) { x[$0].number }
    let traits = Kinds.traits(first: kinds)
    if traits.contains(.firstIsConstant) {
      x.release()
      return constant(y)
    }
    return make(.nary(f, x), data: y, traits: traits)
  }

  static func apply(_ operation: CustomOperation, _ inputs: [Value]) -> Value {
    var kinds = Kinds()
    let y = operation.value(inputs.map { kinds.note($0.node) })
    let traits = Kinds.traits(first: kinds)
    if traits.contains(.firstIsConstant) { return constant(y) }
    return make(.custom(.passRetained(operation), NodeList(inputs)), data: y, traits: traits)
  }

  public static prefix func - (x: consuming Value) -> Value { apply(.negate, x) }
  public static func + (x: consuming Value, y: consuming Value) -> Value { apply(.add, x, y) }
  public static func - (x: consuming Value, y: consuming Value) -> Value { apply(.subtract, x, y) }
  public static func * (x: consuming Value, y: consuming Value) -> Value { apply(.multiply, x, y) }
  public static func / (x: consuming Value, y: consuming Value) -> Value { apply(.divide, x, y) }

  public static func add(_ x: consuming Value, _ y: consuming Value) -> Value {
    apply(.add, x, y)
  }
  public static func add(_ x: consuming Value, _ y: Double) -> Value { apply(.add, x, y) }
  public static func add(_ x: Double, _ y: consuming Value) -> Value { apply(.add, x, y) }
  public static func subtract(_ x: consuming Value, _ y: consuming Value) -> Value {
    apply(.subtract, x, y)
  }
  public static func subtract(_ x: consuming Value, _ y: Double) -> Value { apply(.subtract, x, y) }
  public static func subtract(_ x: Double, _ y: consuming Value) -> Value { apply(.subtract, x, y) }
  public static func multiply(_ x: consuming Value, _ y: consuming Value) -> Value {
    apply(.multiply, x, y)
  }
  public static func multiply(_ x: consuming Value, _ y: Double) -> Value { apply(.multiply, x, y) }
  public static func multiply(_ x: Double, _ y: consuming Value) -> Value { apply(.multiply, x, y) }
  public static func divide(_ x: consuming Value, _ y: consuming Value) -> Value {
    apply(.divide, x, y)
  }
  public static func divide(_ x: consuming Value, _ y: Double) -> Value { apply(.divide, x, y) }
  public static func divide(_ x: Double, _ y: consuming Value) -> Value { apply(.divide, x, y) }

  /// Rebinds x to a new node, x + y; the old one stays in the graph.
  public static func += (x: inout Value, y: consuming Value) { x = x + y }
  /// Rebinds x to a new node, x − y; the old one stays in the graph.
  public static func -= (x: inout Value, y: consuming Value) { x = x - y }
  /// Rebinds x to a new node, x · y; the old one stays in the graph.
  public static func *= (x: inout Value, y: consuming Value) { x = x * y }
  /// Rebinds x to a new node, x / y; the old one stays in the graph.
  public static func /= (x: inout Value, y: consuming Value) { x = x / y }
  /// Rebinds x to a new node, x + y with a plain number; the old one stays in the graph.
  public static func += (x: inout Value, y: Double) { x = x + y }
  /// Rebinds x to a new node, x − y with a plain number; the old one stays in the graph.
  public static func -= (x: inout Value, y: Double) { x = x - y }
  /// Rebinds x to a new node, x · y with a plain number; the old one stays in the graph.
  public static func *= (x: inout Value, y: Double) { x = x * y }
  /// Rebinds x to a new node, x / y with a plain number; the old one stays in the graph.
  public static func /= (x: inout Value, y: Double) { x = x / y }
}

// Stated in code, so that the compiler keeps a graph on one task at a time.
@available(*, unavailable)
extension Value: Sendable {}
