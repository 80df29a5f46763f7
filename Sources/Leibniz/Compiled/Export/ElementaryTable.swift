/// A form as a table of elementary steps, one number at a time: what a loop walks.
///
/// A row is a kind of step, the slot of its result and those of four operands. All slots stand in one
/// space: lanes, then uniform ones, then constants of rows, then what rows compute on their way.
struct ElementaryTable {
  /// What a step of the table computes.
  enum Kind: Hashable {
    case copy
    /// x · y + z.
    case productSum
    case step(ElementaryStep.Operation)
  }

  /// Six numbers a row.
  private(set) var rows: [Int32] = []
  /// The kinds that occur, in the order of their numbers.
  private(set) var kinds: [Kind] = []
  /// Constants of rows, from ``firstConstant`` on.
  private(set) var constants: [Double] = []
  private(set) var slots: Int32
  /// The row at which what depends on totals begins.
  private(set) var epilogue = 0

  let form: Form
  let firstConstant: Int32
  private var numbers: [Kind: Int32] = [:]
  private var places: [UInt64: Int32] = [:]
  private var rules = ElementaryRows()

  /// - Precondition: The form is lowered.
  init(_ form: Form) {
    self.form = form
    firstConstant = form.laneSlots + form.uniformSlots
    slots = firstConstant
    // Constants come first, so that temporaries stand after them all.
    for step in form.prologue + form.lanes + form.epilogue { noteConstants(step) }
    for step in form.prologue + form.lanes { add(step) }
    epilogue = rows.count / 6
    for step in form.epilogue { add(step) }
    slots += temporaries
  }

  private var temporaries: Int32 = 0

  private mutating func constant(_ number: Double) -> Int32 {
    if let known = places[number.bitPattern] { return known }
    places[number.bitPattern] = slots
    constants.append(number)
    slots += 1
    return slots - 1
  }

  private mutating func add(_ kind: Kind, _ result: Int32, _ operands: [Int32]) {
    let number = numbers[kind] ?? Int32(kinds.count)
    if number == kinds.count {
      numbers[kind] = number
      kinds.append(kind)
    }
    rows.append(number)
    rows.append(result)
    for i in 0..<4 { rows.append(i < operands.count ? operands[i] : 0) }
  }

  private mutating func noteConstants(_ step: Instruction) {
    switch step.opcode {
    case .zero, .contract: _ = constant(0)
    case .gather, .scatter:
      _ = constant(step.opcode == .gather ? .nan : 0)
      for j in 0..<step.counts.length { _ = constant(Double(j)) }
    default:
      let row = row(of: step)
      for operand in row.steps.flatMap({ $0.operands }) + [row.result] {
        if case .number(let bits) = operand { _ = constant(Double(bitPattern: bits)) }
      }
    }
  }

  private mutating func row(of step: Instruction) -> ElementaryRow {
    rules.row(of: step, known: [nil, nil, nil], form.customOperations)
  }

  private func slot(_ operand: Instruction.Operand, _ point: Instruction.Axes) -> Int32 {
    let strides = operand.strides
    return operand.base + point.repeats * strides.repeats + point.rows * strides.rows
      + point.length * strides.length + (operand.isUniform ? form.laneSlots : 0)
  }

  private mutating func add(_ step: Instruction) {
    let isList = step.opcode.isList || step.opcode == .scatter
    let counts =
      isList ? Instruction.Axes(step.counts.repeats, step.counts.rows, 1) : step.counts
    for h in 0..<counts.repeats {
      for i in 0..<counts.rows {
        for j in 0..<counts.length {
          add(step, at: Instruction.Axes(h, i, j), isFirst: isFirst(step, h, i, j))
        }
      }
    }
  }

  /// Whether a point is the first of those that have its result.
  private func isFirst(_ step: Instruction, _ h: Int32, _ i: Int32, _ j: Int32) -> Bool {
    (h == 0 || step.result.strides.repeats != 0) && (i == 0 || step.result.strides.rows != 0)
      && (j == 0 || step.result.strides.length != 0)
  }

  private mutating func add(
    _ step: Instruction, at point: Instruction.Axes, isFirst: Bool
  ) {
    let result = slot(step.result, point)
    switch step.opcode {
    case .zero: add(.copy, result, [constant(0)])
    case .contract:
      let isAdded = step.accumulates || !isFirst
      let a = slot(step.a, point)
      let third = step.c.isPresent && isFirst ? slot(step.c, point) : nil
      if isAdded, let third { add(.step(.add), result, [third, result]) }
      let rest = isAdded ? result : third
      if step.b.isPresent {
        let b = slot(step.b, point)
        if let rest {
          add(.productSum, result, [a, b, rest])
        } else {
          add(.step(.multiply), result, [a, b])
        }
      } else if let rest {
        add(.step(.add), result, [a, rest])
      } else {
        add(.copy, result, [a])
      }
    case .gather, .scatter: lookUp(step, point)
    default:
      let row = row(of: step)
      func operand(_ operand: ElementaryStep.Operand) -> Int32 {
        switch operand {
        case .number(let bits): return places[bits]!
        case .step(let i): return slots + Int32(i)
        case .argument(let i):
          guard step.opcode.isList else { return slot([step.a, step.b, step.c][i], point) }
          var entry = point
          entry.length = Int32(i)
          return slot(step.a, entry)
        }
      }
      temporaries = max(temporaries, Int32(row.steps.count))
      for (i, part) in row.steps.enumerated() {
        add(.step(part.operation), slots + Int32(i), part.operands.map(operand))
      }
      if step.accumulates {
        add(.step(.add), result, [result, operand(row.result)])
      } else {
        add(.copy, result, [operand(row.result)])
      }
    }
  }

  /// An entry of a table at an index, or what is added to one: a comparison with each index.
  private mutating func lookUp(_ step: Instruction, _ point: Instruction.Axes) {
    temporaries = max(temporaries, 2)
    let (found, share) = (slots, slots + 1)
    let at = slot(step.a, point)
    let isGather = step.opcode == .gather
    let start = constant(isGather ? .nan : 0)
    add(.copy, found, [start])
    for j in 0..<step.counts.length {
      let number = constant(Double(j))
      var entry = point
      entry.length = j
      if isGather {
        add(.step(.choose), share, [number, at, slot(step.b, entry), found])
        add(.step(.choose), found, [at, number, share, found])
      } else {
        let table = slot(step.result, entry)
        add(.step(.choose), share, [number, at, slot(step.c, point), start])
        add(.step(.choose), share, [at, number, share, start])
        add(.step(.add), table, [table, share])
      }
    }
    guard isGather else { return }
    let result = slot(step.result, point)
    if step.accumulates {
      add(.step(.add), result, [result, found])
    } else {
      add(.copy, result, [found])
    }
  }
}
