import Leibniz
import LeibnizTools

/// Too little patience stops at the first bump, too much only costs time.
func stoppingEarlySolution() throws {
  var generator = SeededGenerator(seed: 4)
  let x = (0..<45).map { _ in Double.random(in: -3...3, using: &generator) }
  let data = try Dataset(
    features: x.map { [$0] }, targets: x.map { sin($0) + 0.3 * generator.normal() })
  let parts = data.split([1.0 / 3, 2.0 / 3], using: &generator)
  for patience in [0, 5, 40, 200] {
    let model = MLP(inputs: 1, layers: [32, 32, 1], activation: .tanh, seed: 1)
    let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.earlyStopping = EarlyStopping(patience: patience)
    trainer.showsProgress = false
    try trainer.fit(parts[0], validation: parts[1], epochs: 600)
    print(patience, trainer.history.count, trainer.evaluate(parts[1]).loss)
  }
}
