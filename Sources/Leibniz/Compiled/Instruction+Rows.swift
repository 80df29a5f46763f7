extension [Instruction] {
  /// Adds an instruction, as a further row of the last one where that is possible.
  mutating func append(orJoin next: Instruction) {
    if isEmpty || !self[count - 1].join(next) { append(next) }
  }
}

extension Instruction {
  /// Takes another instruction in as the next row; false if it does not fit.
  fileprivate mutating func join(_ next: Instruction) -> Bool {
    guard opcode == next.opcode, isUniform == next.isUniform, length == next.length,
      result + rows == next.result, !next.reads(result..<next.result)
    else { return false }
    if case .custom = opcode { return false }
    let isSecond = rows == 1
    guard let a = a.joined(next.a, row: rows, isSecond: isSecond),
      let b = b.joined(next.b, row: rows, isSecond: isSecond),
      let c = c.joined(next.c, row: rows, isSecond: isSecond)
    else { return false }
    (self.a, self.b, self.c) = (a, b, c)
    rows += 1
    return true
  }
}

extension Instruction {
  /// Whether an operand may be among the results of this instruction's kind at some slots. The rows
  /// of one instruction run in any order, so none may depend on another.
  private func reads(_ slots: Range<Int32>) -> Bool {
    func overlaps(_ operand: Operand) -> Bool {
      guard operand.isPresent && operand.isUniform == isUniform else { return false }
      let last = operand.base + operand.stride * max(length - 1, 0)
      return min(operand.base, last) < slots.upperBound
        && max(operand.base, last) >= slots.lowerBound
    }
    return overlaps(a) || overlaps(b) || overlaps(c)
  }
}

extension Instruction.Operand {
  fileprivate func joined(
    _ next: Instruction.Operand, row: Int32, isSecond: Bool
  ) -> Instruction.Operand? {
    guard isUniform == next.isUniform, stride == next.stride, needsGradient == next.needsGradient,
      isPresent == next.isPresent
    else { return nil }
    if isSecond {
      var joined = self
      joined.rowStride = next.base - base
      return joined
    }
    return next.base == base + row * rowStride ? self : nil
  }
}
