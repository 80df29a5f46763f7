extension Terms {
  /// The term that an operation leaves as it is, by the rules of this table; `nil` if none applies.
  ///
  /// | operation | becomes |
  /// |---|---|
  /// | x + 0, 0 + x, x − 0 | x |
  /// | x · 1, 1 · x, x / 1, x¹ | x |
  /// | −(−x) | x |
  /// | Σ of one, the largest of one, the mean of one | x |
  ///
  /// x · 0 stays: it is not 0 where x is infinite or not a number.
  @inline(__always)
  func identity(_ opcode: Opcode, _ list: Range<Int>) -> Int32? {
    let first = operands[list.lowerBound]
    switch opcode {
    case .unary(.negate):
      return self[first].opcode == .unary(.negate) ? operand(0, of: first) : nil
    case .nary(.sum), .nary(.maximum), .nary(.mean):
      return list.count == 1 ? first : nil
    case .binary(let f):
      let second = operands[list.lowerBound + 1]
      switch (f, number(first), number(second)) {
      case (.add, _, 0), (.subtract, _, 0): return first
      case (.multiply, _, 1), (.divide, _, 1), (.power, _, 1): return first
      case (.add, 0, _), (.multiply, 1, _): return second
      default: return nil
      }
    default: return nil
    }
  }
}
