import Leibniz

/// The boxes of each layer in their order from top to bottom, and how high they stand, while a
/// layout is being found.
///
/// Behind the boxes come the *bends*: the places of edges in the layers that they pass.
struct LayerPlaces {
  /// The boxes and bends of each layer, from top to bottom.
  private(set) var layers: [[Int]]
  private(set) var sizes: [LayeredLayout.Size]
  /// The centre of each box and bend.
  private(set) var y: [Double] = []
  /// The bends of each edge.
  private(set) var bends: [[Int]]
  private(set) var height = 0.0
  /// What each box and bend is connected with in the layer before and in the layer behind it.
  private var before: [[Int]]
  private var behind: [[Int]]

  init(
    _ boxes: [LayeredLayout.Size], _ edges: [(from: Int, to: Int)], _ layerOf: [Int]
  ) {
    sizes = boxes
    bends = []
    layers = Array(repeating: [], count: (layerOf.max() ?? 0) + 1)
    before = Array(repeating: [], count: boxes.count)
    behind = before
    for i in boxes.indices { layers[layerOf[i]].append(i) }
    for (from, to) in edges {
      var last = from
      var bendsOfEdge: [Int] = []
      for layer in layerOf[from] + 1..<layerOf[to] {
        let bend = sizes.count
        sizes.append(LayeredLayout.Size(width: 0, height: 0))
        before.append([])
        behind.append([])
        layers[layer].append(bend)
        connect(last, bend)
        bendsOfEdge.append(bend)
        last = bend
      }
      connect(last, to)
      bends.append(bendsOfEdge)
    }
    y = Array(repeating: 0, count: sizes.count)
  }

  private mutating func connect(_ from: Int, _ to: Int) {
    behind[from].append(to)
    before[to].append(from)
  }

  /// Sweeps over the layers to and fro, each time sorting one by the mean place of what its members
  /// are connected with in the layer just sorted; keeps the order with the fewest crossings.
  mutating func sortByBarycenters() {
    var best = layers
    var fewest = crossings
    for sweep in 0..<24 where fewest > 0 {
      let isForward = sweep % 2 == 0
      let order =
        isForward ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
      for layer in order {
        let neighbours = isForward ? before : behind
        let place = places(in: layers[isForward ? layer - 1 : layer + 1])
        let keys = layers[layer].enumerated().map { current, node in
          let connected = neighbours[node]
          return connected.isEmpty
            ? Double(current)
            : connected.reduce(0) { $0 + Double(place[$1] ?? 0) } / Double(connected.count)
        }
        layers[layer] = layers[layer].indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
          .map { layers[layer][$0] }
      }
      let found = crossings
      if found < fewest { (best, fewest) = (layers, found) }
    }
    layers = best
  }

  private func places(in layer: [Int]) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: zip(layer, layer.indices))
  }

  /// How often two edges between neighbouring layers cross.
  private var crossings: Int {
    var count = 0
    for (left, right) in zip(layers, layers.dropFirst()) {
      let place = places(in: right)
      // The edges from top to bottom: each crosses those before it that end further down.
      var ends: [Int] = []
      for node in left {
        let next = behind[node].map { place[$0]! }.sorted()
        for end in next { count += ends.count - firstIndex(above: end, in: ends) }
        ends = merged(ends, next)
      }
    }
    return count
  }

  private func firstIndex(above number: Int, in sorted: [Int]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] > number { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func merged(_ a: [Int], _ b: [Int]) -> [Int] { b.isEmpty ? a : (a + b).sorted() }
}

extension LayerPlaces {
  /// Gives every box and bend its height: again and again, each layer is moved as near to its
  /// neighbours as the room that its members need allows.
  mutating func alignWithNeighbours() {
    for layer in layers {
      var top = 0.0
      for node in layer {
        y[node] = top + sizes[node].height / 2
        top += sizes[node].height + LayeredLayout.boxGap
      }
    }
    for sweep in 0..<12 {
      let order = sweep % 2 == 0 ? Array(layers.indices) : layers.indices.reversed()
      for layer in order { align(layer) }
    }
    let top = sizes.indices.map { y[$0] - sizes[$0].height / 2 }.min() ?? 0
    for i in y.indices { y[i] -= top }
    height = sizes.indices.map { y[$0] + sizes[$0].height / 2 }.max() ?? 0
  }

  /// Minimises Σ (yᵢ − meanᵢ)² over a layer, where meanᵢ is the mean height of what i is connected
  /// with, under the condition that neighbours keep their distance: with the distances taken off,
  /// yᵢ must not fall from one to the next, which is isotonic regression by pooling of neighbours that
  /// are in each other's way.
  ///
  /// Source: Barlow and others, *Statistical inference under order restrictions*, 1972.
  private mutating func align(_ layer: Int) {
    let members = layers[layer]
    var offsets: [Double] = []
    var pools: [(sum: Double, count: Int)] = []
    for (i, node) in members.enumerated() {
      let distance =
        i == 0
        ? 0 : (sizes[members[i - 1]].height + sizes[node].height) / 2 + LayeredLayout.boxGap
      offsets.append((offsets.last ?? 0) + distance)
      let connected = before[node] + behind[node]
      let mean =
        connected.isEmpty
        ? y[node] : connected.reduce(0) { $0 + y[$1] } / Double(connected.count)
      var pool = (sum: mean - offsets[i], count: 1)
      while let last = pools.last, last.sum / Double(last.count) >= pool.sum / Double(pool.count) {
        pool = (pool.sum + last.sum, pool.count + last.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    var i = 0
    for pool in pools {
      for _ in 0..<pool.count {
        y[members[i]] = pool.sum / Double(pool.count) + offsets[i]
        i += 1
      }
    }
  }
}
