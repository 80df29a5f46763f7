import Leibniz
import LeibnizTools

func whatItLearnt(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<500).map { _ in (0..<6).map { _ in generator.normal() } }
  let y = x.map { tanh(2 * $0[1] - $0[4]) }
  let data = try Dataset(features: x, targets: y)

  let model = MLP(inputs: 6, layers: [24, 1], activation: .tanh, seed: 1)
  let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 1) {
    meanSquaredError(predicted: $0, expected: $1)
  }
  trainer.showsProgress = false
  try trainer.fit(data, epochs: 60)
  print("loss \(trainer.evaluate(data).loss)")

  let point = [0, 0.2, 0, 0, -0.1, 0.0]
  let slopes = saliency(of: { model($0)[0] }, at: point)
  print("at one point: \(slopes)")

  let product = averageGradientOuterProduct(of: { model($0)[0] }, over: x)
  let importance = featureImportance(of: { model($0)[0] }, over: x)
  print("over all: \(importance)")
  let others = [0, 2, 3, 5].map { importance[$0] }
  guard importance[1] > importance[4] && importance[4] > 10 * others.max()! else {
    fatalError("The two inputs that matter should be found.")
  }
  guard product[1][4] < 0 else { fatalError("One input grows where the other falls.") }
  let eigen = SymmetricEigen(product)
  print(
    "the first direction: \(eigen.vectors[0]), \(eigen.values[0] / eigen.values[1]) times the second"
  )

  var plot = SVGPlot(
    "The average gradient outer product", x: SVGPlot.Axis("input", range: -0.5...5.5),
    y: SVGPlot.Axis("input", range: -0.5...5.5), width: 420, height: 340)
  let size = product.flatMap { $0 }.map(abs).max()!
  plot.addHeatMap(
    product, x: -0.5...5.5, y: -0.5...5.5,
    colors: .diverging(negative: .orange, positive: .blue), range: -size...size,
    label: "mean ∂f/∂xᵢ · ∂f/∂xⱼ")
  try SVGFigure(plot).write(to: picture)
}
