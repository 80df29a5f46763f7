import Leibniz

/// The scale of a heat map's colours, beside the chart, with numbers.
struct ColorBar {
  private let map: HeatMap
  private let height: Double
  private let ticks: [(place: Double, text: String)]

  /// `nil` for a layer that has no scale of colours, or no name for it.
  init?(_ layer: SVGPlot.Layer, height: Double) {
    guard case .cells(let map) = layer, !map.label.isEmpty, !map.colors.isOfClasses else {
      return nil
    }
    self.map = map
    self.height = height
    let axis = SVGPlot.Axis(range: map.range)
    ticks = AxisLayout(axis, marks: [], edges: [], pixels: height, isVertical: true)
      .ticks(spacing: 40)
  }

  private static let barWidth = 12.0

  private var textWidth: Double { (ticks.map { SVG.width(of: $0.text) }.max() ?? 0).rounded(.up) }

  /// All that it takes beside the chart.
  var width: Double { 12 + ColorBar.barWidth + 6 + textWidth + 16 }

  func drawing() -> SVG {
    var svg = SVG()
    let shades = map.colors.samples(map.range, count: Int(max(height / 4, 1)))
    for (i, color) in shades.enumerated() {
      guard let color else { continue }
      func edge(_ i: Int) -> Double { (height * (1 - Double(i) / Double(shades.count))).rounded() }
      let place = SVG.Rectangle(
        x: 0, y: edge(i + 1), width: ColorBar.barWidth, height: edge(i) - edge(i + 1))
      svg.rectangles([place], fill: color)
    }
    let right = ColorBar.barWidth
    svg.path(ticks.map { [(right, $0.place), (right + 3, $0.place)] }, stroke: .gray)
    for tick in ticks { svg.text(tick.text, x: right + 6, y: tick.place, anchor: .start) }
    svg.text(map.label, x: right + 6 + textWidth + 10, y: height / 2, turned: true)
    return svg
  }
}
