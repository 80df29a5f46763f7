// Comparisons look at `data`, so that a branch on a value reads as one on a number. A value is not
// `Comparable`: two values of equal data are two nodes.
//
// A compiled program records the branch that was taken; `select(where:then:else:)`, `relu()`, `min`
// and `max` record both.

extension Value {
  /// Whether x.data < y.data. A compiled program keeps the branch taken when it was recorded.
  public static func < (x: Value, y: Value) -> Bool { x.data < y.data }
  /// Whether x.data ≤ y.data. A compiled program keeps the branch taken when it was recorded.
  public static func <= (x: Value, y: Value) -> Bool { x.data <= y.data }
  /// Whether x.data > y.data. A compiled program keeps the branch taken when it was recorded.
  public static func > (x: Value, y: Value) -> Bool { x.data > y.data }
  /// Whether x.data ≥ y.data. A compiled program keeps the branch taken when it was recorded.
  public static func >= (x: Value, y: Value) -> Bool { x.data >= y.data }
  /// Whether x.data < y. A compiled program keeps the branch taken when it was recorded.
  public static func < (x: Value, y: Double) -> Bool { x.data < y }
  /// Whether x.data ≤ y. A compiled program keeps the branch taken when it was recorded.
  public static func <= (x: Value, y: Double) -> Bool { x.data <= y }
  /// Whether x.data > y. A compiled program keeps the branch taken when it was recorded.
  public static func > (x: Value, y: Double) -> Bool { x.data > y }
  /// Whether x.data ≥ y. A compiled program keeps the branch taken when it was recorded.
  public static func >= (x: Value, y: Double) -> Bool { x.data >= y }
}
