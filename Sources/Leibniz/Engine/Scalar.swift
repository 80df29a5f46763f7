/// Numbers that formulas can be evaluated on: `Double`, ``Value``, dual numbers and vector lanes.
///
/// A formula written once over `Scalar` runs on plain numbers, on the nodes of a graph and in
/// compiled programs:
///
/// ```swift
/// func wave<T: Scalar>(_ t: T) -> T { (-0.5 * t).exp() * (2 * t).cos() }
/// wave(1.0)                          // -0.2524…, a Double
/// gradient(at: [1.0]) { wave($0[0]) }  // [-0.9768…]
/// ```
///
/// A type conforms by applying a row of the primitive table; the operators and the functions
/// (``exp()``, ``tanh()``, …) follow from the rows. Models take numbers that conform to
/// ``NetworkScalar``.
public protocol Scalar: Operand where Number == Self {
  /// A number that no gradient flows to.
  static func constant(_ number: Double) -> Self

  /// The number, if it cannot change any more: what a rule may branch on. `nil` by default, for
  /// graph nodes that can be recomputed and for vector lanes.
  var knownNumber: Double? { get }

  /// f(x) for a row of the table.
  static func apply(_ function: UnaryFunction, _ x: Self) -> Self
  /// f(x, y) for a row of the table.
  static func apply(_ function: BinaryFunction, _ x: Self, _ y: Self) -> Self
  /// f(x, y) with a plain number for y.
  static func apply(_ function: BinaryFunction, _ x: Self, _ y: Double) -> Self
  /// f(x, y) with a plain number for x.
  static func apply(_ function: BinaryFunction, _ x: Double, _ y: Self) -> Self
  /// f(x₀, …) for a row of the table.
  static func apply(_ function: NaryFunction, _ arguments: [Self]) -> Self

  /// `positive` where `condition` > 0, else `otherwise`: a branch that a graph can record.
  ///
  /// No gradient flows to the condition, and none to the alternative not taken.
  static func select(where condition: Self, then positive: Self, else otherwise: Self) -> Self

  /// Σ aᵢ bᵢ + bias.
  static func dot(_ a: [Self], _ b: [Self], bias: Self?) -> Self

  /// −x.
  static prefix func - (x: Self) -> Number
  /// x + y; the operator calls it. By default a row of the table, as those below.
  static func add(_ x: Self, _ y: Self) -> Self
  /// x + y with a plain number for y.
  static func add(_ x: Self, _ y: Double) -> Self
  /// x + y with a plain number for x.
  static func add(_ x: Double, _ y: Self) -> Self
  /// x − y.
  static func subtract(_ x: Self, _ y: Self) -> Self
  /// x − y with a plain number for y.
  static func subtract(_ x: Self, _ y: Double) -> Self
  /// x − y with a plain number for x.
  static func subtract(_ x: Double, _ y: Self) -> Self
  /// x · y.
  static func multiply(_ x: Self, _ y: Self) -> Self
  /// x · y with a plain number for y.
  static func multiply(_ x: Self, _ y: Double) -> Self
  /// x · y with a plain number for x.
  static func multiply(_ x: Double, _ y: Self) -> Self
  /// x / y.
  static func divide(_ x: Self, _ y: Self) -> Self
  /// x / y with a plain number for y.
  static func divide(_ x: Self, _ y: Double) -> Self
  /// x / y with a plain number for x.
  static func divide(_ x: Double, _ y: Self) -> Self
}

extension Scalar {
  public var knownNumber: Double? { nil }

  public static prefix func - (x: Self) -> Number { apply(.negate, x) }
  public static func add(_ x: Self, _ y: Self) -> Self { apply(.add, x, y) }
  public static func add(_ x: Self, _ y: Double) -> Self { apply(.add, x, y) }
  public static func add(_ x: Double, _ y: Self) -> Self { apply(.add, x, y) }
  public static func subtract(_ x: Self, _ y: Self) -> Self { apply(.subtract, x, y) }
  public static func subtract(_ x: Self, _ y: Double) -> Self { apply(.subtract, x, y) }
  public static func subtract(_ x: Double, _ y: Self) -> Self { apply(.subtract, x, y) }
  public static func multiply(_ x: Self, _ y: Self) -> Self { apply(.multiply, x, y) }
  public static func multiply(_ x: Self, _ y: Double) -> Self { apply(.multiply, x, y) }
  public static func multiply(_ x: Double, _ y: Self) -> Self { apply(.multiply, x, y) }
  public static func divide(_ x: Self, _ y: Self) -> Self { apply(.divide, x, y) }
  public static func divide(_ x: Self, _ y: Double) -> Self { apply(.divide, x, y) }
  public static func divide(_ x: Double, _ y: Self) -> Self { apply(.divide, x, y) }
}
