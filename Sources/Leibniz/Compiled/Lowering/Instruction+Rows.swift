extension [Instruction] {
  /// Adds an instruction, as a further row of the last one where that is possible.
  mutating func append(orJoin next: Instruction) {
    if isEmpty || !self[count - 1].join(next) { append(next) }
  }
}

extension Instruction {
  /// Takes another instruction in as the next row; false if it does not fit.
  fileprivate mutating func join(_ next: Instruction) -> Bool {
    guard opcode == next.opcode, counts.length == next.counts.length,
      accumulates == next.accumulates, !next.reads(resultsFrom: self)
    else { return false }
    if case .custom = opcode { return false }
    let rows = counts.rows
    guard let result = result.joined(next.result, row: rows),
      let a = a.joined(next.a, row: rows), let b = b.joined(next.b, row: rows),
      let c = c.joined(next.c, row: rows), result.strides.rows != 0
    else { return false }
    (self.result, self.a, self.b, self.c) = (result, a, b, c)
    counts.rows += 1
    return true
  }

  /// Whether an operand may be among the results of another instruction. The rows of one instruction
  /// run in any order, so none may depend on another.
  private func reads(resultsFrom other: Instruction) -> Bool {
    let written = other.result.extent(other.countsOfResult)
    var overlaps = false
    forEachOperand { operand in
      overlaps =
        overlaps
        || operand.space == other.result.space && operand.extent(counts).overlaps(written)
    }
    return overlaps
  }
}

extension Instruction.Operand {
  fileprivate func joined(_ next: Instruction.Operand, row: Int32) -> Instruction.Operand? {
    guard space == next.space, strides.length == next.strides.length, isPresent == next.isPresent
    else { return nil }
    if row == 1 {
      var joined = self
      joined.strides.rows = next.base - base
      return joined
    }
    return next.base == base + row * strides.rows ? self : nil
  }
}
