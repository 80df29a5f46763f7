/// The order in which the parameters of a sparse least-squares problem are eliminated: those first that
/// meet the fewest others in residuals, and neighbouring parameters of the same residuals at once.
///
/// Residuals are cliques of the parameters in them. Eliminating some parameters makes one clique of all
/// residuals they are in. In a bundle adjustment points go first, and leave the cameras: the Schur
/// complement.
///
/// - Complexity: about O(entries · residuals of a parameter), and Σ (entries of a clique).
///
/// Source: George and Liu, *The evolution of the minimum degree ordering algorithm*, 1989.
struct EliminationOrder {
  /// A clique: parameters that are eliminated, and those that they leave behind.
  struct Front {
    var pivots: Range<Int>
    /// Groups that are met by the pivots, in the order of elimination.
    var others: [Int]
    /// The residuals that are in no earlier front.
    var residuals: [Int]
    /// The front that all that is left goes to.
    var parent: Int?
  }

  /// The fronts in the order of elimination.
  private(set) var fronts: [Front] = []
  /// The parameters of each group.
  let groups: [Range<Int>]

  init(_ pattern: SparsityPattern) {
    let transposed = pattern.transposed
    var groups: [Range<Int>] = []
    var groupOf = [Int](repeating: 0, count: pattern.columnCount)
    for column in 0..<pattern.columnCount {
      let count = groups.count
      if column > 0 && transposed[column] == transposed[column - 1] {
        groups[count - 1] = groups[count - 1].lowerBound..<column + 1
      } else {
        groups.append(column..<column + 1)
      }
      groupOf[column] = groups.count - 1
    }
    self.groups = groups
    eliminate(pattern, groupOf)
  }

  private mutating func eliminate(_ pattern: SparsityPattern, _ groupOf: [Int]) {
    // Neighbouring residuals of the same groups are one clique.
    var cliques: [[Int]] = []
    var residuals: [[Int]] = []
    var cliquesOf = [[Int]](repeating: [], count: groups.count)
    for row in 0..<pattern.rowCount {
      var members: [Int] = []
      for column in pattern[row] where members.last != groupOf[column] {
        members.append(groupOf[column])
      }
      if members.isEmpty { continue }
      if cliques.last == members {
        residuals[cliques.count - 1].append(row)
      } else {
        for group in members { cliquesOf[group].append(cliques.count) }
        cliques.append(members)
        residuals.append([row])
      }
    }
    // The front that made each clique.
    var makers = [Int?](repeating: nil, count: cliques.count)
    var isLive = [Bool](repeating: true, count: cliques.count)
    // What a parameter meets at the most.
    func degree(_ group: Int, _ sizes: [Int]) -> Int {
      cliquesOf[group].reduce(0) { $0 + sizes[$1] }
    }
    var sizes = cliques.map { $0.reduce(0) { $0 + groups[$1].count } }
    var queue = PlacesByDegree(groups.indices.map { degree($0, sizes) })
    var positions = [Int](repeating: -1, count: groups.count)
    var marks = [Int](repeating: -1, count: groups.count)
    while let pivot = queue.removeLeast() {
      var front = Front(pivots: groups[pivot], others: [], residuals: [], parent: nil)
      let number = fronts.count
      positions[pivot] = number
      marks[pivot] = number
      for clique in cliquesOf[pivot] {
        isLive[clique] = false
        front.residuals += residuals[clique]
        if let maker = makers[clique] { fronts[maker].parent = number }
        for group in cliques[clique] where marks[group] != number {
          marks[group] = number
          front.others.append(group)
        }
        (cliques[clique], residuals[clique]) = ([], [])
      }
      let clique = cliques.count
      cliques.append(front.others)
      sizes.append(front.others.reduce(0) { $0 + groups[$1].count })
      residuals.append([])
      makers.append(number)
      isLive.append(true)
      for group in front.others {
        cliquesOf[group].removeAll { !isLive[$0] }
        cliquesOf[group].append(clique)
        queue.set(group, degree(group, sizes))
      }
      fronts.append(front)
    }
    for number in fronts.indices {
      fronts[number].others.sort { positions[$0] < positions[$1] }
    }
  }
}

/// Numbers by their degrees, of which the least is taken.
private struct PlacesByDegree {
  private var degrees: [Int]
  private var buckets: [[Int]] = []
  private var least = 0

  init(_ degrees: [Int]) {
    self.degrees = degrees
    for (place, degree) in degrees.enumerated() { insert(place, degree) }
  }

  private mutating func insert(_ place: Int, _ degree: Int) {
    while buckets.count <= degree { buckets.append([]) }
    buckets[degree].append(place)
    least = min(least, degree)
  }

  mutating func set(_ place: Int, _ degree: Int) {
    if degrees[place] == degree { return }
    degrees[place] = degree
    insert(place, degree)
  }

  mutating func removeLeast() -> Int? {
    while least < buckets.count {
      // Entries of former degrees stay behind.
      if let place = buckets[least].popLast() {
        if degrees[place] != least { continue }
        degrees[place] = -1
        return place
      }
      least += 1
    }
    return nil
  }
}
