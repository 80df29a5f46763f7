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
      for operand in terms.operands(of: id) { live[Int(operand)] = true }
    }
    terms.noteDead(live.lazy.filter { !$0 }.count)
    let schedule = InstructionSchedule(
      terms, live: live, inputCount: capture.inputCount, parameterCount: capture.parameters.count)
    inputCount = capture.inputCount
    parameterCount = capture.parameters.count
    uniformInstructions = schedule.instructions.filter { $0.isUniform }
    laneInstructions = schedule.instructions.filter { !$0.isUniform }
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
    let lanes: Int
    let blocks: Int
    let groups: Int

    init(_ graph: CompiledGraph, samples: Int) {
      guard samples > 1 else {
        (lanes, blocks, groups) = (1, samples, samples)
        return
      }
      let fitting = max(8, (1 << 19) / (16 * max(graph.laneSlots, 1)) / 8 * 8)
      // Enough blocks for a few threads where there is enough to do for each.
      let sharing = graph.work * samples > 1 << 18 ? max(32, (samples / 4 + 7) / 8 * 8) : 256
      lanes = min(fitting, sharing, (samples + 7) / 8 * 8)
      blocks = (samples + lanes - 1) / lanes
      groups = min(blocks, 8)
    }

    /// The blocks of a group.
    func blocks(of group: Int) -> Range<Int> {
      group * blocks / groups..<(group + 1) * blocks / groups
    }
  }
}
