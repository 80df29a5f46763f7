import Leibniz
import LeibnizTools

func checkpoints(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<200).map { _ in [generator.normal(), generator.normal()] }
  let data = try Dataset(features: x, targets: x.map { sin($0[0]) * $0[1] })

  func makeTrainer() -> Trainer<MLP> {
    let model = MLP(inputs: 2, layers: [16, 16, 1], activation: .tanh, seed: 1)
    let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.showsProgress = false
    return trainer
  }

  let file = picture + ".safetensors"
  let whole = makeTrainer()
  try whole.fit(data, epochs: 40)

  let first = makeTrainer()
  try first.fit(data, epochs: 15)
  try first.save(to: file)

  let second = makeTrainer()
  try second.load(from: file)
  try second.fit(data, epochs: 40)
  let numbers = [whole, second].map { $0.model.parameters.map(\.data) }
  print("the same parameters, bit for bit: \(numbers[0] == numbers[1])")  // true
  guard numbers[0] == numbers[1] && whole.history == second.history else {
    fatalError("A resumed training should give the same numbers.")
  }

  var plot = SVGPlot(
    "An interrupted training goes on", x: SVGPlot.Axis("epoch"),
    y: SVGPlot.Axis("loss", scale: .logarithmic), width: 520)
  plot.addLine(whole.history.map(\.loss), label: "in one go")
  plot.addPoints(
    x: (0..<15).map(Double.init), y: first.history.map(\.loss), label: "until it was saved")
  plot.addPoints(
    x: (15..<40).map(Double.init), y: second.history.dropFirst(15).map(\.loss),
    label: "after it was loaded", marker: .square)
  try SVGFigure(plot).write(to: picture)
}
