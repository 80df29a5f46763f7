/// A graph as a list of instructions: immutable, and free to be run by several tasks at once.
///
/// It computes on plain arrays of parameters, in the order of ``Program/parameters``; a ``Program``
/// binds it to the variables it was recorded from.
public final class CompiledGraph: Sendable {
  /// The number of inputs, the width of a sample.
  public let inputCount: Int
  /// The number of parameters.
  public let parameterCount: Int
  /// The number of outputs.
  public var outputCount: Int { outputs.count }

  let uniformInstructions: [Instruction]
  let laneInstructions: [Instruction]
  let laneSlots: Int
  let uniformSlots: Int
  let constants: [Double]
  let outputs: [Output]
  let customOperations: [CustomOperation]
  let counts: SimplificationCounts
  /// Multiplications and other element operations for each sample, to decide on blocks.
  let work: Int

  /// Where an output stands.
  struct Output: Sendable {
    let slot: Int
    let isUniform: Bool
  }

  init(_ capture: Capture) {
    let fused = SumsOfProducts.fuse(capture.terms, outputs: capture.outputs)
    var terms = fused.terms
    var live = [Bool](repeating: false, count: terms.count)
    for output in fused.outputs { live[Int(output)] = true }
    for id in (0..<Int32(terms.count)).reversed() where live[Int(id)] && terms[id].count > 0 {
      for i in terms.operandRange(of: id) { live[Int(terms.operands[i])] = true }
    }
    terms.noteDead(live.lazy.filter { !$0 }.count)
    let schedule = InstructionSchedule(
      terms, live: live, inputCount: capture.inputCount, parameterCount: capture.parameters.count)
    inputCount = capture.inputCount
    parameterCount = capture.parameters.count
    uniformInstructions = schedule.uniformInstructions
    laneInstructions = schedule.laneInstructions
    laneSlots = schedule.laneSlots
    uniformSlots = schedule.uniformSlots
    constants = schedule.constants
    outputs = fused.outputs.map {
      let (slot, isUniform) = schedule.location(of: $0)
      return Output(slot: slot, isUniform: isUniform)
    }
    customOperations = capture.customOperations
    counts = terms.counts
    work = laneInstructions.reduce(0) { $0 + Int($1.rows) * Int($1.length) }
  }

  /// How the samples of a batch are divided: blocks that fit the cache, and groups of blocks that add
  /// up gradients of their own. Both depend on the batch alone, so that results do not depend on the
  /// number of threads.
  struct Partition {
    var lanes = 1
    var blocks: Int
    var groups: Int

    /// The blocks of a group; the only one needs no divisions, which a single sample would notice.
    func blocks(of group: Int) -> Range<Int> {
      groups == 1 ? 0..<blocks : group * blocks / groups..<(group + 1) * blocks / groups
    }
  }

  func partition(of samples: Int) -> Partition {
    guard samples > 1 else { return Partition(blocks: samples, groups: samples) }
    let fitting = CompiledGraph.blockBytes / (16 * max(laneSlots, 1)) / 8 * 8
    let most = max(8, min(fitting, CompiledGraph.mostLanes))
    let worth = Int64(samples) &* Int64(work) / CompiledGraph.workWorthGroup
    let groups = min(max(Int(min(worth, CompiledGraph.mostGroups)), 1), (samples + 7) / 8)
    // Groups of as many blocks and blocks of as many lanes, as nearly as lanes of eight allow:
    // threads then finish together.
    let least = ((samples + most - 1) / most + groups - 1) / groups * groups
    let lanes = ((samples - 1) / least / 8 + 1) * 8
    let blocks = (samples + lanes - 1) / lanes
    return Partition(lanes: lanes, blocks: blocks, groups: min(groups, blocks))
  }

  /// What a block may take of the second-level cache for its values and gradients.
  private static let blockBytes = 1 << 19
  /// Longer rows gain nothing.
  private static let mostLanes = 256
  /// Multiplications, a fifth of a millisecond, from which a group is worth the gradients that it has
  /// of its own, which are added up in the end, and a thread worth waking.
  private static let workWorthGroup: Int64 = 1 << 21
  private static let mostGroups: Int64 = 16
}
