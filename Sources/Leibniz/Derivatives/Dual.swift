/// A number with its derivative along one direction: forward-mode automatic differentiation.
///
/// ```swift
/// let x = Dual(3, tangent: 1)
/// let y = x * x + x.sin()
/// y.value    // 9.1411…
/// y.tangent  // 5.0100…, 2x + cos x
/// ```
///
/// f(x + εt) = f(x) + ε f′(x) t with ε² = 0, by the rows of the primitive table. It needs no graph
/// and no memory: the choice where there are few inputs. Where the tangent is zero nothing is
/// propagated, so a constant passes through √0 unharmed.
///
/// - Complexity: a small multiple of the plain computation, for each direction.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., section 3.1.
public struct Dual: Equatable, Sendable {
  /// The number.
  public var value: Double
  /// Its derivative along the direction of differentiation.
  public var tangent: Double
  /// Which derivative the tangent belongs to; 0 where none has been said.
  private var tag: UInt = 0

  /// A number with its derivative: 1 for the variable of differentiation, 0 for a constant.
  public init(_ value: Double, tangent: Double = 0) {
    self.value = value
    self.tangent = tangent
  }

  @inline(__always)
  private init(_ value: Double, tangent: Double, tag: UInt) {
    self.value = value
    self.tangent = tangent
    self.tag = tag
  }

  /// Whether number and tangent are equal.
  public static func == (x: Dual, y: Dual) -> Bool { x.value == y.value && x.tangent == y.tangent }
}

// Perturbations are not confused: each running derivative has a tag, and where the tangents of two
// would be added there is a sentence instead.
// Source: Siskind and Pearlmutter, *Nesting forward-mode AD in a functional framework*, 2008.
extension Dual {
  /// The derivative of a function along a direction.
  static func pushforward(
    at x: [Double], direction: [Double], of f: ([Dual]) -> [Dual]
  ) -> [Double] {
    // The address of a variable on the stack is no other running derivative's.
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) {
      let tag = UInt(bitPattern: $0)
      let y = f(zip(x, direction).map { Dual($0, tangent: $1, tag: tag) })
      return y.map { $0.tag == tag || $0.tag == 0 ? $0.tangent : 0 }
    }
  }

  /// The tag of a result of two numbers.
  @inline(__always)
  private func tag(with other: Dual) -> UInt {
    tag == other.tag ? tag : tagOfBoth(other)
  }

  @inline(never)
  private func tagOfBoth(_ other: Dual) -> UInt {
    if other.tangent == 0 || other.tag == 0 { return tag == 0 ? other.tag : tag }
    if tangent == 0 || tag == 0 { return other.tag }
    stop(
      "The derivatives of two functions, one inside the other, meet in one Dual, which carries one: "
        + "differentiate at values, as in derivative(at: x) with a Value x.")
  }
}

extension Dual: Scalar {
  public static func constant(_ number: Double) -> Dual { Dual(number) }

  public var knownNumber: Double? { value }

  @inline(__always)
  public static func apply(_ f: UnaryFunction, _ x: Dual) -> Dual {
    let y = f.value(x.value)
    return Dual(y, tangent: x.contribution(f.derivative(x.value, y)), tag: x.tag)
  }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: Dual, _ y: Dual) -> Dual {
    let z = f.value(x.value, y.value)
    return Dual(
      z,
      tangent: x.contribution(f.derivativeByFirst(x.value, y.value, z))
        + y.contribution(f.derivativeBySecond(x.value, y.value, z)),
      tag: x.tag(with: y))
  }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: Dual, _ y: Double) -> Dual {
    let z = f.value(x.value, y)
    return Dual(z, tangent: x.contribution(f.derivativeByFirst(x.value, y, z)), tag: x.tag)
  }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: Double, _ y: Dual) -> Dual {
    let z = f.value(x, y.value)
    return Dual(z, tangent: y.contribution(f.derivativeBySecond(x, y.value, z)), tag: y.tag)
  }

  /// One of both as it is: nothing of the other, which may be infinite, gets into the tangent.
  @inline(__always)
  public static func select(where condition: Dual, then positive: Dual, else otherwise: Dual)
    -> Dual
  {
    condition.value.isNaN ? condition : condition.value > 0 ? positive : otherwise
  }

  public static func apply(_ f: NaryFunction, _ arguments: [Dual]) -> Dual {
    f.requireArity(arguments.count)
    let y = f.value(count: arguments.count) { arguments[$0].value }
    var tangent = 0.0
    f.pullback(of: 1, count: arguments.count, { arguments[$0].value }, y) { i, slope in
      tangent += arguments[i].contribution(slope)
    }
    var result = Dual(y)
    for argument in arguments where argument.tangent != 0 {
      result.tag = argument.tag(with: result)
      result.tangent = 1
    }
    result.tangent = tangent
    return result
  }

  /// What this argument adds to the tangent of a result: slope · tangent.
  @inline(__always)
  private func contribution(_ slope: @autoclosure () -> Double?) -> Double {
    if tangent == 0 { return 0 }
    return (slope() ?? 0) * tangent
  }

  // What formulas over `Scalar` call: one call each from other modules.
  public static func add(_ x: Dual, _ y: Dual) -> Dual { apply(.add, x, y) }
  public static func add(_ x: Dual, _ y: Double) -> Dual { apply(.add, x, y) }
  public static func add(_ x: Double, _ y: Dual) -> Dual { apply(.add, x, y) }
  public static func subtract(_ x: Dual, _ y: Dual) -> Dual { apply(.subtract, x, y) }
  public static func subtract(_ x: Dual, _ y: Double) -> Dual { apply(.subtract, x, y) }
  public static func subtract(_ x: Double, _ y: Dual) -> Dual { apply(.subtract, x, y) }
  public static func multiply(_ x: Dual, _ y: Dual) -> Dual { apply(.multiply, x, y) }
  public static func multiply(_ x: Dual, _ y: Double) -> Dual { apply(.multiply, x, y) }
  public static func multiply(_ x: Double, _ y: Dual) -> Dual { apply(.multiply, x, y) }
  public static func divide(_ x: Dual, _ y: Dual) -> Dual { apply(.divide, x, y) }
  public static func divide(_ x: Dual, _ y: Double) -> Dual { apply(.divide, x, y) }
  public static func divide(_ x: Double, _ y: Dual) -> Dual { apply(.divide, x, y) }

  public static prefix func - (x: Dual) -> Dual { apply(.negate, x) }
  public static func + (x: Dual, y: Dual) -> Dual { apply(.add, x, y) }
  public static func - (x: Dual, y: Dual) -> Dual { apply(.subtract, x, y) }
  public static func * (x: Dual, y: Dual) -> Dual { apply(.multiply, x, y) }
  public static func / (x: Dual, y: Dual) -> Dual { apply(.divide, x, y) }
  @_disfavoredOverload
  public static func + (x: Dual, y: Double) -> Dual { apply(.add, x, y) }
  @_disfavoredOverload
  public static func - (x: Dual, y: Double) -> Dual { apply(.subtract, x, y) }
  @_disfavoredOverload
  public static func * (x: Dual, y: Double) -> Dual { apply(.multiply, x, y) }
  @_disfavoredOverload
  public static func / (x: Dual, y: Double) -> Dual { apply(.divide, x, y) }
  @_disfavoredOverload
  public static func + (x: Double, y: Dual) -> Dual { apply(.add, x, y) }
  @_disfavoredOverload
  public static func - (x: Double, y: Dual) -> Dual { apply(.subtract, x, y) }
  @_disfavoredOverload
  public static func * (x: Double, y: Dual) -> Dual { apply(.multiply, x, y) }
  @_disfavoredOverload
  public static func / (x: Double, y: Dual) -> Dual { apply(.divide, x, y) }
}

/// A literal is a constant: one overload of an operator then fits every formula, and it is
/// type-checked at once.
extension Dual: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A constant.
  public init(floatLiteral number: Double) { self.init(number) }
  /// A constant.
  public init(integerLiteral number: Int64) { self.init(Double(number)) }
}
