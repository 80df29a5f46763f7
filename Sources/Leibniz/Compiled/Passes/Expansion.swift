/// Puts the steps of their rules in place of fused derivatives, which can then be differentiated.
struct Expansion {
  private var form: Form
  private var rules: [Rule.Key: Rule] = [:]

  static func expanded(_ form: Form) -> Form {
    var pass = Expansion(form: form)
    pass.form.prologue = pass.expanded(form.prologue)
    pass.form.lanes = pass.expanded(form.lanes)
    pass.form.epilogue = pass.expanded(form.epilogue)
    return pass.form
  }

  private mutating func expanded(_ list: [Instruction]) -> [Instruction] {
    var result: [Instruction] = []
    result.reserveCapacity(list.count)
    for step in list {
      switch step.opcode {
      case .slope(let f): result += expanded(step, as: .unary(f), length: 1)
      case .customSlopes(let number):
        result += expanded(step, as: .custom(number), length: step.counts.length)
      default: result.append(step)
      }
    }
    return result
  }

  private mutating func expanded(
    _ step: Instruction, as opcode: Opcode, length: Int32
  ) -> [Instruction] {
    var primal = step
    primal.opcode = opcode
    primal.result = step.b
    let key = Rule.Key(
      primal, [true, false, false], isForward: false, known: [nil, nil, nil])
    let rule =
      rules[key]
      ?? .reverse(
        opcode, length: Int(length), wanted: [true, false, false], known: [nil, nil, nil],
        form.customOperations)
    rules[key] = rule
    var arguments = [Instruction.Operand](repeating: .none, count: Rule.Argument.count)
    arguments[Rule.Argument.a.rawValue] = step.a
    arguments[Rule.Argument.result.rawValue] = step.b
    arguments[Rule.Argument.cotangent.rawValue] = step.c
    arguments[Rule.Argument.targetA.rawValue] = step.result
    return form.inline(rule, arguments, at: primal, in: step.result.space)
  }
}
