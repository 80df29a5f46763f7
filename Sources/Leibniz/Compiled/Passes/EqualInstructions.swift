/// Removes instructions that compute what an earlier one has computed: the slope of an activation, say,
/// which forward mode and reverse mode both need; and cotangents that are handed on as they are.
struct EqualInstructions {
  /// How far each slot's number stands from it, among the results that are kept.
  private var lanes: [Int32]
  /// How many instructions write each slot: none, one, or more.
  private var writers: [UInt8]

  /// What two equal instructions have in common.
  private struct Key: Equatable {
    var opcode: UInt32
    var counts: Instruction.Axes
    var a: Instruction.Operand
    var b: Instruction.Operand
    var c: Instruction.Operand
    var space: UInt8

    var hash: UInt32 {
      func mix(_ hash: UInt32, _ x: Int32, _ y: Int32) -> UInt32 {
        HashTable.mix(hash, UInt64(UInt32(bitPattern: x)) << 32 | UInt64(UInt32(bitPattern: y)))
      }
      var hash = mix(opcode, counts.repeats, counts.rows)
      hash = mix(hash, counts.length, Int32(space))
      hash = mix(hash, a.base, a.strides.length)
      hash = mix(hash, b.base, b.strides.length)
      return mix(hash, c.base, a.strides.rows)
    }
  }

  static func merged(in form: Form) -> Form {
    var pass = EqualInstructions(
      lanes: Array(repeating: 0, count: Int(form.laneSlots)),
      writers: Array(repeating: 0, count: Int(form.laneSlots)))
    // A result that is handed out stands where it was.
    var isPinned = [Bool](repeating: false, count: Int(form.laneSlots))
    form.forEachResult { range, space in
      if space == .lane { for slot in range { isPinned[Int(slot)] = true } }
    }
    for step in form.lanes where !step.isUniform {
      step.result.forEachSlot(step.countsOfResult) {
        if pass.writers[$0] < 2 { pass.writers[$0] += 1 }
      }
    }
    var form = form
    form.lanes = pass.merged(form.lanes, isPinned)
    return form
  }

  private mutating func merged(_ list: [Instruction], _ isPinned: [Bool]) -> [Instruction] {
    var result: [Instruction] = []
    result.reserveCapacity(list.count)
    // The instructions that may be met again, and where they stand in the result.
    var table = HashTable(capacity: list.count)
    var known: [(key: Key, place: Int)] = []
    for step in list {
      var step = step
      step.a = moved(step.a, step.counts, &result)
      step.b = moved(step.b, step.counts, &result)
      step.c = moved(step.c, step.countsOfThird, &result)
      if isHandedOn(step, isPinned) {
        step.result.forEachSlot(step.counts) { lanes[$0] = step.a.base - step.result.base }
        continue
      }
      guard isMap(step) else {
        result.append(step)
        continue
      }
      let key = Key(
        opcode: step.opcode.code, counts: step.counts, a: step.a.reduced(step.counts),
        b: step.b.reduced(step.counts), c: step.c.reduced(step.counts),
        space: step.result.space.rawValue)
      var isFixed = false
      step.result.forEachSlot(step.counts) { isFixed = isFixed || isPinned[$0] }
      let hash = key.hash
      let entry = table.place(of: hash) { known[Int($0)].key == key }
      let same = table[entry].map { result[known[Int($0)].place] }
      if !isFixed, let same,
        same.result.reduced(step.counts).strides == step.result.reduced(step.counts).strides
      {
        step.result.forEachSlot(step.counts) { lanes[$0] = same.result.base - step.result.base }
      } else {
        if let id = table[entry] {
          known[Int(id)].place = result.count
        } else {
          table.insert(Int32(known.count), hash, at: entry)
          known.append((key, result.count))
        }
        result.append(step)
      }
    }
    return result
  }

  /// Whether it does nothing but add other numbers to zeros.
  private func isHandedOn(_ step: Instruction, _ isPinned: [Bool]) -> Bool {
    guard step.opcode == .contract, step.accumulates, !step.b.isPresent, !step.c.isPresent,
      !step.isUniform, !step.a.isUniform, step.result.isInjective(step.counts),
      !step.result.isShared(step.counts),
      step.a.reduced(step.counts).strides == step.result.reduced(step.counts).strides
    else { return false }
    var isOnly = true
    step.result.forEachSlot(step.counts) { isOnly = isOnly && writers[$0] == 1 && !isPinned[$0] }
    return isOnly
  }

  private func isMap(_ step: Instruction) -> Bool {
    guard !step.accumulates && !step.isUniform else { return false }
    switch step.opcode {
    case .unary, .binary, .slope, .nary(.select): return true
    default: return false
    }
  }

  /// The operand where its numbers stand now. Where they no longer stand in one row, those that went
  /// are copied back.
  private mutating func moved(
    _ operand: Instruction.Operand, _ counts: Instruction.Axes, _ list: inout [Instruction]
  ) -> Instruction.Operand {
    guard operand.isPresent, !operand.isUniform else { return operand }
    let offset = lanes[Int(operand.base)]
    var isWhole = true
    operand.forEachSlot(counts) { isWhole = isWhole && lanes[$0] == offset }
    if isWhole { return operand.moved(by: offset, to: .lane) }
    var missing: [Int32] = []
    operand.forEachSlot(counts) { if lanes[$0] != 0 { missing.append(Int32($0)) } }
    for slot in missing where lanes[Int(slot)] != 0 {
      list.append(
        Instruction(
          opcode: .contract, result: Instruction.Operand(slot, .lane),
          a: Instruction.Operand(slot + lanes[Int(slot)], .lane)))
      lanes[Int(slot)] = 0
    }
    return operand
  }
}
