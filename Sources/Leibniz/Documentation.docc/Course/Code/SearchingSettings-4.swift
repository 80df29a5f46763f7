import Leibniz
import LeibnizTools

func searchingSettings(picture: String) async throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<400).map { _ in [generator.normal(), generator.normal()] }
  let data = try Dataset(features: x, labels: x.map { $0[0] * $0[1] > 0 ? 1 : 0 })
  let parts = data.split([0.5, 0.5], using: &generator)

  let search = HyperparameterSearch(
    ["rate": .logarithmic(1e-4...1), "hidden": .integers(2...32)], by: .sobol(16), epochs: 20,
    seed: 1)

  let report = try await search.run { trial in
    let model = MLP(
      inputs: 2, layers: [trial.settings.integer("hidden"), 2], activation: .tanh, seed: trial.seed)
    let optimizer = Adam(model.parameters, learningRate: trial.settings["rate"])
    let trainer = Trainer(model, optimizer: optimizer, seed: trial.seed) {
      softmaxCrossEntropy(logits: $0, label: $1[0])
    }
    trainer.showsProgress = false
    try trainer.fit(parts[0], epochs: trial.epochs)
    return trainer.evaluate(parts[1]).loss
  }
  print(report)
  guard report.best.loss < 0.25 && report.rows.last!.loss > 0.5 else {
    fatalError("The best settings should learn the task, and the worst not.")
  }

  try SVGFigure([report.parallelCoordinates()] + report.effects(), columns: 1).write(to: picture)
}
