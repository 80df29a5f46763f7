import ExampleSupport
import Leibniz
import LeibnizTools

// Trains a small network to tell two moons apart, as micrograd's demo does.

@main
struct Moons {
  static func main() {
    runExample {
      var options = Options("moons", "Trains an MLP 2-16-16-1 to tell two moons apart.")
      let steps = options.integer("steps", default: 100, in: 1...1_000_000, "steps of descent")
      let seed = options.integer("seed", default: 1, "the seed of data and weights")
      let noise = options.number(
        "noise", default: 0.1, in: 0...10, "the standard deviation of the noise")
      let count = options.integer("points", default: 100, in: 2...100_000, "the number of points")
      let file = options.text("data", "a CSV file of x,y,label instead of the moons")
      let training = TrainingOptions(
        &options, optimizer: "sgd", schedule: "linear", rates: (1, 0.02), decays: false)
      let landscape = options.output("landscape", "a picture of the loss around the result")
      let output = options.output("output", default: "moons.svg", "the picture to write")
      try options.finish()

      var generator = SeededGenerator(seed: UInt64(seed))
      let data =
        try file.map(readPoints)
        ?? .twoMoons(count: count, noise: noise, using: &generator)
      let model = MLP(
        inputs: 2, layers: [16, 16, 1], activation: .relu, initializer: .uniform(bound: 1),
        using: &generator)

      let losses = try train(model, on: data, steps: steps, training)
      try training.export(model, inputs: 2)

      if let landscape {
        try errorLandscape(of: model, data, using: &generator).write(to: landscape)
      }
      let accuracy = accuracy(of: model, on: data)
      try picture(of: model, data, losses).write(to: output)
      print("accuracy \(percent(accuracy)) of \(data.labels.count) points; wrote \(output)")
      let isDemo = training.isDefault && file == nil && steps >= 100 && noise <= 0.1 && count == 100
      if isDemo && accuracy < 0.99 {
        throw MissedTarget("The accuracy should reach at least 99 %.")
      }
    }
  }

  /// Descends for some steps on all points at once and gives the loss of each.
  static func train(
    _ model: MLP, on data: LabelledPoints, steps: Int, _ options: TrainingOptions
  ) throws -> [Double] {
    let optimizer = options.optimizer(model.parameters)
    let trainer = Trainer(model, optimizer: optimizer, seed: 0) { score, label in
      hingeLoss(predicted: score[0], expected: label[0])
    }
    trainer.penalty = { 1e-4 * Value.dot($0.parameters, $0.parameters) }
    trainer.isCorrect = { score, label in score[0] * label[0] > 0 }
    trainer.batchSize = data.labels.count
    var progress = ProgressLine("step", of: steps)
    try options.attach(to: trainer, steps: steps) { trainer in
      let last = trainer.history.last!
      progress.update(
        trainer.progress.epoch,
        "loss \(last.loss.rounded(to: 4))  accuracy \(percent(last.accuracy!))")
    }
    try trainer.fit(Dataset(features: data.points, targets: data.labels), epochs: steps)
    return trainer.history.map(\.loss)
  }

  static func accuracy(of model: MLP, on data: LabelledPoints) -> Double {
    let right = zip(data.points, data.labels).count { point, label in
      let score: [Double] = model(point)
      return score[0] * label > 0
    }
    return Double(right) / Double(data.labels.count)
  }

  static func readPoints(_ path: String) throws -> LabelledPoints {
    let file = try CSVFile(contentsOf: path, labels: -1...1, featureCount: 2)
    return LabelledPoints(points: file.features, labels: file.labels.map { $0 > 0 ? 1 : -1 })
  }
}
