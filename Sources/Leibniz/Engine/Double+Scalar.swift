extension Double: Scalar {
  public static func constant(_ number: Double) -> Double { number }

  public var knownNumber: Double? { self }

  @inline(__always)
  public static func apply(_ f: UnaryFunction, _ x: Double) -> Double { f.value(x) }

  @inline(__always)
  public static func apply(_ f: BinaryFunction, _ x: Double, _ y: Double) -> Double {
    f.value(x, y)
  }

  public static func apply(_ f: NaryFunction, _ arguments: [Double]) -> Double {
    f.requireArity(arguments.count)
    return f.value(count: arguments.count) { arguments[$0] }
  }

  /// Without the array that the general form makes.
  @inline(__always)
  public static func select(
    where condition: Double, then positive: Double, else otherwise: Double
  ) -> Double {
    piecewise(condition, negative: otherwise, zero: otherwise, positive: positive)
  }

  // Formulas over `Scalar` are specialised for plain numbers where they are used.
  @inlinable @inline(__always)
  public static func add(_ x: Double, _ y: Double) -> Double { x + y }
  @inlinable @inline(__always)
  public static func subtract(_ x: Double, _ y: Double) -> Double { x - y }
  @inlinable @inline(__always)
  public static func multiply(_ x: Double, _ y: Double) -> Double { x * y }
  @inlinable @inline(__always)
  public static func divide(_ x: Double, _ y: Double) -> Double { x / y }
}
