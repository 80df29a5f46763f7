// Comparisons look at `data`, so that a branch on a value reads as one on a number. A value is not
// `Comparable`: two values of equal data are two nodes.
//
// A compiled program keeps the branch that was taken, and tells for which samples it would be another
// (`otherBranches`); `select(where:then:else:)`, `relu()`, `min` and `max` record both.

extension Value {
  /// Whether x.data < y.data. A compiled program keeps the branch taken when it was recorded.
  public static func < (x: Value, y: Value) -> Bool {
    ComparisonRecorder.note(x, .less, y, x.data < y.data)
  }
  /// Whether x.data ≤ y.data. A compiled program keeps the branch taken when it was recorded.
  public static func <= (x: Value, y: Value) -> Bool {
    ComparisonRecorder.note(x, .lessOrEqual, y, x.data <= y.data)
  }
  /// Whether x.data > y.data. A compiled program keeps the branch taken when it was recorded.
  public static func > (x: Value, y: Value) -> Bool {
    ComparisonRecorder.note(x, .greater, y, x.data > y.data)
  }
  /// Whether x.data ≥ y.data. A compiled program keeps the branch taken when it was recorded.
  public static func >= (x: Value, y: Value) -> Bool {
    ComparisonRecorder.note(x, .greaterOrEqual, y, x.data >= y.data)
  }
  /// Whether x.data < y. A compiled program keeps the branch taken when it was recorded.
  public static func < (x: Value, y: Double) -> Bool {
    ComparisonRecorder.note(x, .less, .constant(y), x.data < y)
  }
  /// Whether x.data ≤ y. A compiled program keeps the branch taken when it was recorded.
  public static func <= (x: Value, y: Double) -> Bool {
    ComparisonRecorder.note(x, .lessOrEqual, .constant(y), x.data <= y)
  }
  /// Whether x.data > y. A compiled program keeps the branch taken when it was recorded.
  public static func > (x: Value, y: Double) -> Bool {
    ComparisonRecorder.note(x, .greater, .constant(y), x.data > y)
  }
  /// Whether x.data ≥ y. A compiled program keeps the branch taken when it was recorded.
  public static func >= (x: Value, y: Double) -> Bool {
    ComparisonRecorder.note(x, .greaterOrEqual, .constant(y), x.data >= y)
  }
}
