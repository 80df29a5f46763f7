/// Reverse mode: a form that computes what another does, and then derivatives of its outputs.
///
/// Each slot that depends on what is differentiated by gets a second one for its cotangent, which
/// stands as far from it as all others, so that an instruction's cotangents have its strides. The
/// instructions are gone through from the last to the first: a contraction is answered by
/// contractions with the roles of its operands exchanged, a map by its rule. What an instruction
/// hands to an operand is added to the operand's cotangent; all that is added to a cotangent comes
/// before it is handed on. So the form that results can be differentiated in turn.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., chapter 3.
struct Adjoint {
  /// What is differentiated by.
  struct Variables: OptionSet {
    let rawValue: UInt8
    static let inputs = Variables(rawValue: 1)
    static let parameters = Variables(rawValue: 2)
  }

  /// What cotangents start from.
  enum Seeds {
    /// One sweep, from a cotangent of each output for each lane that the run provides. Derivatives by
    /// what is uniform are totals over the lanes.
    case provided
    /// A sweep for each output, from 1. All derivatives are a number for each lane.
    case ones
  }

  private var form: Form
  private let primal: Form
  private let activity: Activity
  /// Which slots something has been handed to: an instruction whose results got nothing hands nothing
  /// on, not even 0 · ∞.
  private var reached: SlotSet
  private let seeds: Seeds
  private let sweeps: Int32
  private let laneBars: Int32
  private let uniformBars: Int32
  private var rules = Rules(isForward: false)
  /// The unary maps of the form.
  private var maps: Set<UnaryMap> = []

  private struct UnaryMap: Hashable {
    let opcode: UInt32
    let operand: Instruction.Operand
    let counts: Instruction.Axes
  }

  /// - Precondition: The form has no epilogue, and fused derivatives are expanded.
  static func differentiated(
    _ form: Form, by variables: Variables, seeds: Seeds, withLoss: Bool = false
  ) -> Form {
    var pass = Adjoint(form, by: variables, seeds: seeds)
    pass.start(withLoss: withLoss)
    for step in form.lanes.reversed() { pass.reverse(step, inLanes: true) }
    for step in form.prologue.reversed() { pass.reverse(step, inLanes: false) }
    pass.finish(by: variables)
    return pass.form
  }

  private init(_ form: Form, by variables: Variables, seeds: Seeds) {
    require(
      form.epilogue.isEmpty, "A form with totals over the lanes was differentiated in reverse.")
    primal = form
    self.form = form
    self.seeds = seeds
    for step in form.lanes {
      if case .unary = step.opcode {
        maps.insert(
          UnaryMap(
            opcode: step.opcode.code, operand: step.a.reduced(step.counts), counts: step.counts))
      }
    }
    var sources: [(Range<Int32>, Instruction.Space)] = []
    if variables.contains(.inputs) { sources.append((form.ports.inputs, .lane)) }
    if variables.contains(.parameters) { sources.append((form.ports.parameters, .uniform)) }
    activity = Activity(form, sources: sources)
    reached = SlotSet(form)
    switch seeds {
    case .provided:
      sweeps = 1
      laneBars = self.form.newLaneSlots(form.laneSlots)
      uniformBars = self.form.newUniformSlots(form.uniformSlots)
    case .ones:
      sweeps = Int32(form.ports.outputs.count)
      laneBars = self.form.newLaneSlots(sweeps * (form.laneSlots + form.uniformSlots))
      uniformBars = laneBars + sweeps * form.laneSlots
    }
  }

  /// The cotangents of an operand in one of the sweeps.
  private func bar(_ operand: Instruction.Operand, _ sweep: Int32) -> Instruction.Operand {
    guard operand.isPresent else { return operand }
    let isTotal: Bool
    switch seeds {
    case .provided: isTotal = operand.isUniform
    case .ones: isTotal = false
    }
    // The sweeps' cotangents of one slot are neighbours, and so the sweeps join to one instruction.
    return Instruction.Operand(
      (operand.isUniform ? uniformBars : laneBars) + operand.base * sweeps + sweep,
      isTotal ? .uniform : .lane, strides: operand.strides.scaled(by: sweeps))
  }

  private mutating func start(withLoss: Bool) {
    if case .provided = seeds {
      let count = Int32(primal.ports.outputs.count)
      let first = form.newLaneSlots(count)
      form.ports.seeds = first..<first + count
    }
    for (i, output) in primal.ports.outputs.enumerated() {
      let value = Instruction.Operand(output.slot, output.space)
      var seed = Instruction.Operand.none
      switch seeds {
      case .provided: seed = Instruction.Operand(form.ports.seeds!.lowerBound + Int32(i), .lane)
      case .ones: seed = Instruction.Operand(form.constant(1), .uniform)
      }
      if withLoss && i == 0 {
        let loss = form.newUniformSlots(1)
        form.ports.loss = loss
        form.lanes.append(
          Instruction(
            opcode: .contract, accumulates: true, result: Instruction.Operand(loss, .uniform),
            a: value, b: seed))
      }
      guard activity.contains(value, .ones) else { continue }
      reached.insert(value, .ones)
      var sweep: Int32 = 0
      if case .ones = seeds { sweep = Int32(i) }
      form.lanes.append(
        Instruction(
          opcode: .contract, accumulates: true, result: bar(value, sweep), a: seed))
    }
  }

  private mutating func finish(by variables: Variables) {
    func range(_ port: Range<Int32>, _ space: Instruction.Space) -> Range<Int32> {
      let first = bar(Instruction.Operand(port.lowerBound, space), 0)
      return first.base..<first.base + Int32(port.count)
    }
    switch seeds {
    case .provided:
      if variables.contains(.inputs) { form.ports.inputGradients = range(form.ports.inputs, .lane) }
      if variables.contains(.parameters) {
        form.ports.parameterGradients = range(form.ports.parameters, .uniform)
      }
    case .ones:
      form.ports.outputs = (0..<sweeps).flatMap { sweep -> [Form.Location] in
        let inputs =
          variables.contains(.inputs)
          ? form.ports.inputs.map { bar(Instruction.Operand($0, .lane), sweep) } : []
        let parameters =
          variables.contains(.parameters)
          ? form.ports.parameters.map { bar(Instruction.Operand($0, .uniform), sweep) } : []
        return (inputs + parameters).map { Form.Location($0.base, $0.space) }
      }
    }
  }

  private mutating func append(_ step: Instruction, inLanes: Bool) {
    var isInLanes = inLanes
    if case .ones = seeds { isInLanes = true }
    if isInLanes { form.lanes.append(step) } else { form.epilogue.append(step) }
  }

  private mutating func reverse(_ step: Instruction, inLanes: Bool) {
    for part in step.parts(in: reached) { reversePart(part, inLanes: inLanes) }
  }

  /// An instruction all results of which something has been handed to.
  private mutating func reversePart(_ step: Instruction, inLanes: Bool) {
    guard activity.contains(step.result, step.countsOfResult) else { return }
    let wanted = [
      activity.contains(step.a, step.counts), activity.contains(step.b, step.counts),
      activity.contains(step.c, step.countsOfThird),
    ]
    let isFlat = step.opcode.isFlat
    if wanted[0] && !isFlat.a { reached.insert(step.a, step.counts) }
    if wanted[1] && !isFlat.b { reached.insert(step.b, step.counts) }
    if wanted[2] { reached.insert(step.c, step.countsOfThird) }
    switch step.opcode {
    case .contract: reverseContraction(step, wanted, inLanes)
    case .unary(let f): reverseUnary(f, step, wanted, inLanes)
    case .custom(let number): reverseCustom(number, step, inLanes)
    case .binary, .nary: reverseByRule(step, wanted, inLanes)
    case .gather:
      for sweep in 0..<sweeps where wanted[1] {
        append(
          Instruction(
            opcode: .scatter, accumulates: true, counts: step.counts, result: bar(step.b, sweep),
            a: step.a, c: bar(step.result, sweep), origin: step.origin), inLanes: inLanes)
      }
    case .scatter:
      for sweep in 0..<sweeps where wanted[2] {
        append(
          Instruction(
            opcode: .gather, accumulates: true, counts: step.counts, result: bar(step.c, sweep),
            a: step.a, b: bar(step.result, sweep), origin: step.origin), inLanes: inLanes)
      }
    case .slope, .customSlopes, .customCall, .customPullback:
      stop("A fused derivative was differentiated before it was expanded.")
    case .input, .parameter, .constant, .zero: break
    }
  }

  private mutating func reverseContraction(
    _ step: Instruction, _ wanted: [Bool], _ inLanes: Bool
  ) {
    for (isWanted, operand, factor, counts) in [
      (wanted[0], step.a, step.b, step.counts), (wanted[1], step.b, step.a, step.counts),
      (wanted[2], step.c, .none, step.countsOfThird),
    ] where isWanted {
      for sweep in 0..<sweeps {
        append(
          Instruction(
            opcode: .contract, accumulates: true, counts: counts, result: bar(operand, sweep),
            a: bar(step.result, sweep), b: factor, origin: step.origin), inLanes: inLanes)
      }
    }
  }

  /// In one sweep over the numbers, where the rule takes steps of its own that nothing else has taken,
  /// and hands its result to one place for each.
  private mutating func reverseUnary(
    _ f: UnaryFunction, _ step: Instruction, _ wanted: [Bool], _ inLanes: Bool
  ) {
    let rule = rule(for: step, wanted)
    let isKnown = rule.instructions.contains {
      if case .unary = $0.opcode, $0.a.space == Rule.Argument.a.space {
        maps.contains(
          UnaryMap(
            opcode: $0.opcode.code, operand: step.a.reduced(step.counts), counts: step.counts))
      } else {
        false
      }
    }
    if rule.isDirect || isKnown {
      reverseByRule(step, wanted, inLanes)
      return
    }
    for sweep in 0..<sweeps {
      let target = bar(step.a, sweep)
      var slope = Instruction(
        opcode: .slope(f), accumulates: true, counts: step.counts, result: target, a: step.a,
        b: step.result, c: bar(step.result, sweep), origin: step.origin)
      let isTotal = inLanes && target.isUniform
      if isTotal || target.isShared(step.counts) {
        let space = slope.c.space
        let shares = form.newSlots(Int32(step.counts.product), in: space)
        slope.accumulates = false
        slope.result = Instruction.Operand(shares, space, strides: step.counts.denseStrides)
        append(slope, inLanes: inLanes)
        slope = Instruction(
          opcode: .contract, accumulates: true, counts: step.counts, result: target,
          a: slope.result, origin: step.origin)
      }
      append(slope, inLanes: inLanes)
    }
  }

  /// By numbers that come from the user's code.
  private mutating func reverseCustom(_ number: Int32, _ step: Instruction, _ inLanes: Bool) {
    for sweep in 0..<sweeps {
      let target = bar(step.a, sweep)
      let space = bar(step.result, sweep).space
      let shares = form.newSlots(Int32(step.counts.product), in: space)
      let slopes = Instruction(
        opcode: .customSlopes(number), counts: step.counts,
        result: Instruction.Operand(shares, space, strides: step.counts.denseStrides),
        a: step.a, b: step.result, c: bar(step.result, sweep), origin: step.origin)
      append(slopes, inLanes: inLanes)
      append(
        Instruction(
          opcode: .contract, accumulates: true, counts: step.counts, result: target,
          a: slopes.result, origin: step.origin), inLanes: inLanes)
    }
  }

  private mutating func reverseByRule(_ step: Instruction, _ wanted: [Bool], _ inLanes: Bool) {
    let rule = rule(for: step, wanted)
    for sweep in 0..<sweeps {
      var arguments = [Instruction.Operand](repeating: .none, count: Rule.Argument.count)
      for (i, operand) in [step.a, step.b, step.c].enumerated() {
        arguments[Rule.Argument.operand(i).rawValue] = operand
        arguments[Rule.Argument.target(i).rawValue] = bar(operand, sweep)
      }
      arguments[Rule.Argument.result.rawValue] = step.result
      arguments[Rule.Argument.cotangent.rawValue] = bar(step.result, sweep)
      for next in form.inline(rule, arguments, at: step, in: bar(step.result, sweep).space) {
        append(next, inLanes: inLanes)
      }
    }
  }

  private mutating func rule(for step: Instruction, _ wanted: [Bool]) -> Rule {
    rules.rule(
      for: step, wanted, known: primal.knownOperands(of: step), primal.customOperations)
  }
}

extension Instruction.Axes {
  func scaled(by factor: Int32) -> Instruction.Axes {
    Instruction.Axes(factor * repeats, factor * rows, factor * length)
  }

  /// The strides of points that stand one after the other.
  var denseStrides: Instruction.Axes { Instruction.Axes(rows * length, length, 1) }
}

extension Form {
  /// The numbers of operands that are one constant.
  func knownOperands(of step: Instruction) -> [Double?] {
    [step.a, step.b, step.c].map { operand in
      guard operand.isUniform && operand.isPresent && operand.strides == .zeros,
        let first = constants.first?.slot, operand.base >= first
      else { return nil }
      let place = Int(operand.base - first)
      // Most stand one after the other.
      if place < constants.count && constants[place].slot == operand.base {
        return constants[place].number
      }
      return constants.suffix(64).first { $0.slot == operand.base }?.number
    }
  }
}
