extension Form {
  /// Stops if the form is not sound; free in release builds. Passes are checked by this one after
  /// the other.
  ///
  /// - Instructions stand where their spaces allow: lanes never before or after the lanes, and no
  ///   lane reads a total.
  /// - Slots are in range.
  /// - What is read has been written, by a run's sources or by an earlier instruction, unless it is
  ///   zero because nothing but additions writes it.
  /// - A slot has one writer, or writers that all add; and all additions come before the first read.
  /// - A map has a result of its own at every point.
  func assertInvariants(after pass: StaticString) {
    #if DEBUG
      var checker = InvariantChecker(self)
      if let violation = checker.violation() { stop("After the pass \(pass), \(violation)") }
    #endif
  }
}

#if DEBUG
  /// Looks at each instruction in the order of a run.
  private struct InvariantChecker {
    let form: Form
    private enum State { case untouched, source, written, added, read }
    private var lanes: [State]
    private var uniform: [State]

    init(_ form: Form) {
      self.form = form
      lanes = Array(repeating: .untouched, count: Int(form.laneSlots))
      uniform = Array(repeating: .untouched, count: Int(form.uniformSlots))
    }

    mutating func violation() -> String? {
      var problem: String?
      form.forEachPort { range, space in
        if range.lowerBound < 0 || range.upperBound > slots(in: space) {
          problem = "a port at \(range) is out of range."
        }
      }
      if let problem { return problem }
      form.forEachSource { range, space in
        for slot in range { set(.source, Int(slot), space) }
      }
      var isTotal = [Bool](repeating: false, count: uniform.count)
      for step in form.lanes where step.isUniform {
        step.result.forEachSlot(step.countsOfResult) { isTotal[$0] = true }
      }
      for (name, list) in [
        ("prologue", form.prologue), ("lanes", form.lanes), ("epilogue", form.epilogue),
      ] {
        for step in list {
          if let problem = violation(of: step, inLanes: name == "lanes", isTotal) {
            return "in the \(name), \(step.text(in: form)): \(problem)"
          }
        }
      }
      return nil
    }

    private func slots(in space: Instruction.Space) -> Int32 {
      space == .lane ? form.laneSlots : form.uniformSlots
    }

    private mutating func set(_ state: State, _ slot: Int, _ space: Instruction.Space) {
      if space == .lane { lanes[slot] = state } else { uniform[slot] = state }
    }

    private func state(_ slot: Int, _ space: Instruction.Space) -> State {
      space == .lane ? lanes[slot] : uniform[slot]
    }

    private mutating func violation(
      of step: Instruction, inLanes: Bool, _ isTotal: [Bool]
    ) -> String? {
      var problem: String?
      func inspect(_ operand: Instruction.Operand, _ counts: Instruction.Axes) {
        let extent = operand.extent(counts)
        if extent.lowerBound < 0 || extent.upperBound >= slots(in: operand.space) {
          problem = "an operand is out of range."
        }
        if !inLanes && !operand.isUniform { problem = "a lane outside of the lanes." }
      }
      inspect(step.result, step.countsOfResult)
      for operand in [step.a, step.b] where operand.isPresent { inspect(operand, step.counts) }
      if step.c.isPresent { inspect(step.c, step.countsOfThird) }
      if problem != nil { return problem }
      func read(_ operand: Instruction.Operand, _ counts: Instruction.Axes) {
        operand.forEachSlot(counts) { slot in
          if inLanes && operand.isUniform && isTotal[slot] {
            problem = "a lane reads a total."
          }
          if state(slot, operand.space) != .source { set(.read, slot, operand.space) }
        }
      }
      if step.a.isPresent { read(step.a, step.counts) }
      if step.b.isPresent { read(step.b, step.counts) }
      if step.c.isPresent { read(step.c, step.countsOfThird) }
      let isShared = step.result.isShared(step.countsOfResult)
      if !(step.opcode.canShareResult && step.accumulates || step.opcode == .contract)
        && (isShared || (inLanes && step.isUniform))
      {
        problem = "a map whose result is shared."
      }
      if inLanes && step.isUniform && !step.accumulates {
        problem = "a total that is not added to."
      }
      if !step.accumulates && !step.result.isInjective(step.countsOfResult) {
        problem = "results overlap."
      }
      step.result.forEachSlot(step.countsOfResult) { slot in
        switch state(slot, step.result.space) {
        case .untouched: set(step.accumulates ? .added : .written, slot, step.result.space)
        case .added where step.accumulates: break
        case .written where step.accumulates: set(.added, slot, step.result.space)
        case .source: problem = "a source is written."
        case .read: problem = "slot \(slot) is written after it was read."
        case .written, .added: problem = "slot \(slot) is written twice."
        }
      }
      return problem
    }
  }
#endif
