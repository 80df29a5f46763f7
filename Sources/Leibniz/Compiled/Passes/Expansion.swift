/// Puts the steps of their rules in place of fused derivatives, which can then be differentiated.
struct Expansion {
  private var form: Form
  private var rules = Rules(isForward: false)

  static func expanded(_ form: Form) -> Form {
    var pass = Expansion(form: form)
    let lists = form.lists.map { pass.expanded($0) }
    pass.form.lists = lists
    return pass.form
  }

  private mutating func expanded(_ list: [Instruction]) -> [Instruction] {
    var result: [Instruction] = []
    result.reserveCapacity(list.count)
    for step in list {
      switch step.opcode {
      case .slope(let f): result += expanded(step, as: .unary(f))
      case .customSlopes(let number): result += expanded(step, as: .custom(number))
      default: result.append(step)
      }
    }
    return result
  }

  private mutating func expanded(_ step: Instruction, as opcode: Opcode) -> [Instruction] {
    var primal = step
    primal.opcode = opcode
    primal.result = step.b
    let rule = rules.rule(
      for: primal, [true, false, false], known: [nil, nil, nil], form.customOperations)
    var arguments = [Instruction.Operand](repeating: .none, count: Rule.Argument.count)
    arguments[Rule.Argument.a.rawValue] = step.a
    arguments[Rule.Argument.result.rawValue] = step.b
    arguments[Rule.Argument.cotangent.rawValue] = step.c
    arguments[Rule.Argument.targetA.rawValue] = step.result
    return form.inline(rule, arguments, at: primal, in: step.result.space)
  }
}
