/// How the samples of a batch are divided: groups of neighbours, which add up totals of their own, and
/// blocks of a group, which fit the cache. Both depend on the batch alone, so that results do not depend
/// on the number of threads.
struct Partition {
  /// How many lanes a block has at the most.
  let lanes: Int
  let groups: Int
  /// The samples, rounded up to whole vectors.
  private let vectors: Int

  /// - Parameter samples: 1, or any number that is rounded up to a multiple of 8.
  init(of samples: Int, lanes: Int, groups: Int) {
    self.lanes = lanes
    self.groups = groups
    vectors = samples == 1 ? 1 : (samples + 7) / 8
  }

  /// - Parameters:
  ///   - laneSlots: how many numbers a lane needs.
  ///   - work: how many operations a sample takes.
  init(of samples: Int, laneSlots: Int, work: Int) {
    guard samples > 1 else {
      self.init(of: samples, lanes: 1, groups: samples)
      return
    }
    let vectors = (samples + 7) / 8
    let worth = min(Int64(samples) &* Int64(work) / Partition.workWorthGroup, Partition.mostGroups)
    // A power of two, which two or four threads divide.
    var groups = 1
    while 2 * groups <= min(Int(worth), vectors) { groups *= 2 }
    let fitting = Partition.blockBytes / (64 * max(laneSlots, 1))
    let most = max(1, min(fitting, Partition.mostVectors))
    let longest = (vectors + groups - 1) / groups
    let blocks = (longest + most - 1) / most
    // An odd number of vectors, so that neighbouring slots do not fall on one place of the cache: with
    // 256 lanes a network takes three times as long as with 264.
    self.init(of: samples, lanes: 8 * ((longest + blocks - 1) / blocks | 1), groups: groups)
  }

  /// The lanes of a group.
  func lanes(of group: Int) -> Range<Int> {
    if lanes == 1 { return group..<group + 1 }
    return group * vectors / groups * 8..<(group + 1) * vectors / groups * 8
  }

  /// What a block may take of the second-level cache for its values and gradients.
  private static let blockBytes = 1 << 19
  /// Longer rows gain nothing.
  private static let mostVectors = 31
  /// Multiplications, forwards and in reverse, from which a group is worth the totals that it has of
  /// its own, which are added up in the end, and a thread worth waking.
  private static let workWorthGroup: Int64 = 3 << 21
  private static let mostGroups: Int64 = 16
}
