/// Joins neighbouring instructions that differ only in where they stand, at steps of one length, into
/// one with a further axis: what a layer does for each token, or for each of several outputs.
struct JoinedInstructions {
  /// How many of the uniform slots before each one are totals over the lanes.
  private let totalsBefore: [Int32]

  /// In place: of a large program the instructions take most of the memory.
  static func join(in form: inout Form) {
    var isTotal = [Bool](repeating: false, count: Int(form.uniformSlots))
    form.forEachTotal { isTotal[$0] = true }
    var totalsBefore: [Int32] = [0]
    totalsBefore.reserveCapacity(isTotal.count + 1)
    for (slot, isTotal) in isTotal.enumerated() {
      totalsBefore.append(totalsBefore[slot] + (isTotal ? 1 : 0))
    }
    let pass = JoinedInstructions(totalsBefore: totalsBefore)
    pass.join(&form.prologue)
    pass.join(&form.lanes)
    pass.join(&form.epilogue)
  }

  private func join(_ list: inout [Instruction]) {
    var count = 0
    var last: Group?
    for i in list.indices {
      let step = list[i]
      if last?.join(step, where: isLocal) ?? false { continue }
      if let last {
        list[count] = last.instruction
        count += 1
      }
      last = Group(step)
    }
    guard let last else { return }
    list[count] = last.instruction
    list.removeSubrange((count + 1)...)
  }

  /// Whether slots that an operand reaches over may stay together when others move: they are not too
  /// far from each other, or held together by `parts` already, and not totals and others in one.
  private func isLocal(_ operand: Instruction.Operand, _ counts: Instruction.Axes, parts: Int)
    -> Bool
  {
    guard operand.isPresent else { return true }
    let extent = operand.extent(counts)
    if extent.count > max(4 * operand.slotCount(counts) + 16, parts) { return false }
    guard operand.isUniform else { return true }
    let totals =
      totalsBefore[Int(extent.upperBound) + 1] - totalsBefore[Int(extent.lowerBound)]
    return totals == 0 || Int(totals) == extent.count
  }

  /// Instructions joined so far.
  private struct Group {
    private(set) var instruction: Instruction
    private var count: Int32 = 1
    private let isAlongRows: Bool
    private let isOpen: Bool
    private var written: ClosedRange<Int32>

    init(_ step: Instruction) {
      instruction = step
      written = step.result.extent(step.countsOfResult)
      isAlongRows = step.counts.rows == 1
      isOpen = step.counts.rows == 1 || step.counts.repeats == 1
    }

    /// Takes in the next instruction; false if it does not fit.
    mutating func join(
      _ next: Instruction,
      where isLocal: (Instruction.Operand, Instruction.Axes, _ parts: Int) -> Bool
    ) -> Bool {
      guard isOpen, instruction.opcode == next.opcode,
        instruction.accumulates == next.accumulates,
        instruction.counts.length == next.counts.length, countsFit(next),
        let result = joined(instruction.result, next.result),
        let a = joined(instruction.a, next.a), let b = joined(instruction.b, next.b),
        let c = joined(instruction.c, next.c), !readsWritten(next)
      else { return false }
      var counts = instruction.counts
      if isAlongRows { counts.rows += 1 } else { counts.repeats += 1 }
      var grown = instruction
      (grown.counts, grown.result, grown.a, grown.b, grown.c) = (counts, result, a, b, c)
      func parts(
        _ operand: (Instruction) -> Instruction.Operand, _ counts: (Instruction) -> Instruction.Axes
      ) -> Int {
        operand(instruction).extent(counts(instruction)).count
          + operand(next).extent(counts(next)).count
      }
      guard
        isLocal(
          result, grown.countsOfResult, parts({ $0.result }, { $0.countsOfResult })),
        isLocal(a, counts, parts({ $0.a }, { $0.counts })),
        isLocal(b, counts, parts({ $0.b }, { $0.counts })),
        isLocal(c, grown.countsOfThird, parts({ $0.c }, { $0.countsOfThird }))
      else { return false }
      // Two results in one place can only be added up, and by contractions.
      guard
        grown.accumulates && grown.opcode.canShareResult
          || (grown.result.isInjective(grown.countsOfResult)
            && !grown.result.isShared(grown.countsOfResult))
          || (grown.opcode == .contract && grown.result.isInjective(grown.countsOfResult)
            && (isAlongRows ? grown.result.strides.rows : grown.result.strides.repeats) != 0)
      else { return false }
      let extent = next.result.extent(next.countsOfResult)
      written =
        min(
          written.lowerBound, extent.lowerBound)...max(
          written.upperBound, extent.upperBound)
      instruction = grown
      count += 1
      return true
    }

    private func countsFit(_ next: Instruction) -> Bool {
      isAlongRows
        ? next.counts.rows == 1 && next.counts.repeats == instruction.counts.repeats
        : next.counts.repeats == 1 && next.counts.rows == instruction.counts.rows
    }

    private func readsWritten(_ next: Instruction) -> Bool {
      var reads = false
      next.forEachOperand { operand in
        reads =
          reads
          || operand.space == instruction.result.space
            && operand.extent(next.counts).overlaps(written)
      }
      return reads
    }

    private func joined(
      _ operand: Instruction.Operand, _ next: Instruction.Operand
    ) -> Instruction.Operand? {
      guard operand.space == next.space, operand.isPresent == next.isPresent else { return nil }
      var joined = operand
      var (ours, theirs) = (operand.strides, next.strides)
      let stride = isAlongRows ? ours.rows : ours.repeats
      if isAlongRows {
        (ours.rows, theirs.rows) = (0, 0)
      } else {
        (ours.repeats, theirs.repeats) = (0, 0)
      }
      // A stride along an axis of one point says nothing.
      if instruction.counts.repeats == 1 { (ours.repeats, theirs.repeats) = (0, 0) }
      if instruction.counts.length == 1 { (ours.length, theirs.length) = (0, 0) }
      guard ours == theirs else { return nil }
      if count == 1 {
        let step = next.base - operand.base
        if isAlongRows { joined.strides.rows = step } else { joined.strides.repeats = step }
        return joined
      }
      return next.base == operand.base + count * stride ? joined : nil
    }
  }
}
