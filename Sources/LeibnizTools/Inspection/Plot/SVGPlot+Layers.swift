import Leibniz

extension SVGPlot {
  /// The layers over each other, in pixels of the area between the axes.
  func drawing(of layers: [Layer], _ horizontal: AxisLayout, _ vertical: AxisLayout) -> SVG {
    func place(_ point: Point) -> SVG.Point? {
      guard let x = horizontal.place(point.x), let y = vertical.place(point.y) else { return nil }
      return (x, y)
    }
    var svg = SVG()
    // What lies over coloured cells has a light edge, whatever the colours of both.
    var needsEdge = false
    var labels: [SVG.Point] = []
    for layer in layers {
      switch layer {
      case .line(let points, _, let color, let style, let marksEnds):
        // A point without a place breaks the line.
        let parts = points.map(place).split { $0 == nil }.map { $0.compactMap { $0 } }
        if needsEdge { svg.path(parts, stroke: Color.edge, width: 4.4, style: style) }
        svg.path(parts, stroke: color, width: style == .dotted ? 2.4 : 1.6, style: style)
        if marksEnds, let first = parts.first?.first, let last = parts.last?.last {
          svg.ring(at: first, radius: 4, color)
          svg.draw(.circle, at: last, 5.5, Color.edge)
          svg.draw(.circle, at: last, 4, color)
        }
      case .points(let points, _, let color, let marker, let radius):
        for point in points.compactMap(place) {
          if needsEdge { svg.draw(marker, at: point, radius + 1, Color.edge, width: 3.2) }
          svg.draw(marker, at: point, radius, color)
        }
      case .band(let lower, let upper, _, let color):
        let pairs = zip(lower, upper).map { (place($0), place($1)) }
        for part in pairs.split(whereSeparator: { $0.0 == nil || $0.1 == nil }) {
          svg.area(
            part.compactMap(\.0) + part.reversed().compactMap(\.1), fill: color.opacity(0.25))
        }
      case .bars(let bars, _, let color):
        let rectangles = bars.filter { $0.height > 0 }.compactMap { bar in
          rectangle(
            place(Point(x: bar.x.lowerBound, y: bar.height)),
            // On a logarithmic axis there is no 0: bars begin at its end.
            place(Point(x: bar.x.upperBound, y: 0))
              ?? horizontal.place(bar.x.upperBound).map { ($0, height) })
        }
        svg.rectangles(rectangles, fill: color.opacity(0.6))
      case .cells(let map):
        for (color, blocks) in map.blocks {
          let rectangles = blocks.compactMap { block in
            rectangle(
              place(Point(x: block.x.lowerBound, y: block.y.lowerBound)),
              place(Point(x: block.x.upperBound, y: block.y.upperBound)))
          }
          svg.rectangles(rectangles, fill: color)
        }
        needsEdge = true
      case .contours(let contours, let color):
        for level in contours.levels {
          let text = level.text(digits: 4).withMinusSigns
          let lines = contours.lines(at: level).map { $0.compactMap(place) }
          svg.contours(lines, text, color, among: &labels, width: width, height: height)
        }
      case .text(let text, let point, let color, let size):
        guard let (x, y) = place(point) else { continue }
        svg.text(text, x: x, y: y, size: size, color: color)
      }
    }
    return svg
  }

  /// The rectangle between two corners, with its edges between pixels: neighbours leave no gap.
  private func rectangle(_ a: SVG.Point?, _ b: SVG.Point?) -> SVG.Rectangle? {
    guard let a, let b else { return nil }
    let (left, right) = (min(a.x, b.x).rounded(), max(a.x, b.x).rounded())
    let (top, bottom) = (min(a.y, b.y).rounded(), max(a.y, b.y).rounded())
    return SVG.Rectangle(x: left, y: top, width: right - left, height: bottom - top)
  }
}

extension SVGPlot.Color {
  /// What is drawn around lines and points that lie over colours.
  fileprivate static let edge = white.opacity(0.85)
}

extension SVG {
  /// A point of a chart.
  mutating func draw(
    _ marker: SVGPlot.Marker, at point: Point, _ r: Double, _ color: SVGPlot.Color,
    width: Double = 1.6
  ) {
    let (x, y) = point
    switch marker {
    case .circle: circle(x: x, y: y, radius: r, fill: color)
    case .square:
      rectangles([Rectangle(x: x - r, y: y - r, width: 2 * r, height: 2 * r)], fill: color)
    case .cross:
      path(
        [[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]], stroke: color,
        width: width)
    }
  }

  /// The lines of one level, with its text in a gap of the longest one where that has room.
  fileprivate mutating func contours(
    _ lines: [[Point]], _ text: String, _ color: SVGPlot.Color, among labels: inout [Point],
    width: Double, height: Double
  ) {
    let room = SVG.width(of: text, size: 9) / 2 + 3
    func isFree(_ point: Point) -> Bool {
      (room...max(room, width - room)).contains(point.x)
        && (8...max(8, height - 8)).contains(point.y)
        && labels.allSatisfy { distance($0, point) > 2 * room + 6 }
    }
    let longest = lines.max { length($0) < length($1) } ?? []
    let places = [0.5, 0.35, 0.65, 0.2, 0.8].map { longest[at: $0] }
    guard length(longest) > 6 * room, let label = places.compactMap({ $0 }).first(where: isFree)
    else { return path(lines, stroke: color, width: 0.8) }
    labels.append(label)
    let parts = lines.flatMap { line in
      line.split { distance($0, label) < room }.map(Array.init).filter { $0.count > 1 }
    }
    path(parts, stroke: color, width: 0.8)
    self.text(text, x: label.x, y: label.y, size: 9, color: color)
  }
}

private func distance(_ a: SVG.Point, _ b: SVG.Point) -> Double {
  ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
}

private func length(_ line: [SVG.Point]) -> Double {
  zip(line, line.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
}

extension [SVG.Point] {
  /// The point at a fraction of the way along a line.
  fileprivate subscript(at fraction: Double) -> SVG.Point? {
    isEmpty ? nil : self[Swift.min(Int(fraction * Double(count)), count - 1)]
  }
}
