extension Sequence<Value> {
  /// Σ xᵢ as one node, ``Scalar/sum(_:)``; 0 for none.
  ///
  /// ```swift
  /// [Value(1), Value(2)].sum()  // 3
  /// ```
  ///
  /// - Complexity: O(n).
  public func sum() -> Value { .sum(Array(self)) }

  /// Combines the values from a number on, which is a constant: `xs.reduce(0, +)`.
  ///
  /// A sum of n values takes n nodes this way, and one by ``sum()``.
  ///
  /// ```swift
  /// [Value(2), Value(3)].reduce(1, *)  // 6
  /// ```
  ///
  /// - Complexity: O(n).
  public func reduce(_ start: Double, _ combine: (Value, Value) -> Value) -> Value {
    reduce(Value.constant(start), combine)
  }
}
