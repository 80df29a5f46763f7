/// Some of the slots of a form.
struct SlotSet {
  private var lanes: [Bool]
  private var uniform: [Bool]

  /// None of a form's slots.
  init(_ form: Form) {
    lanes = Array(repeating: false, count: Int(form.laneSlots))
    uniform = Array(repeating: false, count: Int(form.uniformSlots))
  }

  /// Whether one of an operand's slots is in the set.
  func contains(_ operand: Instruction.Operand, _ counts: Instruction.Axes) -> Bool {
    guard operand.isPresent else { return false }
    var isIn = false
    if operand.isUniform {
      operand.forEachSlot(counts) { isIn = isIn || uniform[$0] }
    } else {
      operand.forEachSlot(counts) { isIn = isIn || lanes[$0] }
    }
    return isIn
  }

  /// Whether all of an operand's slots are in the set.
  func containsAll(_ operand: Instruction.Operand, _ counts: Instruction.Axes) -> Bool {
    var areIn = true
    if operand.isUniform {
      operand.forEachSlot(counts) { areIn = areIn && uniform[$0] }
    } else {
      operand.forEachSlot(counts) { areIn = areIn && lanes[$0] }
    }
    return areIn
  }

  /// Adds all slots of an operand.
  mutating func insert(_ operand: Instruction.Operand, _ counts: Instruction.Axes) {
    guard operand.isPresent else { return }
    if operand.isUniform {
      operand.forEachSlot(counts) { uniform[$0] = true }
    } else {
      operand.forEachSlot(counts) { lanes[$0] = true }
    }
  }
}

extension Instruction {
  /// The parts of the instruction whose results are in a set: itself where all are, else runs of
  /// neighbours along an axis.
  func parts(in set: SlotSet) -> [Instruction] {
    guard set.contains(result, countsOfResult) else { return [] }
    // The entries of a table that something is added to are no points of the instruction.
    if opcode == .scatter || set.containsAll(result, countsOfResult) { return [self] }
    let points = countsOfResult
    guard let axis = (0..<3).first(where: { result.strides[$0] != 0 && points[$0] > 1 }) else {
      return [self]
    }
    var parts: [Instruction] = []
    var start: Int32 = 0
    for i in 0..<points[axis] {
      let point = slice(axis, from: i, count: 1)
      if set.containsAll(point.result, point.countsOfResult) { continue }
      if start < i { parts.append(slice(axis, from: start, count: i - start)) }
      parts += point.parts(in: set)
      start = i + 1
    }
    if start < points[axis] {
      parts.append(slice(axis, from: start, count: points[axis] - start))
    }
    return parts
  }

  /// Some neighbouring points along an axis.
  private func slice(_ axis: Int, from start: Int32, count: Int32) -> Instruction {
    var part = self
    part.counts[axis] = count
    func moved(_ operand: Operand) -> Operand {
      operand.isPresent
        ? operand.moved(by: start * operand.strides[axis], to: operand.space) : operand
    }
    (part.result, part.a, part.b, part.c) = (moved(result), moved(a), moved(b), moved(c))
    // A bias is added once.
    if opcode == .contract && axis == 2 && start > 0 { part.c = .none }
    return part
  }
}
