import Leibniz
import LeibnizTools

func layers(picture: String) throws {
  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let isEither = [-1.0, 1, 1, -1]
  let model = MLP(inputs: 2, layers: [8, 1], activation: .tanh, seed: 1)
  print(model)

  let optimizer = SGD(model.parameters, learningRate: 0.2, momentum: 0.9)
  var losses: [Double] = []
  for _ in 0..<200 {
    optimizer.zeroGrad()
    let loss = meanSquaredError(predicted: corners.map { model($0)[0] }, expected: isEither)
    loss.backward()
    optimizer.step()
    losses.append(loss.data)
  }

  let answers = corners.map { model.predict($0)[0] }
  print(answers)
  guard zip(answers, isEither).allSatisfy({ $0 * $1 > 0.5 }) else {
    fatalError("The network should learn “either, not both”.")
  }

  let cells = (0..<60).map { -0.5 + 2 * (Double($0) + 0.5) / 60 }
  var plane = SVGPlot(
    "“Either, not both”", x: SVGPlot.Axis("x₁", range: -0.5...1.5),
    y: SVGPlot.Axis("x₂", range: -0.5...1.5))
  plane.addHeatMap(
    cells.map { y in cells.map { x in model.predict([x, y])[0] } }, x: -0.5...1.5,
    y: -0.5...1.5, colors: .diverging(negative: .orange, positive: .blue), range: -2...2,
    label: "output")
  var course = SVGPlot(
    "Descent", x: SVGPlot.Axis("step"), y: SVGPlot.Axis("loss", scale: .logarithmic))
  course.addLine(losses)
  try SVGFigure(plane, course).write(to: picture)
}
