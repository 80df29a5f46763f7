import Leibniz
import LeibnizTools

func chainRule(picture: String) throws {
  let x = Value(2)
  let u = 3 * x
  let y = u * u
  print("x = \(x.data), u = 3x = \(u.data), y = u² = \(y.data)")  // 2, 6, 36

  let dydu = derivative(at: u.data) { $0 * $0 }
  let dudx = derivative(at: x.data) { 3 * $0 }
  print("∂y/∂u = \(dydu), ∂u/∂x = \(dudx), their product \(dydu * dudx)")  // 12, 3, 36

  y.backward()
  print("∂y/∂x = \(x.grad)")  // 36.0
  guard x.grad == dydu * dudx else {
    fatalError("The links' slopes should multiply to the whole one.")
  }

  func depth(_ layers: Int) -> Double {
    derivative(at: 0.5) { x in (0..<layers).reduce(x) { y, _ in y.sigmoid() } }
  }
  let slopes = (1...20).map(depth)
  print("through 1, 5 and 20 sigmoids: \(slopes[0]), \(slopes[4]), \(slopes[19])")
  guard slopes[19] < 1e-12 else { fatalError("Twenty sigmoids should leave next to nothing.") }

  var plot = SVGPlot(
    "Slopes multiply along a chain", x: SVGPlot.Axis("sigmoids in a row"),
    y: SVGPlot.Axis("∂y/∂x", scale: .logarithmic), width: 520)
  plot.addLine(x: (1...20).map(Double.init), y: slopes, label: "at x = 0.5")
  try SVGFigure(plot).write(to: picture)
}

/// The slope of exp(−x²/2) at 1, factor by factor, and by the library; and those of a longer formula.
func chainRuleSolution() {
  let u = -0.5  // −x²/2 at x = 1, whose slope is −x
  print(exp(u) * -1)  // -0.6065…
  print(derivative(at: 1) { exp(-$0 * $0 / 2) })  // -0.6065…

  // (a + b − (a·b + b³))² / 2 at a = −41, b = 2: with u = 35 the slopes are u (1 − b) and
  // u (1 − a − 3b²).
  let slopes = gradient(at: [-41, 2]) { x in
    let u = x[0] + x[1] - (x[0] * x[1] + x[1] * x[1] * x[1])
    return u * u / 2
  }
  print(slopes)  // [-35.0, 1050.0]
  guard slopes == [-35, 1050] else { fatalError("The slopes should be −35 and 1050.") }
}
