/// Puts terms in order, gives them slots, and joins neighbours into instructions of many rows.
///
/// Terms are sorted by level (the longest way from a leaf) and, within a level, by operation and by
/// the slots of their operands. So the neurons of a layer come one after the other in whatever order
/// they were recorded, their results stand in neighbouring slots, and the next layer finds its
/// operands there.
struct InstructionSchedule {
  private(set) var uniformInstructions: [Instruction] = []
  private(set) var laneInstructions: [Instruction]
  /// Slots that hold a number for each lane.
  private(set) var laneSlots: Int32
  /// Slots that hold one number; the constants come first among those made here.
  private(set) var uniformSlots: Int32
  private(set) var constants: [Form.Constant] = []
  private let terms: Terms
  private var locations: [Form.Location]
  /// Lists that had to be copied to stand in a row, by their first copy.
  private var copies: [ArraySlice<Int32>: Form.Location] = [:]

  /// - Parameters:
  ///   - live: which terms the outputs depend on.
  ///   - laneSlots, uniformSlots: how many slots the leaves take.
  ///   - leaf: where the number of an input or a parameter stands.
  init(
    _ terms: Terms, live: [Bool], laneSlots: Int32, uniformSlots: Int32,
    leaf: (Terms.Term) -> Form.Location
  ) {
    self.terms = terms
    locations = Array(filledWith: Form.Location(-1, .uniform), count: terms.count)
    self.laneSlots = laneSlots
    self.uniformSlots = uniformSlots
    constants = Array(room: terms.constants.count)
    laneInstructions = []
    for id in 0..<terms.count {
      let term = terms[Int32(id)]
      switch term.opcode {
      case .input, .parameter: locations[id] = leaf(term)
      case .constant where live[id]:
        locations[id].slot = self.uniformSlots
        constants.append(Form.Constant(slot: self.uniformSlots, number: terms.number(Int32(id))!))
        self.uniformSlots += 1
      default: break
      }
    }
    let levels = levels(live)
    var operations = sorted(by: levels)
    // Each level has an instruction at least; to move them while they grow would cost most.
    laneInstructions = Array(room: Int(levels.max() ?? 0))
    var start = 0
    while start < operations.count {
      let first = operations[start]
      let end =
        operations[start...].firstIndex {
          levels[Int($0)] != levels[Int(first)] || kind($0) != kind(first)
        } ?? operations.count
      sortByOperands(&operations, start..<end)
      for i in start..<end { emit(operations[i]) }
      start = end
    }
  }

  /// The place of a term's number.
  func location(of id: Int32) -> Form.Location { locations[Int(id)] }

  /// The longest way from a leaf to each operation that is live; 0 for all other terms.
  private func levels(_ live: [Bool]) -> [UInt32] {
    var levels = [UInt32](filledWith: 0, count: terms.count)
    for id in 0..<Int32(terms.count) where live[Int(id)] && terms[id].count > 0 {
      var level: UInt32 = 0
      for i in terms.operandRange(of: id) { level = max(level, levels[Int(terms.operands[i])]) }
      levels[Int(id)] = level + 1
    }
    return levels
  }

  /// The operations by level and, within a level, by kind; else as recorded.
  private func sorted(by levels: [UInt32]) -> [Int32] {
    var operations = [Int32](room: terms.count)
    for id in 0..<Int32(terms.count) where levels[Int(id)] > 0 { operations.append(id) }
    return stableSorted(stableSorted(operations, by: kind)) { levels[Int($0)] }
  }

  private func kind(_ id: Int32) -> UInt32 {
    UInt32(terms[id].isUniform ? 0 : 1) << 16 | terms[id].opcode.code
  }

  /// Puts a group in the order that leaves the fewest instructions when neighbours join.
  ///
  /// Lists are sorted by the first slot of what differs from lane to lane, then by the first slot of
  /// the rest: so the neurons of a layer come together. Operations on two numbers are sorted by
  /// their operands, or stay as recorded, or are sorted by how far these are from each other: the
  /// latter keeps together what is done to two vectors number by number, whatever else is done to
  /// either.
  private func sortByOperands(_ operations: inout [Int32], _ group: Range<Int>) {
    if group.count == 1 { return }
    let pairs = operations[group].map { id -> SIMD2<Int64> in
      let list = terms.operandRange(of: id)
      let first = terms.operands[list.lowerBound]
      let other = terms.operands[list.lowerBound + list.count / 2]
      return SIMD2(key(locations[Int(first)]), key(locations[Int(other)]))
    }
    let recorded = operations[group]
    guard case .binary = terms[operations[group.lowerBound]].opcode else {
      let order = stableOrder(of: pairs.indices) {
        let list = terms.operandRange(of: recorded[group.lowerBound + $0])
        let isUniform = terms[terms.operands[list.lowerBound]].isUniform
        return isUniform ? SIMD2(pairs[$0].y, pairs[$0].x) : pairs[$0]
      }
      operations.replaceSubrange(group, with: order.lazy.map { recorded[group.lowerBound + $0] })
      return
    }
    // Of orders as good, the one whose numbers go forwards.
    var (best, fewest) = (Array(pairs.indices), Int.max)
    let keys: [((Int) -> SIMD2<Int64>)?] = [
      { pairs[$0] }, nil, { SIMD2(pairs[$0].y - pairs[$0].x, pairs[$0].x) },
    ]
    for key in keys where fewest > 1 {
      let order = key.map { stableOrder(of: pairs.indices, by: $0) } ?? Array(pairs.indices)
      let count = runs(of: order.map { pairs[$0] })
      if count < fewest { (best, fewest) = (order, count) }
    }
    operations.replaceSubrange(group, with: best.lazy.map { recorded[group.lowerBound + $0] })
  }

  /// How many runs there are in which both operands go on by one step each.
  private func runs(of pairs: [SIMD2<Int64>]) -> Int {
    var count = 1
    var step: SIMD2<Int64>?
    for (last, next) in zip(pairs, pairs.dropFirst()) {
      if step == nil {
        step = next &- last
      } else if step != next &- last {
        count += 1
        step = nil
      }
    }
    return count
  }

  /// The places in the order of their keys, equal ones as they were; in linear time if they are.
  private func stableOrder(of places: Range<Int>, by key: (Int) -> SIMD2<Int64>) -> [Int] {
    func isBefore(_ x: SIMD2<Int64>, _ y: SIMD2<Int64>) -> Bool {
      x.x != y.x ? x.x < y.x : x.y < y.y
    }
    let keys = places.map(key)
    if zip(keys, keys.dropFirst()).allSatisfy({ !isBefore($1, $0) }) { return Array(places) }
    return places.sorted {
      isBefore(keys[$0], keys[$1]) || (keys[$0] == keys[$1] && $0 < $1)
    }
  }

  private func key(_ location: Form.Location) -> Int64 {
    Int64(location.space.rawValue) << 32 + Int64(location.slot)
  }

  private mutating func emit(_ id: Int32) {
    let term = terms[id]
    let list = terms.operandRange(of: id)
    let space: Instruction.Space = term.isUniform ? .uniform : .lane
    var instruction: Instruction
    func listed(_ opcode: Opcode, _ a: Instruction.Operand, count: Int) -> Instruction {
      Instruction(
        opcode: opcode, counts: Instruction.Axes(1, 1, Int32(count)),
        result: Instruction.Operand(0, space), a: a)
    }
    switch term.opcode {
    case .nary(.dot):
      let pairs = list.count / 2
      let bias = list.count % 2 == 1 ? terms.operands[list.upperBound - 1] : nil
      var first = list.lowerBound..<list.lowerBound + pairs
      var second = first.upperBound..<first.upperBound + pairs
      // The uniform factors, if either list is uniform throughout, come first.
      if self.isUniform(second) { swap(&first, &second) }
      instruction = listed(.contract, operand(first), count: pairs)
      instruction.b = operand(second)
      if let bias { instruction.c = single(bias) }
    case .nary(.sum):
      instruction = listed(.contract, operand(list), count: list.count)
    case .nary(.lookup):
      let table = list.dropFirst()
      instruction = listed(.gather, single(terms.operands[list.lowerBound]), count: table.count)
      instruction.b = operand(table)
    case .nary(.select), .unary, .binary:
      instruction = listed(term.opcode, single(terms.operand(0, of: id)), count: 1)
      if list.count > 1 { instruction.b = single(terms.operand(1, of: id)) }
      if list.count > 2 { instruction.c = single(terms.operand(2, of: id)) }
    default:
      instruction = listed(term.opcode, operand(list), count: list.count)
    }
    append(instruction, resultOf: id)
  }

  /// Where the number of one term stands.
  private func single(_ id: Int32) -> Instruction.Operand {
    let location = locations[Int(id)]
    return Instruction.Operand(location.slot, location.space)
  }

  private func isUniform(_ list: Range<Int>) -> Bool {
    list.allSatisfy { terms[terms.operands[$0]].isUniform }
  }

  /// Where the numbers of a list stand, after copying them if they do not stand in a row.
  private mutating func operand(_ list: Range<Int>) -> Instruction.Operand {
    guard !list.isEmpty else { return .none }
    let first = locations[Int(terms.operands[list.lowerBound])]
    var stride: Int32 = 0
    if list.count > 1 {
      stride = locations[Int(terms.operands[list.lowerBound + 1])].slot - first.slot
    }
    var (expected, isRow) = (first.slot, true)
    for i in list {
      let location = locations[Int(terms.operands[i])]
      isRow = isRow && location.slot == expected && location.space == first.space
      // Lists that are no rows may lead beyond all slots.
      expected &+= stride
    }
    if isRow {
      return Instruction.Operand(
        first.slot, first.space, strides: Instruction.Axes(0, 0, stride))
    }
    let copy = copied(list, in: isUniform(list) ? .uniform : .lane)
    return Instruction.Operand(copy.slot, copy.space, strides: Instruction.Axes(0, 0, 1))
  }

  /// The slot of the first of neighbouring copies of a list.
  private mutating func copied(
    _ list: Range<Int>, in space: Instruction.Space
  ) -> Form.Location {
    if let known = copies[terms.operands[list]] { return known }
    let first = Form.Location(space == .uniform ? uniformSlots : laneSlots, space)
    let sources = list.map { locations[Int(terms.operands[$0])] }
    for place in orderOfCopies(from: sources) {
      let source = sources[place]
      var copy = Instruction(
        opcode: .contract, result: Instruction.Operand(first.slot + Int32(place), space),
        a: Instruction.Operand(source.slot, source.space))
      copy.origin = copy.result.base
      if space == .uniform {
        uniformInstructions.append(copy)
      } else {
        laneInstructions.append(copy)
      }
    }
    if space == .uniform {
      uniformSlots += Int32(list.count)
    } else {
      laneSlots += Int32(list.count)
    }
    copies[terms.operands[list]] = first
    return first
  }

  /// The places of a list as they stand, or by where their numbers come from, whichever leaves fewer
  /// instructions when neighbours join: a list that takes from several vectors in turn is copied
  /// vector by vector.
  private func orderOfCopies(from sources: [Form.Location]) -> [Int] {
    let given = Array(sources.indices)
    let sorted = given.sorted { (key(sources[$0]), $0) < (key(sources[$1]), $1) }
    func runs(_ order: [Int]) -> Int {
      var (count, step) = (1, SIMD2<Int>?.none)
      for (last, next) in zip(order, order.dropFirst()) {
        let difference = SIMD2(
          Int(sources[next].slot) - Int(sources[last].slot), next - last)
        if step == nil {
          step = difference
        } else if step != difference {
          count += 1
          step = nil
        }
      }
      return count
    }
    return runs(sorted) < runs(given) ? sorted : given
  }

  private mutating func append(_ next: Instruction, resultOf id: Int32) {
    locations[Int(id)] = append(next)
  }

  /// Gives an instruction a slot for its result, the next one.
  private mutating func append(_ instruction: Instruction) -> Form.Location {
    var next = instruction
    next.result.strides.rows = 1
    if next.isUniform {
      next.result.base = uniformSlots
      uniformSlots += 1
      next.origin = next.result.base
      uniformInstructions.append(orJoin: next)
    } else {
      next.result.base = laneSlots
      laneSlots += 1
      next.origin = next.result.base
      laneInstructions.append(orJoin: next)
    }
    return Form.Location(next.result.base, next.result.space)
  }
}

/// The items in the order of their keys, equal ones as they were; by counting, in linear time.
private func stableSorted(_ items: [Int32], by key: (Int32) -> UInt32) -> [Int32] {
  guard let largest = items.lazy.map(key).max() else { return items }
  var starts = [Int32](filledWith: 0, count: Int(largest) + 2)
  for item in items { starts[Int(key(item)) + 1] += 1 }
  for i in 1..<starts.count { starts[i] += starts[i - 1] }
  var result = [Int32](filledWith: 0, count: items.count)
  for item in items {
    let place = Int(key(item))
    result[Int(starts[place])] = item
    starts[place] += 1
  }
  return result
}
