import Leibniz

/// Where the boxes of a directed graph stand when it is drawn in layers, from left to right.
///
/// ```swift
/// let box = LayeredLayout.Size(width: 40, height: 20)
/// let layout = LayeredLayout([box, box, box], edges: [(0, 2), (1, 2)])
/// layout.centers[2].x > layout.centers[0].x  // true
/// ```
///
/// Four steps: every box gets a layer to the right of those it is drawn from; edges that pass a layer
/// get a place in it; each layer is put in an order with few crossings; and each box is moved as near
/// to the boxes it is connected with as its neighbours let it.
///
/// Source: Sugiyama, Tagawa and Toda, *Methods for visual understanding of hierarchical system
/// structures*, 1981.
package struct LayeredLayout {
  /// The size of a box.
  package struct Size {
    package var width: Double
    package var height: Double

    package init(width: Double, height: Double) {
      self.width = width
      self.height = height
    }
  }

  package struct Point: Equatable {
    package var x: Double
    package var y: Double
  }

  /// The centres of the boxes.
  package private(set) var centers: [Point] = []
  /// The points that each edge goes through, from the right side of a box to the left side of another.
  package private(set) var paths: [[Point]] = []
  /// The size of the whole, which begins at (0, 0).
  package private(set) var size = Size(width: 0, height: 0)

  /// The least room between two boxes of a layer.
  package static let boxGap = 14.0

  /// - Parameters:
  ///   - sizes: the room that each box takes.
  ///   - edges: from which box to which; an edge leads from a lower index to a higher one.
  ///   - layerGap: the room between two layers, where edges run.
  /// - Complexity: O(layers · (boxes + edges that pass a layer) · log) for each of some 30 sweeps.
  package init(_ sizes: [Size], edges: [(from: Int, to: Int)], layerGap: Double = 34) {
    guard !sizes.isEmpty else { return }
    let layers = LayeredLayout.layers(count: sizes.count, edges)
    var places = LayerPlaces(sizes, edges, layers)
    places.sortByBarycenters()
    places.alignWithNeighbours()

    var left = 0.0
    let columns = places.layers.map { layer in
      let width = layer.map { places.sizes[$0].width }.max() ?? 0
      defer { left += width + layerGap }
      return (left: left, right: left + width)
    }
    size = Size(width: max(left - layerGap, 0), height: places.height)
    centers = sizes.indices.map { i in
      let column = columns[layers[i]]
      return Point(x: (column.left + column.right) / 2, y: places.y[i])
    }
    paths = edges.indices.map { edge in
      let (from, to) = edges[edge]
      let start = Point(x: centers[from].x + sizes[from].width / 2, y: centers[from].y)
      let end = Point(x: centers[to].x - sizes[to].width / 2, y: centers[to].y)
      let bends = places.bends[edge].enumerated().flatMap { step, bend in
        let column = columns[layers[from] + 1 + step]
        let y = places.y[bend]
        return [Point(x: column.left, y: y), Point(x: column.right, y: y)]
      }
      return [start] + bends + [end]
    }
  }

  /// The longest way from a source to each box; sources stand one layer before the first box that
  /// they lead to.
  private static func layers(count: Int, _ edges: [(from: Int, to: Int)]) -> [Int] {
    var layers = [Int](repeating: 0, count: count)
    var isSource = [Bool](repeating: true, count: count)
    var next = [Int](repeating: .max, count: count)
    for (from, to) in edges.sorted(by: { $0.to < $1.to }) {
      require(from < to, "An edge from box \(from) to box \(to) does not lead onwards.")
      layers[to] = max(layers[to], layers[from] + 1)
      isSource[to] = false
    }
    for (from, to) in edges { next[from] = min(next[from], layers[to]) }
    for i in 0..<count where isSource[i] && next[i] != .max { layers[i] = next[i] - 1 }
    return layers
  }
}
