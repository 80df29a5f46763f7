import Leibniz

/// A computation graph laid out to be drawn: a box for every value, a circle for every operation.
///
/// The same boxes and circles as ``Value/graphviz()`` writes, laid out in layers from left to right.
package struct GraphPicture {
  /// What is drawn: first the values in the order of the listing, each behind its operation's circle.
  package let listing: GraphListing
  /// The texts of each value's box, side by side.
  package let fields: [[String]]
  /// The centre of each value's box.
  package private(set) var boxes: [LayeredLayout.Point] = []
  /// The centre of each operation's circle or capsule; `nil` for leaves.
  package private(set) var circles: [LayeredLayout.Point?] = []
  /// For each value, the way from its operation to its box; `nil` for leaves.
  package private(set) var results: [[LayeredLayout.Point]?] = []
  /// For each value, the ways from its children's boxes to its operation, in order.
  package private(set) var operands: [[[LayeredLayout.Point]]] = []
  /// The size of the whole.
  package let size: LayeredLayout.Size

  package static let boxHeight = 26.0
  package static let circleHeight = 26.0
  /// The least width of a box whose texts are stacked, and the height of each of them.
  package static let stackedWidth = 96.0
  package static let stackedHeight = 17.0
  /// The room between layers where boxes are stacked: what flows along an edge is written there.
  package static let stackedGap = 64.0
  /// The room that a character takes in the font of the texts, and what each text has around it.
  package static let characterWidth = 6.7
  package static let padding = 7.0

  /// - Parameter isStacked: whether the texts of a box stand below each other, which makes boxes
  ///   narrow, and not side by side.
  package init(_ output: Value, isStacked: Bool = false) {
    let listing = GraphListing(output)
    self.listing = listing
    fields = listing.entries.map { $0.recordFields }
    var sizes: [LayeredLayout.Size] = []
    var edges: [(from: Int, to: Int)] = []
    var boxOf: [Int] = []
    for (entry, fields) in zip(listing.entries, fields) {
      if let caption = entry.caption {
        for child in entry.children { edges.append((boxOf[child], sizes.count)) }
        edges.append((sizes.count, sizes.count + 1))
        sizes.append(
          LayeredLayout.Size(
            width: GraphPicture.circleWidth(caption), height: GraphPicture.circleHeight))
      }
      boxOf.append(sizes.count)
      let widths = fields.map(GraphPicture.width(of:))
      sizes.append(
        isStacked
          ? LayeredLayout.Size(
            width: max(widths.max() ?? 0, GraphPicture.stackedWidth),
            height: GraphPicture.stackedHeight * Double(fields.count))
          : LayeredLayout.Size(
            width: widths.reduce(0, +), height: GraphPicture.boxHeight))
    }
    let layout = LayeredLayout(
      sizes, edges: edges, layerGap: isStacked ? GraphPicture.stackedGap : 34)
    size = layout.size
    var edge = 0
    for (index, entry) in listing.entries.enumerated() {
      boxes.append(layout.centers[boxOf[index]])
      let isOperation = entry.caption != nil
      circles.append(isOperation ? layout.centers[boxOf[index] - 1] : nil)
      operands.append(Array(layout.paths[edge..<edge + entry.children.count]))
      edge += entry.children.count
      results.append(isOperation ? layout.paths[edge] : nil)
      if isOperation { edge += 1 }
    }
  }

  /// The width of a box's text with the room around it.
  package static func width(of text: String) -> Double {
    2 * padding + characterWidth * Double(text.unicodeScalars.count)
  }

  /// The width of an operation's circle; a long name makes it a capsule.
  package static func circleWidth(_ caption: String) -> Double {
    max(circleHeight, width(of: caption))
  }
}

extension GraphListing.Entry {
  /// The texts of a value's box: its label, its number and its gradient.
  var recordFields: [String] {
    var fields = ["data \(value.data.text(places: 4))"]
    if !value.isConstant { fields.append("grad \(value.grad.text(places: 4))") }
    return value.label.isEmpty ? fields : [value.label] + fields
  }
}

extension GraphPicture {
  /// A path in SVG's language that goes through the points, level where it meets them.
  package static func curve(_ points: [LayeredLayout.Point]) -> String {
    var text = "M\(coordinate(points[0].x)) \(coordinate(points[0].y))"
    for (p, q) in zip(points, points.dropFirst()) {
      if p.y == q.y {
        text += "H\(coordinate(q.x))"
      } else {
        let middle = coordinate((p.x + q.x) / 2)
        text += "C\(middle) \(coordinate(p.y)) \(middle) \(coordinate(q.y))"
        text += " \(coordinate(q.x)) \(coordinate(q.y))"
      }
    }
    return text
  }

  /// A coordinate to a hundredth of a pixel.
  static func coordinate(_ x: Double) -> String { ((x * 100).rounded() / 100 + 0).shortText }
}
