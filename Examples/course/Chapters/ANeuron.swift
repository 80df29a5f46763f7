import Leibniz
import LeibnizTools

func aNeuron(picture: String) throws {
  let w = [Value(-3), Value(1)], bias = Value(6.8813735870195432)
  let x = [Value(2), Value(0)]
  let y = (w[0] * x[0] + w[1] * x[1] + bias).tanh()
  y.backward()
  print(y.data, x.map(\.grad), w.map(\.grad))  // 0.7071… [-1.5…, 0.5…] [1.0…, 0.0]

  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let isBoth = [-1.0, -1, -1, 1]
  var generator = SeededGenerator(seed: 1)
  let neuron = Neuron(inputs: 2, activation: .tanh, using: &generator)

  let optimizer = SGD(neuron.parameters, learningRate: 0.5)
  for _ in 0..<200 {
    optimizer.zeroGrad()
    meanSquaredError(predicted: corners.map { neuron($0) }, expected: isBoth).backward()
    optimizer.step()
  }
  let answers = corners.map { corner in neuron(corner).data }
  print(answers)
  guard zip(answers, isBoth).allSatisfy({ $0 * $1 > 0 }) else {
    fatalError("A neuron should learn “both”.")
  }

  let cells = (0..<60).map { -0.5 + 2 * (Double($0) + 0.5) / 60 }
  var plot = SVGPlot(
    "One neuron learns “both”", x: SVGPlot.Axis("x₁", range: -0.5...1.5),
    y: SVGPlot.Axis("x₂", range: -0.5...1.5), width: 420, height: 340)
  plot.addHeatMap(
    cells.map { y in cells.map { x in neuron([x, y]).data } }, x: -0.5...1.5, y: -0.5...1.5,
    colors: .diverging(negative: .orange, positive: .blue), range: -1...1, label: "output")
  plot.addPoints(x: [0, 0, 1], y: [0, 1, 0], label: "not both", color: .orange)
  plot.addPoints(x: [1], y: [1], label: "both", color: .blue)
  try SVGFigure(plot).write(to: picture)
}

/// Of the 16 functions of two bits, a neuron learns all but “either, not both” and its opposite.
func aNeuronSolution() {
  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let learnt = (0..<16).filter { function in
    let wanted = (0..<4).map { function >> $0 & 1 == 1 ? 1.0 : -1 }
    var generator = SeededGenerator(seed: 1)
    let neuron = Neuron(inputs: 2, activation: .tanh, using: &generator)
    let optimizer = SGD(neuron.parameters, learningRate: 0.5)
    for _ in 0..<500 {
      optimizer.zeroGrad()
      meanSquaredError(predicted: corners.map { neuron($0) }, expected: wanted).backward()
      optimizer.step()
    }
    return zip(corners, wanted).allSatisfy { neuron($0).data * $1 > 0 }
  }
  print(learnt.count, (0..<16).filter { !learnt.contains($0) })  // 14 [6, 9]
}
