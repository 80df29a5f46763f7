extension Form {
  /// The instructions of a rule for an instruction to which it is applied, at all of its points.
  ///
  /// - Parameters:
  ///   - arguments: what stands for each argument of the rule.
  ///   - step: whose points they are; its list, if it has one, is the rule's.
  ///   - space: where temporaries go.
  mutating func inline(
    _ rule: Rule, _ arguments: [Instruction.Operand], at step: Instruction,
    in space: Instruction.Space
  ) -> [Instruction] {
    let isList = step.opcode.isList
    let outer = isList ? Instruction.Axes(step.counts.repeats, step.counts.rows, 1) : step.counts
    let points = Int32(outer.product)
    let temporaries = newSlots(rule.temporaries * points, in: space)
    let dense = Instruction.Axes(outer.rows * outer.length, outer.length, 1)
    let constants = firstSlot(of: rule.constants.map { $0.number })
    func placed(_ operand: Instruction.Operand) -> Placed? {
      guard operand.isPresent else { return nil }
      switch operand.space {
      case .lane:
        // What is made of a list stands as the list does: its numbers are neighbours.
        let (ours, next) = isList ? (1, rule.temporaries) : (points, 1)
        return Placed(
          base: temporaries + operand.base * ours, space: space, outer: dense.scaled(by: next),
          row: operand.strides.rows * ours, i: operand.strides.length * ours)
      case .uniform:
        return Placed(
          base: constants + operand.base, space: .uniform, outer: .zeros,
          row: operand.strides.rows, i: operand.strides.length)
      default:
        let argument = arguments[operand.space.argument]
        let stride = isList ? argument.strides.length : 0
        var outer = argument.strides
        if isList { outer.length = 0 }
        return Placed(
          base: argument.base + operand.base * stride, space: argument.space, outer: outer,
          row: operand.strides.rows * stride, i: operand.strides.length * stride)
      }
    }
    var result: [Instruction] = []
    for inner in rule.instructions {
      let operands = [inner.result, inner.a, inner.b, inner.c].map(placed)
      Placed.forEachPack(operands, outer, rows: inner.counts.rows, length: inner.counts.length) {
        counts, operands in
        result.append(
          Instruction(
            opcode: inner.opcode, accumulates: inner.accumulates, counts: counts,
            result: operands[0], a: operands[1], b: operands[2], c: operands[3],
            origin: step.origin))
      }
    }
    return result
  }

  /// The slot of a constant, a new one if there is none yet.
  mutating func constant(_ number: Double) -> Int32 { firstSlot(of: [number]) }

  /// The slot of the first of constants that stand one after the other, new ones if there are none yet.
  private mutating func firstSlot(of numbers: [Double]) -> Int32 {
    if numbers.isEmpty { return 0 }
    // Those that passes add stand last, and are few.
    for start in constants.indices.suffix(64).reversed()
    where start + numbers.count <= constants.count {
      let first = constants[start].slot
      let isSame = numbers.indices.allSatisfy {
        let known = constants[start + $0]
        return known.number.bitPattern == numbers[$0].bitPattern && known.slot == first + Int32($0)
      }
      if isSame { return first }
    }
    let first = newUniformSlots(Int32(numbers.count))
    for (i, number) in numbers.enumerated() {
      constants.append(Constant(slot: first + Int32(i), number: number))
    }
    return first
  }
}

/// An operand over five axes: those of the instruction that a rule is applied to, and the rule's own
/// rows and lists.
private struct Placed {
  var base: Int32
  let space: Instruction.Space
  let outer: Instruction.Axes
  let row: Int32
  let i: Int32

  private func stride(_ axis: Int) -> Int32 {
    [outer.repeats, outer.rows, outer.length, row][axis]
  }

  /// Calls `body` with instructions' axes in place of the five: those of one point are dropped,
  /// neighbours that are one axis in truth are joined, and what is too many is done one by one.
  static func forEachPack(
    _ operands: [Placed?], _ outer: Instruction.Axes, rows: Int32, length: Int32,
    _ body: (Instruction.Axes, [Instruction.Operand]) -> Void
  ) {
    var axes: [(count: Int32, strides: [Int32])] = []
    for (axis, count) in [outer.repeats, outer.rows, outer.length, rows].enumerated()
    where count > 1 {
      let strides = operands.map { $0?.stride(axis) ?? 0 }
      if let last = axes.last,
        zip(last.strides, strides).allSatisfy({ $0 == count * $1 })
      {
        axes[axes.count - 1] = (last.count * count, strides)
      } else {
        axes.append((count, strides))
      }
    }
    let room = length > 1 ? 2 : 3
    var bases = operands.map { $0?.base ?? -1 }
    func emit(_ axes: ArraySlice<(count: Int32, strides: [Int32])>) {
      if axes.count > room {
        for _ in 0..<axes.first!.count {
          emit(axes.dropFirst())
          for (i, stride) in axes.first!.strides.enumerated() { bases[i] += stride }
        }
        for (i, stride) in axes.first!.strides.enumerated() {
          bases[i] -= stride * axes.first!.count
        }
        return
      }
      // The last axes come first in the order rows, repeats, and the list's where there is no list.
      let places = Array(axes)
      let axis = { (i: Int) in i < places.count ? places[places.count - 1 - i] : nil }
      let (row, repeated, third) = (axis(0), axis(1), axis(2))
      body(
        Instruction.Axes(
          third?.count ?? repeated?.count ?? 1,
          third == nil ? row?.count ?? 1 : repeated!.count,
          third == nil ? length : row!.count),
        operands.enumerated().map { i, operand in
          guard let operand else { return .none }
          return Instruction.Operand(
            bases[i], operand.space,
            strides: Instruction.Axes(
              third?.strides[i] ?? repeated?.strides[i] ?? 0,
              third == nil ? row?.strides[i] ?? 0 : repeated!.strides[i],
              third == nil ? operand.i : row!.strides[i]))
        })
    }
    emit(axes[...])
  }
}
