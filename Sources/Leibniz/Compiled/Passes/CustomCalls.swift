/// Makes the outputs of one application of a custom operation one call, and their derivatives one
/// product of a vector with its Jacobian matrix.
///
/// Until here each output is an operation of its own. The call stands where the first of them stood, in
/// slots of its own, from which the others are copied. What the outputs hand to the arguments stands
/// where the last of them handed it on, for then all their cotangents are known; the others hand on
/// zeros.
struct CustomCalls {
  private var form: Form
  /// Where each call's outputs stand.
  private var outputs: [Call: Instruction.Operand] = [:]

  /// An operation, by its first output, with its list of arguments.
  private struct Call: Hashable {
    let operation: Int32
    let arguments: Instruction.Operand
    let space: Instruction.Space
  }

  static func joined(in form: Form) -> Form {
    guard form.customOperations.contains(where: { !$0.isOnly }) else { return form }
    var pass = CustomCalls(form: form)
    let lists = form.lists.map { pass.joined($0) }
    pass.form.lists = lists
    return pass.form
  }

  private mutating func joined(_ list: [Instruction]) -> [Instruction] {
    let pullbacks = pullbacks(in: list)
    var cotangents: [Call: Instruction.Operand] = [:]
    var result: [Instruction] = []
    for (place, step) in list.enumerated() {
      guard let (call, entry) = call(of: step) else {
        result.append(step)
        continue
      }
      if case .custom = step.opcode {
        let outputs = outputs(of: call, entry, step, &result)
        result.append(copy(outputs.row(entry.output), to: step.result))
        continue
      }
      // Derivatives: those of the last output that hands any on are those of all.
      guard let y = outputs[call], let last = pullbacks[call] else {
        result.append(step)
        continue
      }
      let c = cotangents[call] ?? newOutputs(entry, step.c.space)
      if cotangents[call] == nil {
        result.append(.zeros(at: c, count: Int32(entry.operation.outputCount)))
        cotangents[call] = c
      }
      result.append(copy(step.c, to: c.row(entry.output)))
      guard place == last else {
        result.append(.zeros(at: step.result, count: step.counts.length))
        continue
      }
      var pullback = step
      pullback.opcode = .customPullback(call.operation)
      pullback.counts.rows = Int32(entry.operation.outputCount)
      (pullback.a, pullback.b, pullback.c) = (call.arguments, y, c)
      (pullback.result.strides.repeats, pullback.result.strides.rows) = (0, 0)
      result.append(pullback)
    }
    return result
  }

  /// The place of the last instruction that hands on derivatives of each call. A call whose outputs hand
  /// them on more than once, as in several sweeps, is left as it is.
  private func pullbacks(in list: [Instruction]) -> [Call: Int] {
    var places: [Call: [Int: Int]] = [:]
    var several: Set<Call> = []
    for (place, step) in list.enumerated() {
      guard case .customSlopes = step.opcode, let (call, entry) = call(of: step) else { continue }
      if places[call, default: [:]].updateValue(place, forKey: entry.output) != nil {
        several.insert(call)
      }
    }
    return places.filter { !several.contains($0.key) }.mapValues { $0.values.max() ?? 0 }
  }

  /// The call that an instruction computes an output of, or its derivatives, at one point.
  private func call(of step: Instruction) -> (Call, CustomOutput)? {
    guard step.counts.repeats == 1, step.counts.rows == 1 else { return nil }
    let number: Int32
    switch step.opcode {
    case .custom(let custom), .customSlopes(let custom): number = custom
    default: return nil
    }
    let entry = form.customOperations[Int(number)]
    if entry.isOnly { return nil }
    var arguments = step.a
    (arguments.strides.repeats, arguments.strides.rows) = (0, 0)
    if step.counts.length == 1 { arguments.strides.length = 0 }
    let space = step.result.space
    return (Call(operation: entry.first, arguments: arguments, space: space), entry)
  }

  private mutating func outputs(
    of call: Call, _ entry: CustomOutput, _ step: Instruction, _ list: inout [Instruction]
  ) -> Instruction.Operand {
    if let known = outputs[call] { return known }
    let all = newOutputs(entry, step.result.space)
    var instruction = step
    instruction.opcode = .customCall(call.operation)
    instruction.counts.rows = Int32(entry.operation.outputCount)
    (instruction.result, instruction.a) = (all, call.arguments)
    list.append(instruction)
    outputs[call] = all
    return all
  }

  private mutating func newOutputs(
    _ entry: CustomOutput, _ space: Instruction.Space
  ) -> Instruction.Operand {
    let first = form.newSlots(Int32(entry.operation.outputCount), in: space)
    return Instruction.Operand(first, space, strides: Instruction.Axes(0, 1, 0))
  }

  private func copy(
    _ number: Instruction.Operand, to result: Instruction.Operand
  ) -> Instruction {
    Instruction(opcode: .contract, result: result, a: number)
  }
}

extension Instruction.Operand {
  /// The number in one of the rows.
  fileprivate func row(_ i: Int) -> Instruction.Operand {
    Instruction.Operand(base + Int32(i) * strides.rows, space)
  }
}
