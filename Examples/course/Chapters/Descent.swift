import Leibniz
import LeibnizTools

func descent(picture: String) throws {
  func valley(_ x: Value, _ y: Value) -> Value { x * x + 10 * y * y }

  func path(rate: Double, steps: Int) -> [(x: Double, y: Double, height: Double)] {
    let x = Value(-4), y = Value(1.5)
    return (0...steps).map { _ in
      let height = valley(x, y)
      height.backward()
      let place = (x.data, y.data, height.data)
      for p in [x, y] {
        p.data -= rate * p.grad
        p.zeroGrad()
      }
      return place
    }
  }

  let paths = [0.01, 0.05, 0.095, 0.101].map { (rate: $0, places: path(rate: $0, steps: 40)) }
  for (rate, places) in paths { print("rate \(rate): height \(places.last!.height)") }
  guard paths[1].places.last!.height < 0.01 && paths[3].places.last!.height > 22.5 else {
    fatalError("The rate 0.05 should arrive, and 0.101 fly away.")
  }

  let cells = (0..<80).map { -5 + 10 * (Double($0) + 0.5) / 80 }
  let heights = cells.map { y in cells.map { x in x * x + 10 * y * y * 0.16 } }
  var plot = SVGPlot(
    "x² + 10y²", x: SVGPlot.Axis("x", range: -5...5), y: SVGPlot.Axis("y", range: -2...2),
    width: 520)
  plot.addContours(heights, x: -5...5, y: -2...2)
  for (rate, places) in paths.prefix(3) {
    plot.addLine(
      x: places.map { $0.x }, y: places.map { $0.y }, label: "rate \(rate)", marksEnds: true)
  }
  try SVGFigure(plot).write(to: picture)
}

/// Each step multiplies y by 1 − 20 · rate, so the rate must stay below 2 / 20.
func descentSolution() {
  for rate in [0.099, 0.1, 0.101] {
    var y = 1.5
    for _ in 0..<1000 { y -= rate * derivative(at: y) { 10 * $0 * $0 } }
    print("rate \(rate): |y| = \(abs(y))")  // falls, stays, grows
  }
}
