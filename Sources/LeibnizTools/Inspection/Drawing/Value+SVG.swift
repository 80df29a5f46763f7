import Leibniz

extension Value {
  /// The graph below this value as the text of an SVG file.
  ///
  /// ```swift
  /// let a = Value(2, label: "a"), b = Value(-3, label: "b")
  /// (a * b).svg()  // "<svg xmlns='http://www.w3.org/2000/svg' width='…
  /// ```
  ///
  /// The same boxes and circles as ``graphviz()`` describes, laid out in layers from left to right by
  /// the library itself; the colours follow the viewer's light or dark theme. Made for graphs of up to
  /// some hundreds of nodes, for which it takes a fraction of a second.
  ///
  /// - Complexity: O((nodes + edges · layers) · log) for each of some 40 sweeps over the graph.
  public func svg() -> String { GraphPicture(self).svg }
}

extension GraphPicture {
  private static let margin = 8.0

  /// The whole file.
  fileprivate var svg: String {
    let margin = GraphPicture.margin
    let (width, height) = (size.width + 2 * margin, size.height + 2 * margin)
    var parts = [
      "<svg xmlns='http://www.w3.org/2000/svg' width='\(n(width))' height='\(n(height))' "
        + "viewBox='\(n(-margin)) \(n(-margin)) \(n(width)) \(n(height))'>",
      GraphPicture.style,
    ]
    for index in listing.entries.indices {
      for path in operands[index] { parts.append(curve(path)) }
      if let path = results[index] { parts.append(curve(path)) }
    }
    for (index, entry) in listing.entries.enumerated() {
      if let caption = entry.caption, let center = circles[index] {
        parts.append(capsule(caption, center))
      }
      parts.append(box(fields[index], boxes[index]))
    }
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }

  private static let style = """
    <style>
    text { font: 11px ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; fill: #222 }
    rect { fill: #fff; stroke: #555 } path { fill: none; stroke: #555 }
    path.arrow { marker-end: url(#tip) } #tip path { fill: #555; stroke: none }
    @media (prefers-color-scheme: dark) {
    svg { background: #16181d } text { fill: #e6e6e6 } rect { fill: #23262d; stroke: #9aa0aa }
    path { stroke: #9aa0aa } #tip path { fill: #9aa0aa } }
    </style>
    <marker id='tip' viewBox='0 0 8 8' refX='7.5' refY='4' markerWidth='7' markerHeight='7' \
    orient='auto'><path d='M0 0.5L8 4L0 7.5z'/></marker>
    """

  /// A box with its texts side by side, and lines between them.
  private func box(_ texts: [String], _ center: LayeredLayout.Point) -> String {
    let height = GraphPicture.boxHeight
    let width = texts.reduce(0) { $0 + GraphPicture.width(of: $1) }
    var left = center.x - width / 2
    let top = center.y - height / 2
    var parts = ["<g>" + rectangle(left, top, width, height, radius: 2)]
    for (place, text) in texts.enumerated() {
      if place > 0 { parts.append("<path d='M\(n(left)) \(n(top))v\(n(height))'/>") }
      let width = GraphPicture.width(of: text)
      parts.append(label(text, left + width / 2, center.y))
      left += width
    }
    return parts.joined() + "</g>"
  }

  private func capsule(_ caption: String, _ center: LayeredLayout.Point) -> String {
    let (width, height) = (GraphPicture.circleWidth(caption), GraphPicture.circleHeight)
    return "<g>"
      + rectangle(
        center.x - width / 2, center.y - height / 2, width, height, radius: height / 2)
      + label(caption, center.x, center.y) + "</g>"
  }

  private func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double
  ) -> String {
    "<rect x='\(n(x))' y='\(n(y))' width='\(n(width))' height='\(n(height))' rx='\(n(radius))'/>"
  }

  private func label(_ text: String, _ x: Double, _ y: Double) -> String {
    "<text x='\(n(x))' y='\(n(y))' dy='.35em'>\(SVG.escaped(text))</text>"
  }

  private func curve(_ points: [LayeredLayout.Point]) -> String {
    "<path class='arrow' d='\(GraphPicture.curve(points))'/>"
  }

  private func n(_ x: Double) -> String { GraphPicture.coordinate(x) }
}
