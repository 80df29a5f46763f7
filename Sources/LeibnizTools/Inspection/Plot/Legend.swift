import Leibniz

/// The legend between the title and the chart: each labelled layer with a sample of it.
struct Legend {
  private var entries: [(layer: SVGPlot.Layer, text: String, x: Double, row: Int)] = []

  private static let rowHeight = 16.0

  /// Entries from left to right, in as many rows as they need.
  init(_ layers: [SVGPlot.Layer], width: Double) {
    var x = 0.0
    var row = 0
    for layer in layers {
      guard let text = layer.legendText else { continue }
      let needed = layer.sampleWidth + 6 + SVG.width(of: text) + 14
      if x > 0 && x + needed > width {
        x = 0
        row += 1
      }
      entries.append((layer, text, x, row))
      x += needed
    }
  }

  var height: Double {
    entries.last.map { Legend.rowHeight * Double($0.row + 1) } ?? 0
  }

  func drawing() -> SVG {
    var svg = SVG()
    for (layer, text, x, row) in entries {
      let y = Legend.rowHeight * (Double(row) + 0.5)
      let middle = x + layer.sampleWidth / 2
      switch layer {
      case .line(_, _, let color, let style, _):
        svg.path(
          [[(x, y), (x + layer.sampleWidth, y)]], stroke: color, width: 2, style: style)
      case .points(_, _, let color, let marker, _):
        svg.draw(marker, at: (middle, y), 3.5, color)
      case .band(_, _, _, let color):
        let place = SVG.Rectangle(x: x, y: y - 4, width: layer.sampleWidth, height: 8)
        svg.rectangles([place], fill: color.opacity(0.25))
      case .bars(_, _, let color):
        let place = SVG.Rectangle(x: x, y: y - 4, width: layer.sampleWidth, height: 8)
        svg.rectangles([place], fill: color.opacity(0.6))
      case .cells(let map):
        for (i, color) in map.colors.samples(map.range, count: 12).enumerated() {
          guard let color else { continue }
          let place = SVG.Rectangle(x: x + 4 * Double(i), y: y - 4, width: 4, height: 8)
          svg.rectangles([place], fill: color)
        }
      case .contours, .text: break
      }
      svg.text(text, x: x + layer.sampleWidth + 6, y: y, anchor: .start)
    }
    return svg
  }
}

extension SVGPlot.Layer {
  /// What the legend says of the layer; `nil` where it says nothing.
  fileprivate var legendText: String? {
    switch self {
    case .line(_, let label, _, _, _), .points(_, let label, _, _, _),
      .band(_, _, let label, _), .bars(_, let label, _):
      return label.isEmpty ? nil : label
    // Other scales of colours stand beside the chart.
    case .cells(let map): return map.colors.isOfClasses && !map.label.isEmpty ? map.label : nil
    case .contours, .text: return nil
    }
  }

  fileprivate var sampleWidth: Double {
    switch self {
    case .line, .band, .bars: 18
    case .points: 8
    case .cells: 48
    case .contours, .text: 0
    }
  }
}
