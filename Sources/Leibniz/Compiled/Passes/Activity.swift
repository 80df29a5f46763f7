/// Which slots depend on what is differentiated by.
struct Activity {
  private(set) var lanes: [Bool]
  private(set) var uniform: [Bool]

  /// - Parameter sources: the ranges of slots that are differentiated by.
  init(_ form: Form, sources: [(Range<Int32>, Instruction.Space)]) {
    lanes = Array(repeating: false, count: Int(form.laneSlots))
    uniform = Array(repeating: false, count: Int(form.uniformSlots))
    for (range, space) in sources {
      for slot in range {
        if space == .lane { lanes[Int(slot)] = true } else { uniform[Int(slot)] = true }
      }
    }
    for list in [form.prologue, form.lanes, form.epilogue] {
      for step in list where hasActiveOperand(step) {
        if step.isUniform {
          step.result.forEachSlot(step.countsOfResult) { uniform[$0] = true }
        } else {
          step.result.forEachSlot(step.countsOfResult) { lanes[$0] = true }
        }
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
    guard operand.isPresent else { return false }
    var isActive = false
    if operand.isUniform {
      operand.forEachSlot(counts) { isActive = isActive || uniform[$0] }
    } else {
      operand.forEachSlot(counts) { isActive = isActive || lanes[$0] }
    }
    return isActive
  }
}

extension Opcode {
  /// By which of the first two operands the derivative is zero everywhere, says the table.
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
