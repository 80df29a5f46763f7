import Leibniz
import LeibnizTools

/// Loss against training size: training and validation meet where there is enough data.
func overfittingSolution() throws {
  var generator = SeededGenerator(seed: 4)
  let x = (0..<600).map { _ in Double.random(in: -3...3, using: &generator) }
  let data = try Dataset(
    features: x.map { [$0] }, targets: x.map { sin($0) + 0.3 * generator.normal() })
  let parts = data.split([0.5, 0.5], using: &generator)
  let curve = try measureLearningCurve(
    sizes: [15, 60, 240], on: parts[0], validation: parts[1], epochs: 150, target: 0.12
  ) {
    let model = MLP(inputs: 1, layers: [32, 32, 1], activation: .tanh, seed: 1)
    let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.showsProgress = false
    return trainer
  }
  print(curve)
}
