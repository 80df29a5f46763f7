/// How the samples of a batch are divided: blocks that fit the cache, and groups of blocks that add
/// up totals of their own. Both depend on the batch alone, so that results do not depend on the
/// number of threads.
struct Partition {
  var lanes = 1
  var blocks: Int
  var groups: Int

  init(lanes: Int, blocks: Int, groups: Int) {
    self.lanes = lanes
    self.blocks = blocks
    self.groups = groups
  }

  /// - Parameters:
  ///   - laneSlots: how many numbers a lane needs.
  ///   - work: how many operations a sample takes.
  init(of samples: Int, laneSlots: Int, work: Int) {
    guard samples > 1 else {
      self.init(lanes: 1, blocks: samples, groups: samples)
      return
    }
    let fitting = Partition.blockBytes / (8 * max(laneSlots, 1)) / 8 * 8
    let most = max(8, min(fitting, Partition.mostLanes))
    let worth = Int64(samples) &* Int64(work) / Partition.workWorthGroup
    let groups = min(max(Int(min(worth, Partition.mostGroups)), 1), (samples + 7) / 8)
    // Groups of as many blocks and blocks of as many lanes, as nearly as lanes of eight allow:
    // threads then finish together.
    let least = ((samples + most - 1) / most + groups - 1) / groups * groups
    // An odd number of vectors, so that neighbouring slots do not fall on one place of the cache: with
    // 256 lanes a network takes three times as long as with 264.
    let lanes = ((samples - 1) / least / 8 + 1 | 1) * 8
    let blocks = (samples + lanes - 1) / lanes
    self.init(lanes: lanes, blocks: blocks, groups: min(groups, blocks))
  }

  /// The blocks of a group; the only one needs no divisions, which a single sample would notice.
  func blocks(of group: Int) -> Range<Int> {
    groups == 1 ? 0..<blocks : group * blocks / groups..<(group + 1) * blocks / groups
  }

  /// What a block may take of the second-level cache for its values and gradients.
  private static let blockBytes = 1 << 19
  /// Longer rows gain nothing.
  private static let mostLanes = 248
  /// Multiplications, forwards and in reverse, from which a group is worth the totals that it has of
  /// its own, which are added up in the end, and a thread worth waking.
  private static let workWorthGroup: Int64 = 3 << 21
  private static let mostGroups: Int64 = 16
}
