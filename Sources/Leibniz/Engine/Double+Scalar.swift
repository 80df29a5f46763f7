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
}
