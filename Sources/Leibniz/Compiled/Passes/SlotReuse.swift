/// Gives slots whose numbers are no longer needed to later results, so that a block of lanes with its
/// values, cotangents and tangents takes less memory, and more of it fits the cache. Slots that are
/// not used at all go, and totals over the lanes come to stand together at the end.
///
/// Slots that an operand reaches over stay together: they move as one region.
struct SlotReuse {
  /// - Parameter keepsLanes: whether each result keeps slots of its own.
  static func applied(to form: Form, keepsLanes: Bool) -> Form {
    var form = form
    let lanes = Regions(form, .lane)
    let uniform = Regions(form, .uniform)
    let lanePlaces = keepsLanes ? lanes.places : lanes.placesByLife(form)
    let uniformPlaces = uniform.placesByKind(form)
    form.move { space in
      space == .lane ? { lanes.moved($0, lanePlaces) } : { uniform.moved($0, uniformPlaces.starts) }
    }
    form.laneSlots = lanes.size(lanePlaces)
    form.uniformSlots = uniform.size(uniformPlaces.starts)
    form.totals = uniformPlaces.totals
    return form
  }
}

/// The slots of one space in runs that operands reach over.
private struct Regions {
  let space: Instruction.Space
  /// The region of each slot; −1 for slots that are not used.
  private var regions: [Int32]
  private var bounds: [Range<Int32>] = []

  init(_ form: Form, _ space: Instruction.Space) {
    self.space = space
    let count = Int(space == .lane ? form.laneSlots : form.uniformSlots)
    regions = Array(repeating: -1, count: count)
    var isUsed = [Bool](repeating: false, count: count)
    // How many reach from each slot to the next, as differences.
    var reaching = [Int32](repeating: 0, count: count + 1)
    func note(_ low: Int32, _ high: Int32) {
      isUsed[Int(low)] = true
      isUsed[Int(high)] = true
      reaching[Int(low)] += 1
      reaching[Int(high)] -= 1
    }
    form.forEachExtent(in: space) { _, extent, _ in note(extent.lowerBound, extent.upperBound) }
    form.forEachPort { range, portSpace in
      if portSpace == space && !range.isEmpty { note(range.lowerBound, range.upperBound - 1) }
    }
    if space == .uniform {
      for constant in form.constants where isUsed[Int(constant.slot)] {
        note(constant.slot, constant.slot)
      }
    }
    var reach: Int32 = 0
    var start = 0
    for slot in 0..<count {
      if reach == 0 { start = slot }
      reach += reaching[slot]
      if reach > 0 || isUsed[slot] {
        if start == slot { bounds.append(Int32(slot)..<Int32(slot)) }
        bounds[bounds.count - 1] = Int32(start)..<Int32(slot) + 1
        regions[slot] = Int32(bounds.count - 1)
      }
    }
  }

  func moved(_ slot: Int32, _ places: [Int32]) -> Int32 {
    let region = regions[Int(slot)]
    return region < 0 ? -1 : places[Int(region)] + slot - bounds[Int(region)].lowerBound
  }

  /// Where the regions are.
  var places: [Int32] { bounds.map { $0.lowerBound } }

  func size(_ places: [Int32]) -> Int32 {
    var size: Int32 = 0
    for (place, bounds) in zip(places, bounds) { size = max(size, place + Int32(bounds.count)) }
    return size
  }

  /// Where each region goes if it needs its slots from its first instruction to its last alone.
  func placesByLife(_ form: Form) -> [Int32] {
    var (first, last) = (
      [Int32](repeating: .max, count: bounds.count), [Int32](repeating: -1, count: bounds.count)
    )
    func note(_ slot: Int32, from start: Int32, to end: Int32) {
      let region = Int(regions[Int(slot)])
      first[region] = min(first[region], start)
      last[region] = max(last[region], end)
    }
    form.forEachExtent(in: space) { index, extent, _ in
      note(extent.lowerBound, from: Int32(index), to: Int32(index))
    }
    form.forEachSource { range, source in
      if source == space, let slot = range.first { note(slot, from: -1, to: -1) }
    }
    form.forEachResult { range, result in
      if result == space, let slot = range.first { note(slot, from: .max, to: .max) }
    }
    var places = [Int32](repeating: 0, count: bounds.count)
    var free = FreeSlots()
    let order = (0..<bounds.count).sorted { (first[$0], $0) < (first[$1], $1) }
    // The regions in use, by when they end.
    let endings = (0..<bounds.count).sorted { last[$0] < last[$1] }
    var ended = 0
    for region in order {
      while ended < endings.count && last[endings[ended]] < first[region] {
        let done = endings[ended]
        free.give(places[done]..<places[done] + Int32(bounds[done].count))
        ended += 1
      }
      places[region] = free.take(Int32(bounds[region].count))
    }
    return places
  }

  /// Where each region goes if what is added to by the lanes stands together at the end.
  func placesByKind(_ form: Form) -> (starts: [Int32], totals: Range<Int32>) {
    var isTotal = [Bool](repeating: false, count: bounds.count)
    form.forEachTotal { isTotal[Int(regions[$0])] = true }
    var places = [Int32](repeating: 0, count: bounds.count)
    var next: Int32 = 0
    for (region, bounds) in bounds.enumerated() where !isTotal[region] {
      places[region] = next
      next += Int32(bounds.count)
    }
    let start = next
    for (region, bounds) in bounds.enumerated() where isTotal[region] {
      places[region] = next
      next += Int32(bounds.count)
    }
    return (places, start..<next)
  }
}

/// Runs of free slots, in order.
private struct FreeSlots {
  private var runs: [Range<Int32>] = []
  private var end: Int32 = 0

  /// The first of so many neighbouring slots: of the smallest run that has room, else new ones.
  mutating func take(_ count: Int32) -> Int32 {
    var best: Int?
    for (i, run) in runs.enumerated() where run.count >= count {
      if best == nil || run.count < runs[best!].count { best = i }
      if run.count == count { break }
    }
    if let best {
      let start = runs[best].lowerBound
      runs[best] = start + count..<runs[best].upperBound
      if runs[best].isEmpty { runs.remove(at: best) }
      return start
    }
    if let last = runs.last, last.upperBound == end {
      runs.removeLast()
      end = last.lowerBound + count
      return last.lowerBound
    }
    end += count
    return end - count
  }

  mutating func give(_ run: Range<Int32>) {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].lowerBound < run.lowerBound { low = middle + 1 } else { high = middle }
    }
    runs.insert(run, at: low)
    if low + 1 < runs.count && runs[low].upperBound == runs[low + 1].lowerBound {
      runs[low] = runs[low].lowerBound..<runs[low + 1].upperBound
      runs.remove(at: low + 1)
    }
    if low > 0 && runs[low - 1].upperBound == runs[low].lowerBound {
      runs[low - 1] = runs[low - 1].lowerBound..<runs[low].upperBound
      runs.remove(at: low)
    }
  }
}

extension Form {
  /// Calls `body` with the place of each instruction in a run, the slots that an operand of it
  /// reaches over, and whether it is the result.
  func forEachExtent(
    in space: Instruction.Space, _ body: (Int, ClosedRange<Int32>, Bool) -> Void
  ) {
    var index = 0
    for list in [prologue, lanes, epilogue] {
      for step in list {
        if step.result.space == space {
          body(index, step.result.extent(step.countsOfResult), true)
        }
        for operand in [step.a, step.b] where operand.isPresent && operand.space == space {
          body(index, operand.extent(step.counts), false)
        }
        if step.c.isPresent && step.c.space == space {
          body(index, step.c.extent(step.countsOfThird), false)
        }
        index += 1
      }
    }
  }

  /// Moves every slot.
  mutating func move(_ place: (Instruction.Space) -> (Int32) -> Int32) {
    let (lane, uniform) = (place(.lane), place(.uniform))
    func moved(_ operand: Instruction.Operand) -> Instruction.Operand {
      guard operand.isPresent else { return operand }
      return Instruction.Operand(
        operand.isUniform ? uniform(operand.base) : lane(operand.base), operand.space,
        strides: operand.strides)
    }
    func moved(_ list: inout [Instruction]) {
      for i in list.indices {
        list[i].result = moved(list[i].result)
        list[i].a = moved(list[i].a)
        list[i].b = moved(list[i].b)
        list[i].c = moved(list[i].c)
      }
    }
    moved(&prologue)
    moved(&lanes)
    moved(&epilogue)
    func moved(_ range: Range<Int32>, _ place: (Int32) -> Int32) -> Range<Int32> {
      if range.isEmpty { return 0..<0 }
      let start = place(range.lowerBound)
      return start..<start + Int32(range.count)
    }
    ports.inputs = moved(ports.inputs, lane)
    ports.parameters = moved(ports.parameters, uniform)
    ports.seeds = ports.seeds.map { moved($0, lane) }
    ports.inputDirections = ports.inputDirections.map { moved($0, lane) }
    ports.parameterDirections = ports.parameterDirections.map { moved($0, uniform) }
    ports.inputGradients = ports.inputGradients.map { moved($0, lane) }
    ports.parameterGradients = ports.parameterGradients.map { moved($0, uniform) }
    ports.loss = ports.loss.map(uniform)
    ports.outputs = ports.outputs.map {
      Location($0.isUniform ? uniform($0.slot) : lane($0.slot), $0.space)
    }
    constants = constants.compactMap {
      let slot = uniform($0.slot)
      return slot < 0 ? nil : Constant(slot: slot, number: $0.number)
    }
  }
}
