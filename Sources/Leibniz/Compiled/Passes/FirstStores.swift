/// Makes additions to zeros plain results, and writes zeros where that is not possible.
///
/// The first of the instructions that add to some slots need not add. Totals over the lanes are left
/// alone: a run sets them to zero, for blocks of lanes add to them one after the other.
struct FirstStores {
  private var lanes: [Bool]
  private var uniform: [Bool]

  private let zerosOnly: Bool

  /// - Parameter zerosOnly: whether all additions stay.
  static func made(in form: Form, zerosOnly: Bool) -> Form {
    var pass = FirstStores(
      lanes: Array(repeating: false, count: Int(form.laneSlots)),
      uniform: Array(repeating: false, count: Int(form.uniformSlots)), zerosOnly: zerosOnly)
    form.forEachSource { range, space in
      for slot in range { pass.write(Int(slot), space) }
    }
    var form = form
    form.prologue = pass.stored(form.prologue)
    form.forEachTotal { pass.write($0, .uniform) }
    // What is uniform is not written among the lanes.
    for step in form.lanes {
      for operand in [step.a, step.b] where operand.isUniform {
        pass.zero(operand, step.counts, &form.prologue)
      }
      if step.c.isUniform { pass.zero(step.c, step.countsOfThird, &form.prologue) }
    }
    form.lanes = pass.stored(form.lanes)
    form.forEachResult { range, space in
      if space == .lane { pass.zero(range.map { $0 }, space, &form.lanes) }
    }
    form.epilogue = pass.stored(form.epilogue)
    form.forEachResult { range, space in
      if space == .uniform { pass.zero(range.map { $0 }, space, &form.epilogue) }
    }
    return form
  }

  private mutating func write(_ slot: Int, _ space: Instruction.Space) {
    if space == .lane { lanes[slot] = true } else { uniform[slot] = true }
  }

  private func isWritten(_ slot: Int, _ space: Instruction.Space) -> Bool {
    space == .lane ? lanes[slot] : uniform[slot]
  }

  private mutating func stored(_ list: [Instruction]) -> [Instruction] {
    var result: [Instruction] = []
    result.reserveCapacity(list.count)
    for step in list {
      var step = step
      zero(step.a, step.counts, &result)
      zero(step.b, step.counts, &result)
      zero(step.c, step.countsOfThird, &result)
      if step.accumulates {
        var isFirst =
          !zerosOnly && step.opcode != .scatter
          && step.result.isInjective(step.countsOfResult)
        step.result.forEachSlot(step.countsOfResult) {
          isFirst = isFirst && !isWritten($0, step.result.space)
        }
        if isFirst {
          step.accumulates = false
        } else {
          zero(step.result, step.countsOfResult, &result)
        }
      }
      step.result.forEachSlot(step.countsOfResult) { write($0, step.result.space) }
      result.append(step)
    }
    return result
  }

  /// Writes zeros to the slots of an operand that nothing has written.
  private mutating func zero(
    _ operand: Instruction.Operand, _ counts: Instruction.Axes, _ list: inout [Instruction]
  ) {
    guard operand.isPresent else { return }
    var missing: [Int32] = []
    operand.forEachSlot(counts) {
      if !isWritten($0, operand.space) { missing.append(Int32($0)) }
    }
    if !missing.isEmpty { zero(missing, operand.space, &list) }
  }

  private mutating func zero(
    _ slots: [Int32], _ space: Instruction.Space, _ list: inout [Instruction]
  ) {
    for slot in slots.sorted() where !isWritten(Int(slot), space) {
      write(Int(slot), space)
      if var last = list.last, last.opcode == .zero, last.result.space == space,
        last.result.base + last.counts.rows == slot
      {
        last.counts.rows += 1
        list[list.count - 1] = last
      } else {
        list.append(.zeros(at: Instruction.Operand(slot, space), count: 1))
      }
    }
  }
}

extension Form {
  /// Calls `body` for the uniform slots that the lanes add to, or that a run hands out as totals.
  func forEachTotal(_ body: (Int) -> Void) {
    for step in lanes where step.isUniform {
      step.result.forEachSlot(step.countsOfResult, body)
    }
    for slot in ports.parameterGradients ?? 0..<0 { body(Int(slot)) }
    if let loss = ports.loss { body(Int(loss)) }
  }
}
