import Leibniz
import LeibnizTools

func overfitting(picture: String) throws {
  var generator = SeededGenerator(seed: 4)
  func measured(_ count: Int) throws -> Dataset {
    let x = (0..<count).map { _ in Double.random(in: -3...3, using: &generator) }
    return try Dataset(
      features: x.map { [$0] }, targets: x.map { sin($0) + 0.3 * generator.normal() })
  }
  let few = try measured(15), many = try measured(300), unseen = try measured(300)

  func fit(_ data: Dataset, weightDecay: Double = 0, dropout: Double = 0) throws -> Sequential {
    var generator = SeededGenerator(seed: 1)
    let model = Sequential([
      Layer(inputs: 1, outputs: 32, activation: .tanh, using: &generator),
      Layer(inputs: 32, outputs: 32, activation: .tanh, using: &generator),
      Dropout(rate: dropout), Layer(inputs: 32, outputs: 1, using: &generator),
    ])
    let optimizer = AdamW(model.parameters, learningRate: 0.01, weightDecay: weightDecay)
    let trainer = Trainer(model, optimizer: optimizer, seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.batchSize = 15
    trainer.showsProgress = false
    try trainer.fit(data, epochs: 22_500 / data.count)
    return model
  }

  let fits: [(name: String, model: Sequential, data: Dataset)] = [
    ("15 points", try fit(few), few),
    ("15 points, weight decay", try fit(few, weightDecay: 0.5), few),
    ("15 points, dropout", try fit(few, dropout: 0.3), few),
    ("300 points", try fit(many), many),
  ]

  func error(_ model: Sequential, _ data: Dataset) -> Double {
    meanSquaredError(
      predicted: data.map { model.predict($0.features)[0] }, expected: data.map { $0.targets[0] })
  }
  for (name, model, data) in fits {
    print("\(name): \(error(model, data)) in training, \(error(model, unseen)) on unseen points")
  }
  guard error(fits[0].model, few) < 0.5 * error(fits[0].model, unseen) else {
    fatalError("Fifteen points should be learnt by heart.")
  }
  guard error(fits[3].model, unseen) < error(fits[0].model, unseen) else {
    fatalError("300 points should be learnt better than fifteen.")
  }
}
