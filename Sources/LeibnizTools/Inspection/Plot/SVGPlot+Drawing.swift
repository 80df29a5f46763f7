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
    // Whole pixels, so that the edges of cells lie between pixels.
    let left =
      (10 + (yTicks.map { SVG.width(of: $0.text) }.max() ?? 0) + (y.label.isEmpty ? 0 : 18))
      .rounded(.up)
    let top = (title.isEmpty ? 8 : 28) + legend.height
    let bottom: Double = (xTicks.isEmpty ? 8 : 22) + (x.label.isEmpty ? 0 : 16)
    let bar = layers.lazy.compactMap { ColorBar($0, height: height) }.first

    var svg = SVG()
    svg.text(title, x: left + width / 2, y: 13, size: 13, isBold: true)
    svg.group(x: left, y: top - legend.height - 4, legend.drawing())
    svg.inset(
      x: left, y: top, width: width, height: height, drawing(of: layers, horizontal, vertical))
    svg.group(x: left, y: top, axes(xTicks, yTicks))
    if let bar { svg.group(x: (left + width).rounded(.up) + 12, y: top, bar.drawing()) }
    svg.text(x.label, x: left + width / 2, y: top + height + bottom - 9)
    svg.text(y.label, x: 9, y: top + height / 2, turned: true)
    return (svg, (left + width + 16 + (bar?.width ?? 0)).rounded(.up), top + height + bottom)
  }

  private func layout(_ axis: Axis, pixels: Double, isVertical: Bool) -> AxisLayout {
    var marks: [Double] = []
    var edges: [Double] = []
    for layer in layers {
      switch layer {
      case .line(let points, _, _, _, _), .points(let points, _, _, _, _):
        marks += points.filter(\.isFinite).map { isVertical ? $0.y : $0.x }
      case .band(let lower, let upper, _, _):
        marks += (lower + upper).filter(\.isFinite).map { isVertical ? $0.y : $0.x }
      case .bars(let bars, _, _):
        if isVertical {
          edges += [0, 1.04 * (bars.map(\.height).max() ?? 0)]
        } else {
          edges += bars.flatMap { [$0.x.lowerBound, $0.x.upperBound] }
        }
      case .cells(let map):
        let range = isVertical ? map.y : map.x
        edges += [range.lowerBound, range.upperBound]
      case .contours(let contours, _):
        let range = isVertical ? contours.y : contours.x
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
}
