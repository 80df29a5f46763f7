/// Removes instructions whose results nobody asks for.
struct DeadInstructions {
  private var lanes: [Bool]
  private var uniform: [Bool]

  static func removed(from form: Form) -> Form {
    var pass = DeadInstructions(
      lanes: Array(repeating: false, count: Int(form.laneSlots)),
      uniform: Array(repeating: false, count: Int(form.uniformSlots)))
    form.forEachResult { range, space in
      for slot in range { pass.use(Int(slot), space) }
    }
    var form = form
    form.epilogue = pass.live(form.epilogue)
    form.lanes = pass.live(form.lanes)
    form.prologue = pass.live(form.prologue)
    return form
  }

  private mutating func use(_ slot: Int, _ space: Instruction.Space) {
    if space == .lane { lanes[slot] = true } else { uniform[slot] = true }
  }

  private mutating func live(_ list: [Instruction]) -> [Instruction] {
    var kept: [Instruction] = []
    kept.reserveCapacity(list.count)
    for step in list.reversed() {
      var isLive = false
      step.result.forEachSlot(step.countsOfResult) {
        isLive = isLive || (step.isUniform ? uniform[$0] : lanes[$0])
      }
      guard isLive else { continue }
      kept.append(step)
      if step.a.isPresent { step.a.forEachSlot(step.counts) { use($0, step.a.space) } }
      if step.b.isPresent { step.b.forEachSlot(step.counts) { use($0, step.b.space) } }
      if step.c.isPresent { step.c.forEachSlot(step.countsOfThird) { use($0, step.c.space) } }
    }
    kept.reverse()
    return kept
  }
}
