import Leibniz
import LeibnizTools

/// The points with the fitted curve and its band, and how far each method was above the minimum.
func picture(_ points: Points, _ runs: [Run], _ band: Band) -> SVGFigure {
  var curve = SVGPlot("Fit", x: SVGPlot.Axis("t"), y: SVGPlot.Axis("y"))
  curve.addBand(
    x: band.times, lower: band.lower, upper: band.upper, label: "95 %", color: .orange)
  curve.addPoints(x: points.t, y: points.y, label: "points", color: .gray, radius: 2)
  curve.addLine(x: band.times, y: band.middle, label: "fit", color: .blue)

  let least = runs.map { $0.sums.last! }.min()!
  var descent = SVGPlot(
    "Sum of squares above its minimum", x: SVGPlot.Axis("step"),
    y: SVGPlot.Axis(scale: .logarithmic))
  for run in runs {
    descent.addLine(run.sums.prefix(31).map { $0 - least }, label: run.name)
  }
  return SVGFigure(curve, descent)
}
