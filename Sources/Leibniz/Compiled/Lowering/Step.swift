/// An instruction with the kernel that runs it, chosen once by how the operands stand.
///
/// The axes are put in the order in which the kernel wants them: the one that is summed over last.
struct Step: Sendable {
  var kernel: Kernel
  var instruction: Instruction

  enum Kernel: Equatable, Sendable {
    case zero
    /// A matrix that all lanes share times vectors of lanes, or the other way round.
    case affine
    /// Products of vectors of lanes, totalled over the lanes to a matrix.
    case outerTotals
    /// Any other contraction.
    case contract
    /// The same, as it was recorded.
    case contractInOrder
    /// For one sample, vectors times a matrix of which neighbours are multiplied and added up.
    case affineOfOne
    /// For one sample, any product of matrices of which neighbours make neighbours of the result.
    case productOfOne
    /// One product, or one number.
    case product
    /// A map, and one of a single number.
    case map, mapOfOne
    case list, custom, customSlopes, customCall, customPullback, gather, scatter
  }

  /// The steps of instructions that run on many lanes, or on one sample.
  static func steps(of list: [Instruction], lanes: Bool, keepsOrder: Bool) -> [Step] {
    var steps: [Step] = []
    steps.reserveCapacity(list.count)
    for instruction in list { append(instruction, lanes, keepsOrder, to: &steps) }
    return steps
  }

  private static func append(
    _ instruction: Instruction, _ lanes: Bool, _ keepsOrder: Bool, to steps: inout [Step]
  ) {
    if !lanes && instruction.unroll({ append($0, lanes, keepsOrder, to: &steps) }) { return }
    switch instruction.opcode {
    case .zero: steps.append(Step(kernel: .zero, instruction: instruction))
    case .contract, .binary(.multiply):
      appendContraction(instruction, lanes, keepsOrder, to: &steps)
    case .unary, .binary, .nary(.select), .slope:
      let isOne = instruction.counts == .ones && !lanes
      steps.append(
        Step(
          kernel: isOne ? .mapOfOne : .map,
          instruction: isOne ? instruction : instruction.withJoinedAxes))
    case .gather: steps.append(Step(kernel: .gather, instruction: instruction))
    case .scatter: steps.append(Step(kernel: .scatter, instruction: instruction))
    case .nary: steps.append(Step(kernel: .list, instruction: instruction))
    case .custom: steps.append(Step(kernel: .custom, instruction: instruction))
    case .customSlopes: steps.append(Step(kernel: .customSlopes, instruction: instruction))
    case .customCall: steps.append(Step(kernel: .customCall, instruction: instruction))
    case .customPullback: steps.append(Step(kernel: .customPullback, instruction: instruction))
    case .input, .parameter, .constant: break
    }
  }

  private static func appendContraction(
    _ instruction: Instruction, _ lanes: Bool, _ keepsOrder: Bool, to steps: inout [Step]
  ) {
    var step = instruction
    step.opcode = .contract
    if !lanes && step.counts == .ones {
      steps.append(Step(kernel: .product, instruction: step))
      return
    }
    let matrix = lanes ? step.affine ?? step.outerTotals : keepsOrder ? nil : step.matrixOfOne
    if let matrix, !step.c.isPresent || (matrix.takesBias && !keepsOrder) {
      steps.append(matrix)
      return
    }
    if step.c.isPresent && keepsOrder {
      // The sum first, then the bias is added to it.
      var bias = step
      bias.counts = step.countsOfThird
      bias.a = step.c
      bias.b = .none
      bias.c = .none
      bias.accumulates = true
      step.c = .none
      append(step, lanes, keepsOrder, to: &steps)
      append(bias, lanes, keepsOrder, to: &steps)
      return
    }
    if step.c.isPresent {
      // The bias first, then the sum is added to it.
      var bias = step
      bias.counts = step.countsOfThird
      bias.a = step.c
      bias.b = .none
      bias.c = .none
      append(bias, lanes, keepsOrder, to: &steps)
      step.c = .none
      step.accumulates = true
      append(step, lanes, keepsOrder, to: &steps)
      return
    }
    steps.append(
      Step(
        kernel: keepsOrder ? .contractInOrder : .contract,
        instruction: step.withInnerAxisLast(keepsSums: lanes || keepsOrder)))
  }

  private var takesBias: Bool {
    let c = instruction.c
    return c.isUniform && !instruction.accumulates && kernel != .productOfOne
      && (instruction.counts.repeats == 1 || instruction.result.strides.repeats != 0)
  }
}

extension Instruction {
  /// The axes in another order; those not named are any that are left.
  private func reordered(row: Int?, column: Int?) -> Instruction {
    var left: [Int] = [0, 1, 2].filter { $0 != row && $0 != column }
    // Axes of one point serve where none was named.
    left.sort { counts[$0] > counts[$1] }
    let last: Int = column ?? left.removeLast()
    let middle: Int = row ?? left.removeLast()
    let order = [left.removeLast(), middle, last]
    func axes(_ axes: Axes) -> Axes { Axes(axes[order[0]], axes[order[1]], axes[order[2]]) }
    var step = self
    step.counts = axes(counts)
    step.result.strides = axes(result.strides)
    step.a.strides = axes(a.strides)
    step.b.strides = axes(b.strides)
    if c.isPresent { step.c.strides = axes(c.strides) }
    return step
  }

  /// Calls `body` for each point where there are two to four: to look for neighbours among so few takes
  /// longer than to work.
  fileprivate func unroll(_ body: (Instruction) -> Void) -> Bool {
    guard 2...4 ~= counts.product, !c.isPresent || opcode != .contract else { return false }
    switch opcode {
    case .contract, .unary, .binary, .nary(.select), .slope: break
    default: return false
    }
    func isRepeated(_ point: Axes) -> Bool {
      (point.repeats > 0 && result.strides.repeats == 0)
        || (point.rows > 0 && result.strides.rows == 0)
        || (point.length > 0 && result.strides.length == 0)
    }
    for p in 0..<counts.repeats {
      for q in 0..<counts.rows {
        for i in 0..<counts.length {
          let point = Axes(p, q, i)
          body(
            Instruction(
              opcode: opcode, accumulates: accumulates || isRepeated(point),
              result: result.at(point), a: a.at(point), b: b.at(point), c: c.at(point),
              origin: origin))
        }
      }
    }
    return true
  }

  private var long: [Int] { [2, 1, 0].filter { counts[$0] > 1 } }

  /// With the factor that all lanes share first.
  private var uniformFirst: Instruction {
    guard b.isPresent, b.isUniform, !a.isUniform else { return self }
    var step = self
    swap(&step.a, &step.b)
    return step
  }

  fileprivate var affine: Step? {
    guard !isUniform, b.isPresent, a.isUniform != b.isUniform else { return nil }
    let step = uniformFirst
    let column = long.first { result.strides[$0] == 0 && step.b.strides[$0] != 0 }
    let row = long.first {
      result.strides[$0] != 0 && step.b.strides[$0] == 0 && $0 != column
    }
    guard row != nil || column != nil, long.filter({ $0 != row && $0 != column }).count < 2 else {
      return nil
    }
    let ordered = step.reordered(row: row, column: column)
    // Whatever is left has one point or is done again and again.
    guard ordered.counts.rows == 1 || row != nil, ordered.counts.length == 1 || column != nil else {
      return nil
    }
    return Step(kernel: .affine, instruction: ordered)
  }

  fileprivate var outerTotals: Step? {
    guard isUniform, b.isPresent, !a.isUniform, !b.isUniform else { return nil }
    let row = long.first {
      result.strides[$0] != 0 && a.strides[$0] != 0 && b.strides[$0] == 0
    }
    let column = long.first {
      result.strides[$0] != 0 && a.strides[$0] == 0 && b.strides[$0] != 0
    }
    guard let row, let column else { return nil }
    var step = self
    // Columns that are neighbours are totalled eight at a time.
    if result.strides[column] != 1 && result.strides[row] == 1 {
      swap(&step.a, &step.b)
      return Step(kernel: .outerTotals, instruction: step.reordered(row: column, column: row))
    }
    return Step(kernel: .outerTotals, instruction: step.reordered(row: row, column: column))
  }

  fileprivate var matrixOfOne: Step? {
    guard b.isPresent else { return nil }
    for isSwapped in [false, true] {
      var step = self
      if isSwapped { swap(&step.a, &step.b) }
      let column = long.first { result.strides[$0] == 0 }
      let row = long.first { result.strides[$0] == 1 && step.b.strides[$0] == 0 }
      guard let row else { continue }
      let ordered = step.reordered(row: row, column: column)
      if column == nil {
        // An outer product adds nothing up.
        guard ordered.counts.length == 1, ordered.counts.repeats > 1,
          ordered.a.strides.repeats == 0
        else { continue }
      } else if ordered.a.strides.length == 1 && ordered.b.strides.length == 1 {
        return Step(kernel: .affineOfOne, instruction: ordered)
      }
      if ordered.a.strides.rows == 1 {
        return Step(kernel: .productOfOne, instruction: ordered)
      }
    }
    return nil
  }

  /// The axis that is summed over last, else the one along which results are neighbours, else the
  /// longest. A few sums of one sample are added to neighbours one after the other: of a Hessian
  /// product of 1,000 variables in a chain, the rest took a third.
  fileprivate func withInnerAxisLast(keepsSums: Bool) -> Instruction {
    let summed = long.first {
      result.strides[$0] == 0 && (a.strides[$0] != 0 || b.isPresent && b.strides[$0] != 0)
    }
    let neighbours = long.first { result.strides[$0] == 1 }
    var inner = summed ?? neighbours ?? long.max { counts[$0] < counts[$1] }
    if !keepsSums, let summed, let neighbours, counts[summed] <= 8, counts[neighbours] >= 16 {
      inner = neighbours
    }
    return reordered(row: nil, column: inner).withJoinedOuterAxes
  }

  /// Rows and repeats as one axis, where they are one.
  private var withJoinedOuterAxes: Instruction {
    guard counts.repeats > 1, counts.rows > 1 else { return self }
    for operand in [result, a, b] where operand.isPresent {
      guard operand.strides.repeats == counts.rows * operand.strides.rows else { return self }
    }
    var step = self
    step.counts.rows *= counts.repeats
    step.counts.repeats = 1
    return step
  }

  /// The axes of a map joined to as few as they are, the last of them being `length`.
  fileprivate var withJoinedAxes: Instruction {
    var step = self
    for _ in 0..<2 {
      if step.counts.length == 1 {
        step = step.reordered(row: 0, column: 1)
      }
      let operands = [step.result, step.a, step.b, step.c].filter { $0.isPresent }
      if operands.allSatisfy({ $0.strides.rows == step.counts.length * $0.strides.length }) {
        step.counts.length *= step.counts.rows
        step.counts.rows = step.counts.repeats
        step.counts.repeats = 1
        step.result.joinAxes()
        step.a.joinAxes()
        step.b.joinAxes()
        step.c.joinAxes()
      }
    }
    return step
  }
}

extension Instruction.Operand {
  /// The number of one point.
  fileprivate func at(_ point: Instruction.Axes) -> Instruction.Operand {
    guard isPresent else { return self }
    let (p, q, i) = (
      point.repeats * strides.repeats, point.rows * strides.rows, point.length * strides.length
    )
    return Instruction.Operand(base + p + q + i, space)
  }

  fileprivate mutating func joinAxes() {
    strides = Instruction.Axes(0, strides.repeats, strides.length)
  }
}
