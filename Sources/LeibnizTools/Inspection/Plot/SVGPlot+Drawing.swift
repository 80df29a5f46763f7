import Leibniz

extension SVGPlot {
  /// The chart with its title, legend and axes, and how large it is.
  func drawing() -> (svg: SVG, width: Double, height: Double) {
    require(
      width > 0 && height > 0 && width.isFinite && height.isFinite,
      "A chart cannot be \(width) by \(height) pixels large.")
    let horizontal = layout(x, pixels: width, isVertical: false)
    let vertical = layout(y, pixels: height, isVertical: true)
    let legend = Legend(layers, width: width)
    let (xTicks, yTicks) = (horizontal.ticks(spacing: 60), vertical.ticks(spacing: 40))
    let left =
      10 + (yTicks.map { SVG.width(of: $0.text) }.max() ?? 0) + (y.label.isEmpty ? 0 : 18)
    let top = (title.isEmpty ? 8 : 28) + legend.height
    let bottom: Double = (xTicks.isEmpty ? 8 : 22) + (x.label.isEmpty ? 0 : 16)

    var svg = SVG()
    svg.text(title, x: left + width / 2, y: 13, size: 13, isBold: true)
    svg.group(x: left, y: top - legend.height - 4, legend.drawing())
    svg.inset(
      x: left, y: top, width: width, height: height, drawing(of: layers, horizontal, vertical))
    svg.group(x: left, y: top, axes(xTicks, yTicks))
    svg.text(x.label, x: left + width / 2, y: top + height + bottom - 9)
    svg.text(y.label, x: 9, y: top + height / 2, turned: true)
    return (svg, left + width + 16, top + height + bottom)
  }

  private func layout(_ axis: Axis, pixels: Double, isVertical: Bool) -> AxisLayout {
    var marks: [Double] = []
    var edges: [Double] = []
    for layer in layers {
      switch layer {
      case .line(let points, _, _), .points(let points, _, _, _, _):
        marks += points.filter(\.isFinite).map { isVertical ? $0.y : $0.x }
      case .cells(let map):
        let range = isVertical ? map.y : map.x
        edges += [range.lowerBound, range.upperBound]
      case .text(_, let point, _, _):
        edges.append(isVertical ? point.y : point.x)
      }
    }
    return AxisLayout(axis, marks: marks, edges: edges, pixels: pixels, isVertical: isVertical)
  }

  private func axes(
    _ xTicks: [(place: Double, text: String)], _ yTicks: [(place: Double, text: String)]
  ) -> SVG {
    var svg = SVG()
    if y.isVisible { svg.path([[(0, 0), (0, height)]], stroke: .gray) }
    if x.isVisible { svg.path([[(0, height), (width, height)]], stroke: .gray) }
    svg.path(xTicks.map { [($0.place, height), ($0.place, height + 4)] }, stroke: .gray)
    svg.path(yTicks.map { [(-4, $0.place), (0, $0.place)] }, stroke: .gray)
    for tick in xTicks { svg.text(tick.text, x: tick.place, y: height + 12) }
    for tick in yTicks { svg.text(tick.text, x: -7, y: tick.place, anchor: .end) }
    return svg
  }

  private func drawing(
    of layers: [Layer], _ horizontal: AxisLayout, _ vertical: AxisLayout
  ) -> SVG {
    func place(_ point: Point) -> (x: Double, y: Double)? {
      guard let x = horizontal.place(point.x), let y = vertical.place(point.y) else { return nil }
      return (x, y)
    }
    var svg = SVG()
    for layer in layers {
      switch layer {
      case .line(let points, _, let color):
        // A point without a place breaks the line.
        let parts = points.map(place).split { $0 == nil }.map { $0.compactMap { $0 } }
        svg.path(parts, stroke: color, width: 1.6)
      case .points(let points, _, let color, let marker, let radius):
        for point in points.compactMap(place) { svg.draw(marker, at: point, radius, color) }
      case .cells(let map):
        for (color, blocks) in map.blocks {
          let rectangles = blocks.compactMap { block -> SVG.Rectangle? in
            guard let a = place(Point(x: block.x.lowerBound, y: block.y.lowerBound)),
              let b = place(Point(x: block.x.upperBound, y: block.y.upperBound))
            else { return nil }
            return SVG.Rectangle(
              x: min(a.x, b.x), y: min(a.y, b.y), width: abs(b.x - a.x), height: abs(b.y - a.y))
          }
          svg.rectangles(rectangles, fill: color)
        }
      case .text(let text, let point, let color, let size):
        guard let (x, y) = place(point) else { continue }
        svg.text(text, x: x, y: y, size: size, color: color)
      }
    }
    return svg
  }
}

extension SVG {
  /// A point of a chart.
  mutating func draw(
    _ marker: SVGPlot.Marker, at point: (x: Double, y: Double), _ r: Double, _ color: SVGPlot.Color
  ) {
    let (x, y) = point
    switch marker {
    case .circle: circle(x: x, y: y, radius: r, fill: color)
    case .square:
      rectangles([Rectangle(x: x - r, y: y - r, width: 2 * r, height: 2 * r)], fill: color)
    case .cross:
      path(
        [[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]], stroke: color,
        width: 1.6)
    }
  }
}
