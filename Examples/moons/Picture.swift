import ExampleSupport
import Leibniz
import LeibnizTools

/// The points over what the model makes of the plane, and how the loss fell.
func picture(of model: MLP, _ data: LabelledPoints, _ losses: [Double]) -> SVGFigure {
  let (x, y) = (extent(of: data, 0), extent(of: data, 1))
  var plane = SVGPlot(
    "Decision regions", x: SVGPlot.Axis("x", range: x), y: SVGPlot.Axis("y", range: y))
  plane.addHeatMap(
    scores(of: model, x, y, cells: 80), x: x, y: y,
    colors: .diverging(negative: .orange, positive: .blue), range: -2...2, label: "score")
  for (label, name, color) in [(-1.0, "class −1", SVGPlot.Color.orange), (1, "class 1", .blue)] {
    let points = zip(data.points, data.labels).filter { $0.1 == label }.map(\.0)
    plane.addPoints(x: points.map { $0[0] }, y: points.map { $0[1] }, label: name, color: color)
  }
  var descent = SVGPlot("Loss", x: SVGPlot.Axis("step"), y: SVGPlot.Axis(scale: .logarithmic))
  descent.addLine(losses, label: "hinge loss + 10⁻⁴ Σp²", color: .green)
  return SVGFigure(plane, descent)
}

/// The hinge loss around the model's parameters, over two random directions.
func errorLandscape<G: RandomNumberGenerator>(
  of model: MLP, _ data: LabelledPoints, using generator: inout G
) -> SVGFigure {
  let landscape = model.lossLandscape(steps: 20, using: &generator) {
    let scores = data.points.map { point in
      let score: [Double] = model(point)
      return score[0]
    }
    return hingeLoss(predicted: scores, expected: data.labels)
  }
  return SVGFigure(landscape.plot)
}

/// The smallest and the largest coordinate with some space around them.
private func extent(of data: LabelledPoints, _ coordinate: Int) -> ClosedRange<Double> {
  let numbers = data.points.map { $0[coordinate] }
  return (numbers.min()! - 0.3)...(numbers.max()! + 0.3)
}

/// The model's scores at the middles of cells, row by row from the smallest y.
private func scores(
  of model: MLP, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, cells: Int
) -> [[Double]] {
  func middles(_ range: ClosedRange<Double>) -> [Double] {
    (0..<cells).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * (Double($0) + 0.5) / Double(cells)
    }
  }
  return middles(y).map { y in
    middles(x).map { x in
      let score: [Double] = model([x, y])
      return score[0]
    }
  }
}
