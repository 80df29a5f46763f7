import Leibniz
import LeibnizTools

/// The points with the fitted curve, and how far each method was above the minimum.
func picture(_ points: Points, _ runs: [Run], best: [Double]) -> Figure {
  let (first, last) = (points.t.min()!, points.t.max()!)
  let times = (0...400).map { first + (last - first) * Double($0) / 400 }
  var curve = Plot("Fit", x: Plot.Axis("t"), y: Plot.Axis("y"))
  curve.points(x: points.t, y: points.y, label: "points", color: .gray, radius: 2)
  curve.line(
    x: times, y: times.map { DampedOscillation.value(best, at: $0) }, label: "fit", color: .blue)

  let least = runs.map { $0.sums.last! }.min()!
  var descent = Plot(
    "Sum of squares above its minimum", x: Plot.Axis("step"), y: Plot.Axis(scale: .logarithmic))
  for run in runs {
    descent.line(run.sums.prefix(31).map { $0 - least }, label: run.name)
  }
  return Figure(curve, descent)
}
