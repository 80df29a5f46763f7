import ExampleSupport
import Leibniz

// Trains a small network to tell two moons apart, as micrograd's demo does.

@main
struct Moons {
  static func main() {
    runExample {
      var options = Options("moons", "Trains an MLP 2-16-16-1 to tell two moons apart.")
      let steps = options.integer("steps", default: 100, in: 1...1_000_000, "steps of descent")
      let seed = options.integer("seed", default: 1, "the seed of data and weights")
      let noise = options.number("noise", default: 0.1, in: 0...10, "the noise of the points")
      let count = options.integer("points", default: 100, in: 2...100_000, "the number of points")
      let file = options.text("data", "a CSV file of x,y,label in place of the moons")
      let output = options.text("output", default: "moons.svg", "the picture to write")
      try options.finish()

      var generator = SeededGenerator(seed: UInt64(seed))
      let data =
        try file.map(readPoints)
        ?? .twoMoons(count: count, noise: noise, using: &generator)
      let model = MLP(
        inputs: 2, layers: [16, 16, 1], activation: .relu, initializer: .uniform(bound: 1),
        using: &generator)

      let losses = train(model, on: data, steps: steps)

      let accuracy = accuracy(of: model, on: data)
      try picture(of: model, data, losses).write(to: output)
      print("accuracy \(percent(accuracy)) of \(data.labels.count) points; wrote \(output)")
      let isDemo = file == nil && steps >= 100 && noise <= 0.1 && count == 100
      if isDemo && accuracy < 0.99 {
        throw MissedTarget("The demo should reach 99 % at least.")
      }
    }
  }

  /// Descends for some steps and gives the loss of each.
  static func train(_ model: MLP, on data: LabelledPoints, steps: Int) -> [Double] {
    let parameters = model.parameters
    let optimizer = SGD(parameters, learningRate: 1)
    var progress = ProgressLine("step", of: steps)
    var losses: [Double] = []
    for step in 0..<steps {
      let scores = data.points.map { model($0)[0] }
      let loss =
        hingeLoss(predicted: scores, expected: data.labels)
        + 1e-4 * Value.dot(parameters, parameters)
      optimizer.zeroGrad()
      loss.backward()
      optimizer.learningRate = 1 - 0.9 * Double(step) / Double(steps)
      optimizer.step()

      losses.append(loss.data)
      let right = zip(scores, data.labels).count { $0.data * $1 > 0 }
      let accuracy = Double(right) / Double(scores.count)
      progress.update(step + 1, "loss \(loss.data.rounded(to: 4))  accuracy \(percent(accuracy))")
    }
    return losses
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
