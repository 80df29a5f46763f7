/// Forward mode: a form that computes what another does, and how it changes along a direction of the
/// inputs or of the parameters.
///
/// Each slot that depends on them gets a second one for its tangent, and each instruction is followed
/// by what makes the tangent of its result from those of its operands.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., chapter 3.
struct Tangent {
  /// Along what tangents are taken.
  enum Directions {
    /// One direction of the inputs, for each lane, or of the parameters, that the run provides.
    case provided(Adjoint.Variables)
    /// Each input by itself.
    case inputs
  }

  private var form: Form
  private let primal: Form
  private let activity: Activity
  private let sweeps: Int32
  private let laneDots: Int32
  private let uniformDots: Int32
  private var rules = Rules(isForward: true)

  /// - Precondition: Fused derivatives are expanded.
  /// - Returns: The form whose outputs, gradients and loss are the tangents of those of `form`.
  static func differentiated(_ form: Form, along directions: Directions) -> Form {
    var pass = Tangent(form, along: directions)
    pass.start(directions)
    pass.form.prologue += form.prologue.flatMap { pass.tangent(of: $0, inLanes: false) }
    var lanes = pass.form.lanes
    lanes.reserveCapacity(2 * form.lanes.count)
    for step in form.lanes {
      lanes.append(step)
      lanes += pass.tangent(of: step, inLanes: true)
    }
    pass.form.lanes = lanes
    pass.form.epilogue = form.epilogue.flatMap { [$0] + pass.tangent(of: $0, inLanes: false) }
    pass.finish()
    return pass.form
  }

  private init(_ form: Form, along directions: Directions) {
    primal = form
    self.form = form
    var sources: [(Range<Int32>, Instruction.Space)] = []
    switch directions {
    case .provided(let variables):
      if variables.contains(.inputs) { sources.append((form.ports.inputs, .lane)) }
      if variables.contains(.parameters) { sources.append((form.ports.parameters, .uniform)) }
      sweeps = 1
    case .inputs:
      sources.append((form.ports.inputs, .lane))
      sweeps = Int32(form.ports.inputs.count)
    }
    activity = Activity(form, sources: sources)
    laneDots = self.form.newLaneSlots(sweeps * form.laneSlots)
    uniformDots = self.form.newUniformSlots(sweeps * form.uniformSlots)
    self.form.lanes = []
  }

  private func dot(_ operand: Instruction.Operand, _ sweep: Int32) -> Instruction.Operand {
    guard operand.isPresent else { return operand }
    return Instruction.Operand(
      (operand.isUniform ? uniformDots : laneDots) + operand.base * sweeps + sweep,
      operand.space, strides: operand.strides.scaled(by: sweeps))
  }

  private func dot(_ range: Range<Int32>, _ space: Instruction.Space) -> Range<Int32> {
    let first = dot(Instruction.Operand(range.lowerBound, space), 0).base
    return first..<first + Int32(range.count)
  }

  private mutating func start(_ directions: Directions) {
    switch directions {
    case .provided(let variables):
      if variables.contains(.inputs) {
        form.ports.inputDirections = dot(form.ports.inputs, .lane)
      }
      if variables.contains(.parameters) {
        form.ports.parameterDirections = dot(form.ports.parameters, .uniform)
      }
    case .inputs:
      let one = Instruction.Operand(form.constant(1), .uniform)
      for (sweep, input) in form.ports.inputs.enumerated() {
        form.lanes.append(
          Instruction(
            opcode: .contract, result: dot(Instruction.Operand(input, .lane), Int32(sweep)),
            a: one))
      }
    }
  }

  private mutating func finish() {
    form.ports.outputs = primal.ports.outputs.flatMap { output in
      (0..<sweeps).map { sweep in
        let tangent = dot(Instruction.Operand(output.slot, output.space), sweep)
        return Form.Location(tangent.base, tangent.space)
      }
    }
    if let range = primal.ports.inputGradients { form.ports.inputGradients = dot(range, .lane) }
    if let range = primal.ports.parameterGradients {
      form.ports.parameterGradients = dot(range, .uniform)
    }
    if let loss = primal.ports.loss {
      form.ports.loss = dot(loss..<loss + 1, .uniform).lowerBound
    }
  }

  private mutating func tangent(of step: Instruction, inLanes: Bool) -> [Instruction] {
    let wanted = [
      activity.contains(step.a, step.counts), activity.contains(step.b, step.counts),
      activity.contains(step.c, step.countsOfThird),
    ]
    guard wanted != [false, false, false] else { return [] }
    var result: [Instruction] = []
    for sweep in 0..<sweeps {
      if step.opcode == .gather || step.opcode == .scatter {
        var tangent = step
        tangent.accumulates = true
        tangent.result = dot(step.result, sweep)
        if step.opcode == .gather {
          tangent.b = dot(step.b, sweep)
        } else {
          tangent.c = dot(step.c, sweep)
        }
        result.append(tangent)
        continue
      }
      if step.opcode == .contract {
        for (isWanted, operand, factor, counts) in [
          (wanted[0], step.a, step.b, step.counts), (wanted[1], step.b, step.a, step.counts),
          (wanted[2], step.c, .none, step.countsOfThird),
        ] where isWanted {
          // What all lanes share stands first, as schedules put it.
          var (a, b) = (dot(operand, sweep), factor)
          if b.isPresent && b.isUniform && !a.isUniform { swap(&a, &b) }
          result.append(
            Instruction(
              opcode: .contract, accumulates: true, counts: counts,
              result: dot(step.result, sweep), a: a, b: b, origin: step.origin))
        }
        continue
      }
      var arguments = [Instruction.Operand](repeating: .none, count: Rule.Argument.count)
      for (i, operand) in [step.a, step.b, step.c].enumerated() {
        arguments[Rule.Argument.operand(i).rawValue] = operand
        arguments[Rule.Argument.tangent(i).rawValue] = dot(operand, sweep)
      }
      arguments[Rule.Argument.result.rawValue] = step.result
      arguments[Rule.Argument.targetA.rawValue] = dot(step.result, sweep)
      let rule = rules.rule(
        for: step, wanted, known: primal.knownOperands(of: step), primal.customOperations)
      result += form.inline(rule, arguments, at: step, in: step.result.space)
    }
    return result
  }
}
