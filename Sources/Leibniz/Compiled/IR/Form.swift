/// A program as instructions: the form that passes turn into other forms, its derivatives among them.
///
/// A run computes what is uniform first, then the lanes, block by block, and in the end what depends
/// on totals over the lanes.
struct Form: Sendable {
  /// Uniform instructions before the lanes.
  var prologue: [Instruction] = []
  /// Instructions for each block of lanes. What they add to uniform slots are totals over the lanes.
  var lanes: [Instruction] = []
  /// Uniform instructions after the lanes.
  var epilogue: [Instruction] = []
  /// The three lists, in the order in which they run.
  var lists: [[Instruction]] {
    get { [prologue, lanes, epilogue] }
    set { (prologue, lanes, epilogue) = (newValue[0], newValue[1], newValue[2]) }
  }
  /// How many slots hold a number for each lane; the inputs come first.
  var laneSlots: Int32
  /// How many slots hold one number; the parameters come first.
  var uniformSlots: Int32
  var constants: [Constant] = []
  var ports: Ports
  var customOperations: [CustomOutput] = []
  /// The uniform slots that each group of blocks has of its own, and that are zero at first.
  var totals: Range<Int32> = 0..<0

  /// A slot that holds a number from the beginning.
  struct Constant: Sendable {
    var slot: Int32
    let number: Double
  }

  /// Where a run puts numbers in and takes them out.
  struct Ports: Sendable {
    /// The inputs' numbers for each lane.
    var inputs: Range<Int32>
    /// The numbers of the parameters.
    var parameters: Range<Int32>
    /// The derivative of what is differentiated by each output, for each lane.
    var seeds: Range<Int32>?
    /// How the inputs change, for each lane, in forward mode.
    var inputDirections: Range<Int32>?
    /// How the parameters change in forward mode.
    var parameterDirections: Range<Int32>?
    var outputs: [Location]
    /// Derivatives by the inputs, for each lane.
    var inputGradients: Range<Int32>?
    /// Derivatives by the parameters: totals over the lanes.
    var parameterGradients: Range<Int32>?
    /// The total over the lanes of the first output times its seed.
    var loss: Int32?
  }

  /// One slot.
  struct Location: Sendable, Hashable {
    var slot: Int32
    var space: Instruction.Space
    var isUniform: Bool { space == .uniform }

    init(_ slot: Int32, _ space: Instruction.Space) {
      self.slot = slot
      self.space = space
    }
  }

  /// Calls `body` for each range of slots that must stay together, with what space it is in.
  func forEachPort(_ body: (Range<Int32>, Instruction.Space) -> Void) {
    body(ports.inputs, .lane)
    body(ports.parameters, .uniform)
    if let range = ports.seeds { body(range, .lane) }
    if let range = ports.inputDirections { body(range, .lane) }
    if let range = ports.parameterDirections { body(range, .uniform) }
    forEachResult(body)
  }

  /// Calls `body` for each range of slots that a run hands out.
  func forEachResult(_ body: (Range<Int32>, Instruction.Space) -> Void) {
    for output in ports.outputs { body(output.slot..<output.slot + 1, output.space) }
    if let range = ports.inputGradients { body(range, .lane) }
    if let range = ports.parameterGradients { body(range, .uniform) }
    if let loss = ports.loss { body(loss..<loss + 1, .uniform) }
  }

  /// Calls `body` for each range of slots that a run fills before its instructions.
  func forEachSource(_ body: (Range<Int32>, Instruction.Space) -> Void) {
    body(ports.inputs, .lane)
    body(ports.parameters, .uniform)
    if let range = ports.seeds { body(range, .lane) }
    if let range = ports.inputDirections { body(range, .lane) }
    if let range = ports.parameterDirections { body(range, .uniform) }
    for constant in constants { body(constant.slot..<constant.slot + 1, .uniform) }
  }
}

extension Form {
  mutating func newLaneSlots(_ count: Int32) -> Int32 {
    laneSlots += count
    return laneSlots - count
  }

  mutating func newUniformSlots(_ count: Int32) -> Int32 {
    uniformSlots += count
    return uniformSlots - count
  }

  mutating func newSlots(_ count: Int32, in space: Instruction.Space) -> Int32 {
    space == .uniform ? newUniformSlots(count) : newLaneSlots(count)
  }
}
