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
