/// Which slots depend on what is differentiated by.
struct Activity {
  private var active: SlotSet

  /// - Parameter sources: the ranges of slots that are differentiated by.
  init(_ form: Form, sources: [(Range<Int32>, Instruction.Space)]) {
    active = SlotSet(form)
    for (range, space) in sources {
      for slot in range { active.insert(Instruction.Operand(slot, space), .ones) }
    }
    for list in [form.prologue, form.lanes, form.epilogue] {
      for step in list where hasActiveOperand(step) {
        active.insert(step.result, step.countsOfResult)
      }
    }
  }

  private func hasActiveOperand(_ step: Instruction) -> Bool {
    let isFlat = step.opcode.isFlat
    return (!isFlat.a && contains(step.a, step.counts))
      || (!isFlat.b && contains(step.b, step.counts))
      || contains(step.c, step.countsOfThird)
  }

  /// Whether one of an operand's slots is active.
  func contains(_ operand: Instruction.Operand, _ counts: Instruction.Axes) -> Bool {
    active.contains(operand, counts)
  }
}

extension Opcode {
  /// With respect to which of the first two operands the derivative is zero everywhere, says the table.
  var isFlat: (a: Bool, b: Bool) {
    switch self {
    case .unary(let f): (f.derivative(0.5, 0.5) == nil, true)
    case .binary(let f):
      (f.derivativeByFirst(0.5, 0.25, 0.5) == nil, f.derivativeBySecond(0.5, 0.25, 0.5) == nil)
    case .nary(.select), .gather, .scatter: (true, false)
    default: (false, false)
    }
  }
}
