// The operators with a plain `Double`, which the kinds of numbers need not write.

extension Scalar {
  /// x + y with a plain number for y.
  @inlinable @inline(__always)
  public static func + (x: Self, y: Double) -> Self { apply(.add, x, y) }
  /// x − y with a plain number for y.
  @inlinable @inline(__always)
  public static func - (x: Self, y: Double) -> Self { apply(.subtract, x, y) }
  /// x · y with a plain number for y.
  @inlinable @inline(__always)
  public static func * (x: Self, y: Double) -> Self { apply(.multiply, x, y) }
  /// x / y with a plain number for y.
  @inlinable @inline(__always)
  public static func / (x: Self, y: Double) -> Self { apply(.divide, x, y) }
  /// x + y with a plain number for x.
  @inlinable @inline(__always)
  public static func + (x: Double, y: Self) -> Self { apply(.add, x, y) }
  /// x − y with a plain number for x.
  @inlinable @inline(__always)
  public static func - (x: Double, y: Self) -> Self { apply(.subtract, x, y) }
  /// x · y with a plain number for x.
  @inlinable @inline(__always)
  public static func * (x: Double, y: Self) -> Self { apply(.multiply, x, y) }
  /// x / y with a plain number for x.
  @inlinable @inline(__always)
  public static func / (x: Double, y: Self) -> Self { apply(.divide, x, y) }
}
