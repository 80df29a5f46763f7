/// Numbers that the rows of the primitive table compute their values with: `Double`, and the
/// vector lanes of compiled programs.
///
/// A row states its value once, without branches, in these terms.
protocol Elementary {
  init(_ number: Double)
  static prefix func - (x: Self) -> Self
  static func + (x: Self, y: Self) -> Self
  static func - (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  static func / (x: Self, y: Self) -> Self

  /// `then` where x ≥ y; `otherwise` elsewhere, also where x or y is NaN.
  static func choose(_ x: Self, atLeast y: Self, _ then: Self, otherwise: Self) -> Self

  /// The entry at `index`, in each lane that lane's own.
  static func lookup(_ index: Self, count: Int, _ entry: (Int) -> Self) -> Self

  static func magnitude(_ x: Self) -> Self
  static func sqrt(_ x: Self) -> Self
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func log1p(_ x: Self) -> Self
  static func expm1(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  static func tan(_ x: Self) -> Self
  static func asin(_ x: Self) -> Self
  static func acos(_ x: Self) -> Self
  static func atan(_ x: Self) -> Self
  static func sinh(_ x: Self) -> Self
  static func cosh(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func asinh(_ x: Self) -> Self
  static func acosh(_ x: Self) -> Self
  static func atanh(_ x: Self) -> Self
  static func erf(_ x: Self) -> Self
  static func erfc(_ x: Self) -> Self
  static func pow(_ x: Self, _ y: Self) -> Self
  static func atan2(_ y: Self, _ x: Self) -> Self

  /// The sum of so many numbers, in their order.
  static func total(_ count: Int, _ x: (Int) -> Self) -> Self
  /// The largest of so many numbers; NaN where one is NaN.
  static func largest(_ count: Int, _ x: (Int) -> Self) -> Self
}

extension Elementary {
  @inline(__always)
  static func total(_ count: Int, _ x: (Int) -> Self) -> Self {
    var sum = Self(0)
    for i in 0..<count { sum = sum + x(i) }
    return sum
  }

  @inline(__always)
  static func largest(_ count: Int, _ x: (Int) -> Self) -> Self {
    var top = Self(-.infinity)
    for i in 0..<count { top = BinaryFunction.maximum.value(top, x(i)) }
    return top
  }
}

extension Double {
  /// This number as an index into a table of `count` entries.
  @inline(__always)
  func index(count: Int) -> Int {
    let index = Int(exactly: self) ?? -1
    require(
      index >= 0 && index < count,
      "The index \(self) is not a whole number in 0..<\(count), the range of the table.")
    return index
  }
}
