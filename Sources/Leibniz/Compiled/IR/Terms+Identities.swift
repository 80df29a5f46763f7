extension Terms {
  /// The term that an operation leaves as it is, by the rules of this table; `nil` if none applies.
  ///
  /// | operation | becomes |
  /// |---|---|
  /// | x + (−0), −0 + x, x − 0 | x |
  /// | x · 1, 1 · x, x / 1, x¹ | x |
  /// | −(−x) | x |
  /// | the largest of one | x |
  /// | select by a number | the alternative |
  /// | the entry of a table at a number | the entry |
  ///
  /// x + 0 stays, and with it the sum of one: it is 0 where x is −0. And x · 0 stays: it is not 0
  /// where x is infinite or not a number.
  @inline(__always)
  func identity(_ opcode: Opcode, _ list: Range<Int>) -> Int32? {
    let first = operands[list.lowerBound]
    switch opcode {
    case .unary(.negate):
      return self[first].opcode == .unary(.negate) ? operand(0, of: first) : nil
    case .nary(.maximum):
      return list.count == 1 ? first : nil
    case .nary(.select):
      guard let condition = number(first), !condition.isNaN else { return nil }
      return operands[list.lowerBound + (condition > 0 ? 1 : 2)]
    case .nary(.lookup):
      guard let index = number(first).flatMap({ Int(exactly: $0) }), index >= 0,
        index < list.count - 1
      else { return nil }
      return operands[list.lowerBound + 1 + index]
    case .binary(let f):
      let second = operands[list.lowerBound + 1]
      switch (f, number(first), number(second)) {
      case (.add, _, 0) where number(second)!.sign == .minus: return first
      case (.add, 0, _) where number(first)!.sign == .minus: return second
      case (.subtract, _, 0) where number(second)!.sign == .plus: return first
      case (.multiply, _, 1), (.divide, _, 1), (.power, _, 1): return first
      case (.multiply, 1, _): return second
      default: return nil
      }
    default: return nil
    }
  }
}
