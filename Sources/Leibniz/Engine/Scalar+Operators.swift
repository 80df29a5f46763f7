/// What stands beside an operator: every ``Scalar``, which is its own ``scalar``.
///
/// It exists for the type checker alone, and nothing else should conform to it.
public protocol Operand {
  /// The kind of number; for a ``Scalar``, the type itself.
  associatedtype Number: Scalar
  /// The number.
  var scalar: Number { get }
}

extension Scalar {
  @inlinable @inline(__always)
  public var scalar: Self { self }
}

// The operators, once for all kinds of numbers. Their declarations are odd for the type checker's
// sake: of the 163 formulas of Tests/Formulas it gave up on 78 over `T: Scalar` when they read
// `(Self, Self) -> Self`, and gives up on 6 now.
//
// - It ranks what it tries first by each argument alone. To `2.5 * x` the form for two numbers seems
//   as good as the one for a number and a `Double`, as `Double` is a `Scalar` too, and each literal
//   doubled the work. A condition on both types at once, `B.Number == A`, ranks the form lower.
// - A result of type `A` could still be any type that x converts to, while `A.Number` is known as
//   soon as x is. Hence also the results of exp(x) and the others.
// - Operators of a concrete type, `(Value, Value) -> Value`, are guessed from the expected result,
//   from the outermost operator inwards, before the operands are known. `Value` has just these four:
//   they win where an operand could be a `Double` or a value, as the result of a model.
//   Without · and / it would give up on five formulas instead of seven, but `label * model(x)[0]` would
//   be a plain number, through which no gradient flows.

/// x + y.
@inlinable @inline(__always)
public func + <A: Scalar, B: Operand>(x: A, y: B) -> A.Number where B.Number == A {
  .add(x, y.scalar)
}

/// x − y.
@inlinable @inline(__always)
public func - <A: Scalar, B: Operand>(x: A, y: B) -> A.Number where B.Number == A {
  .subtract(x, y.scalar)
}

/// x · y.
@inlinable @inline(__always)
public func * <A: Scalar, B: Operand>(x: A, y: B) -> A.Number where B.Number == A {
  .multiply(x, y.scalar)
}

/// x / y.
@inlinable @inline(__always)
public func / <A: Scalar, B: Operand>(x: A, y: B) -> A.Number where B.Number == A {
  .divide(x, y.scalar)
}

extension Scalar {
  /// x + y with a plain number for y.
  @inlinable @inline(__always)
  public static func + (x: Self, y: Double) -> Number { add(x, y) }
  /// x + y with a plain number for x.
  @inlinable @inline(__always)
  public static func + (x: Double, y: Self) -> Number { add(x, y) }
  /// x − y with a plain number for y.
  @inlinable @inline(__always)
  public static func - (x: Self, y: Double) -> Number { subtract(x, y) }
  /// x − y with a plain number for x.
  @inlinable @inline(__always)
  public static func - (x: Double, y: Self) -> Number { subtract(x, y) }
  /// x · y with a plain number for y.
  @inlinable @inline(__always)
  public static func * (x: Self, y: Double) -> Number { multiply(x, y) }
  /// x · y with a plain number for x.
  @inlinable @inline(__always)
  public static func * (x: Double, y: Self) -> Number { multiply(x, y) }
  /// x / y with a plain number for y.
  @inlinable @inline(__always)
  public static func / (x: Self, y: Double) -> Number { divide(x, y) }
  /// x / y with a plain number for x.
  @inlinable @inline(__always)
  public static func / (x: Double, y: Self) -> Number { divide(x, y) }
}

/// Sums as operands, where a leading dot is enough: `x + .sum(xs) / 2`.
extension Operand where Self == Value {
  /// A number that no gradient flows to.
  public static func constant(_ data: Double) -> Value { Value.constant(data) }
  /// Σ xᵢ as one node; 0 for none.
  public static func sum(_ xs: [Value]) -> Value { Value.apply(.sum, xs) }
  /// Σ xᵢ / n as one node.
  public static func mean(_ xs: [Value]) -> Value { Value.apply(.mean, xs) }
  /// The largest of xs as one node. Ties share the gradient equally.
  public static func maximum(_ xs: [Value]) -> Value { Value.apply(.maximum, xs) }
  /// log Σ exp(xᵢ) as one node, without overflow.
  public static func logSumExp(_ xs: [Value]) -> Value { Value.apply(.logSumExp, xs) }
  /// Σ aᵢ bᵢ + bias as one node.
  public static func dot(_ a: [Value], _ b: [Value], bias: Value? = nil) -> Value {
    Value.dot(a, b, bias: bias)
  }
}
