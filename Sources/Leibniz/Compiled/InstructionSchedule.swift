/// Puts terms in order, gives them slots, and joins neighbours into instructions of many rows.
///
/// Terms are sorted by level (the longest way from a leaf) and, within a level, by operation and by
/// the slots of their operands. So the neurons of a layer come one after the other in whatever order
/// they were recorded, their results stand in neighbouring slots, and the next layer finds its
/// operands there.
struct InstructionSchedule {
  private(set) var uniformInstructions: [Instruction] = []
  private(set) var laneInstructions: [Instruction] = []
  /// Slots that hold a number for each lane; the inputs come first.
  private(set) var laneSlots: Int
  /// Slots that hold one number; the parameters come first, then the constants.
  private(set) var uniformSlots: Int
  private(set) var constants: [Double] = []
  private let terms: Terms
  private var slots: [Int32]
  /// Lists that had to be copied to stand in a row, by their first copy.
  private var copies: [ArraySlice<Int32>: Int32] = [:]

  /// - Parameter live: which terms the outputs depend on.
  init(_ terms: Terms, live: [Bool], inputCount: Int, parameterCount: Int) {
    self.terms = terms
    slots = Array(repeating: -1, count: terms.count)
    laneSlots = inputCount
    uniformSlots = parameterCount
    constants.reserveCapacity(terms.constants.count)
    for id in 0..<terms.count {
      let term = terms[Int32(id)]
      switch term.opcode {
      case .input, .parameter: slots[id] = term.first
      case .constant where live[id]:
        slots[id] = Int32(uniformSlots)
        uniformSlots += 1
        constants.append(terms.number(Int32(id))!)
      default: break
      }
    }
    let levels = levels(live)
    var operations = sorted(by: levels)
    // Each level has an instruction at least; to move them while they grow would cost most.
    laneInstructions.reserveCapacity(Int(levels.max() ?? 0))
    var start = 0
    while start < operations.count {
      let first = operations[start]
      let end =
        operations[start...].firstIndex {
          levels[Int($0)] != levels[Int(first)] || kind($0) != kind(first)
        } ?? operations.count
      sortByOperands(&operations, start..<end)
      for i in start..<end { emit(operations[i]) }
      start = end
    }
  }

  /// The place of a term's number.
  func location(of id: Int32) -> (slot: Int, isUniform: Bool) {
    (Int(slots[Int(id)]), terms[id].isUniform)
  }

  /// The longest way from a leaf to each operation that is live; 0 for all other terms.
  private func levels(_ live: [Bool]) -> [UInt32] {
    var levels = [UInt32](repeating: 0, count: terms.count)
    for id in 0..<Int32(terms.count) where live[Int(id)] && terms[id].count > 0 {
      var level: UInt32 = 0
      for i in terms.operandRange(of: id) { level = max(level, levels[Int(terms.operands[i])]) }
      levels[Int(id)] = level + 1
    }
    return levels
  }

  /// The operations by level and, within a level, by kind; else as recorded.
  private func sorted(by levels: [UInt32]) -> [Int32] {
    var operations: [Int32] = []
    operations.reserveCapacity(terms.count)
    for id in 0..<Int32(terms.count) where levels[Int(id)] > 0 { operations.append(id) }
    return stableSorted(stableSorted(operations, by: kind)) { levels[Int($0)] }
  }

  private func kind(_ id: Int32) -> UInt32 {
    UInt32(terms[id].isUniform ? 0 : 1) << 16 | terms[id].opcode.code
  }

  /// Sorts a group by the first slot of what differs from lane to lane, then by the first slot of the
  /// rest.
  private func sortByOperands(_ operations: inout [Int32], _ group: Range<Int>) {
    if group.count == 1 { return }
    let keys = operations[group].map { id in
      let list = terms.operandRange(of: id)
      let first = terms.operands[list.lowerBound]
      let other = terms.operands[list.lowerBound + list.count / 2]
      let (a, b) = (UInt64(slots[Int(first)]), UInt64(slots[Int(other)]))
      return terms[first].isUniform ? b << 32 | a : a << 32 | b
    }
    // As recorded is the usual order: then compiling takes linear time.
    if zip(keys, keys.dropFirst()).allSatisfy({ $0 <= $1 }) { return }
    let sorted = zip(keys, operations[group]).sorted { $0 < $1 }
    operations.replaceSubrange(group, with: sorted.lazy.map { $0.1 })
  }

  private mutating func emit(_ id: Int32) {
    let term = terms[id]
    let list = terms.operandRange(of: id)
    let isUniform = term.isUniform
    var instruction: Instruction
    switch term.opcode {
    case .nary(.dot):
      let pairs = list.count / 2
      let bias = list.count % 2 == 1 ? terms.operands[list.upperBound - 1] : nil
      var first = list.lowerBound..<list.lowerBound + pairs
      var second = first.upperBound..<first.upperBound + pairs
      // The uniform factors, if either list is uniform throughout, come first.
      if self.isUniform(second) { swap(&first, &second) }
      instruction = Instruction(
        opcode: term.opcode, isUniform: isUniform, result: 0, rows: 1, length: Int32(pairs),
        a: operand(first), b: operand(second), c: bias.map(single) ?? .none)
    case .nary(.select), .unary, .binary:
      instruction = Instruction(
        opcode: term.opcode, isUniform: isUniform, result: 0, rows: 1, length: 1,
        a: single(terms.operand(0, of: id)))
      if list.count > 1 { instruction.b = single(terms.operand(1, of: id)) }
      if list.count > 2 { instruction.c = single(terms.operand(2, of: id)) }
    default:
      instruction = Instruction(
        opcode: term.opcode, isUniform: isUniform, result: 0, rows: 1, length: Int32(list.count),
        a: operand(list))
    }
    slots[Int(id)] = newSlot(isUniform: isUniform)
    instruction.result = slots[Int(id)]
    append(instruction)
  }

  private mutating func newSlot(isUniform: Bool) -> Int32 {
    if isUniform {
      uniformSlots += 1
      return Int32(uniformSlots - 1)
    }
    laneSlots += 1
    return Int32(laneSlots - 1)
  }

  /// Where the number of one term stands.
  private func single(_ id: Int32) -> Instruction.Operand {
    let term = terms[id]
    return Instruction.Operand(
      base: slots[Int(id)], stride: 0, rowStride: 0, isUniform: term.isUniform,
      needsGradient: term.dependsOnParameter ? .always : term.isUniform ? .never : .forInputs)
  }

  private func isUniform(_ list: Range<Int>) -> Bool {
    list.allSatisfy { terms[terms.operands[$0]].isUniform }
  }

  /// Where the numbers of a list stand, after copying them if they do not stand in a row.
  private mutating func operand(_ list: Range<Int>) -> Instruction.Operand {
    guard !list.isEmpty else { return .none }
    let first = terms.operands[list.lowerBound]
    let isUniform = terms[first].isUniform
    let base = slots[Int(first)]
    var stride: Int32 = 0
    if list.count > 1 { stride = slots[Int(terms.operands[list.lowerBound + 1])] - base }
    var (expected, isRow) = (base, true)
    var needsGradient = Instruction.NeedsGradient.never
    for i in list {
      let term = terms[terms.operands[i]]
      isRow =
        isRow && slots[Int(terms.operands[i])] == expected && term.isUniform == isUniform
      expected += stride
      if term.dependsOnParameter {
        needsGradient = .always
      } else if !term.isUniform && needsGradient == .never {
        needsGradient = .forInputs
      }
    }
    if isRow {
      return Instruction.Operand(
        base: base, stride: stride, rowStride: 0, isUniform: isUniform,
        needsGradient: needsGradient)
    }
    let isUniformCopy = self.isUniform(list)
    return Instruction.Operand(
      base: copied(list, isUniform: isUniformCopy), stride: 1, rowStride: 0,
      isUniform: isUniformCopy, needsGradient: needsGradient)
  }

  /// The slot of the first of neighbouring copies of a list.
  private mutating func copied(_ list: Range<Int>, isUniform: Bool) -> Int32 {
    if let known = copies[terms.operands[list]] { return known }
    let slots = list.map { i in
      let slot = newSlot(isUniform: isUniform)
      append(
        Instruction(
          opcode: .copy, isUniform: isUniform, result: slot, rows: 1, length: 1,
          a: single(terms.operands[i])))
      return slot
    }
    copies[terms.operands[list]] = slots[0]
    return slots[0]
  }

  private mutating func append(_ next: Instruction) {
    if next.isUniform {
      uniformInstructions.append(orJoin: next)
    } else {
      laneInstructions.append(orJoin: next)
    }
  }
}

/// The items in the order of their keys, equal ones as they were; by counting, in linear time.
private func stableSorted(_ items: [Int32], by key: (Int32) -> UInt32) -> [Int32] {
  guard let largest = items.lazy.map(key).max() else { return items }
  var starts = [Int32](repeating: 0, count: Int(largest) + 2)
  for item in items { starts[Int(key(item)) + 1] += 1 }
  for i in 1..<starts.count { starts[i] += starts[i - 1] }
  var result = [Int32](repeating: 0, count: items.count)
  for item in items {
    let place = Int(key(item))
    result[Int(starts[place])] = item
    starts[place] += 1
  }
  return result
}
