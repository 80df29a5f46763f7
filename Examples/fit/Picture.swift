import Leibniz
import LeibnizTools

/// The points with the fitted curve, and how far each method was above the minimum.
func picture(_ points: Points, _ runs: [Run], best: [Double]) -> SVGFigure {
  let (first, last) = (points.t.min()!, points.t.max()!)
  let times = (0...400).map { first + (last - first) * Double($0) / 400 }
  var curve = SVGPlot("Fit", x: SVGPlot.Axis("t"), y: SVGPlot.Axis("y"))
  curve.addPoints(x: points.t, y: points.y, label: "points", color: .gray, radius: 2)
  curve.addLine(
    x: times, y: times.map { DampedOscillation.value(best, at: $0) }, label: "fit", color: .blue)

  let least = runs.map { $0.sums.last! }.min()!
  var descent = SVGPlot(
    "Sum of squares above its minimum", x: SVGPlot.Axis("step"),
    y: SVGPlot.Axis(scale: .logarithmic))
  for run in runs {
    descent.addLine(run.sums.prefix(31).map { $0 - least }, label: run.name)
  }
  return SVGFigure(curve, descent)
}
