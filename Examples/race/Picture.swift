import Foundation
import Leibniz
import LeibnizTools

/// The paths over the surface, which is drawn by the logarithm of its height.
func picture(of surface: Surface, _ paths: [[[Double]]]) -> SVGPlot {
  let cells = 90
  func middles(_ range: ClosedRange<Double>) -> [Double] {
    (0..<cells).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * (Double($0) + 0.5) / Double(cells)
    }
  }
  let heights = middles(surface.y).map { y in
    middles(surface.x).map { x in log10(1 + surface.value(at: [x, y])) }
  }
  var plot = SVGPlot(
    surface.name, x: SVGPlot.Axis("x", range: surface.x), y: SVGPlot.Axis("y", range: surface.y),
    width: 400, height: 400)
  plot.addHeatMap(heights, x: surface.x, y: surface.y, label: "log₁₀(1 + f)")
  plot.addContours(heights, x: surface.x, y: surface.y, color: .white)
  for (racer, path) in zip(Racer.allCases, paths) {
    plot.addLine(
      x: path.map { $0[0] }, y: path.map { $0[1] }, label: racer.rawValue, style: racer.style,
      marksEnds: true)
  }
  return plot
}

/// How far above the minimum each is after every step.
func descent(on surface: Surface, _ paths: [[[Double]]]) -> SVGPlot {
  var plot = SVGPlot(
    "Height", x: SVGPlot.Axis("step"),
    y: SVGPlot.Axis("f", range: 1e-12...1e4, scale: .logarithmic),
    width: 400, height: 400)
  for (racer, path) in zip(Racer.allCases, paths) {
    plot.addLine(path.map(surface.value(at:)), label: racer.rawValue, style: racer.style)
  }
  return plot
}

extension Racer {
  fileprivate var style: SVGPlot.LineStyle {
    switch self {
    case .descent, .lbfgs: .solid
    case .momentum, .rmsProp: .dashed
    case .adaGrad, .adam: .dotted
    }
  }
}
