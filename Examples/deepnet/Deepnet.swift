import ExampleSupport
import Leibniz
import LeibnizTools

// Shows why deep networks were hard to train, and what each of four remedies does about it.

@main
struct Deepnet {
  static func main() {
    runExample {
      var options = Options("deepnet", "Trains 20 layers on two moons, with and without remedies.")
      let depth = options.integer("depth", default: 20, in: 2...200, "hidden layers")
      let width = options.integer("width", default: 8, in: 2...256, "neurons in each")
      let epochs = options.integer("epochs", default: 60, in: 1...10_000, "passes over the points")
      let seed = options.integer("seed", default: 1, "the random seed")
      let directory = options.text(
        "tensorboard", "the folder for TensorBoard's files", placeholder: "DIRECTORY")
      let export = options.export("the network with residual connections")
      let output = options.output("output", default: "deepnet.svg", "the picture to write")
      try options.finish()

      var results: [Result] = []
      for remedy in Remedy.allCases {
        let board = try directory.map { try TensorBoardWriter(directory: "\($0)/\(remedy)") }
        let result = try train(
          remedy, depth: depth, width: width, epochs: epochs, seed: UInt64(seed))
        print("\(remedy.rawValue)\n\(result.flow)")
        print("accuracy after \(epochs) epochs: \(percent(result.accuracy))\n")
        if let board { try record(result, on: board) }
        results.append(result)
      }
      if let export { try results.last!.model.export(to: export, inputs: 2) }
      try picture(of: results).write(to: output)
      print("wrote \(output)")
      guard depth < 20 || results[0].flow.verdict.hasPrefix("vanishing") else {
        throw MissedTarget("The gradient of the plain network should vanish.")
      }
      guard depth != 20 || epochs < 60 || results.last!.accuracy > 0.9 else {
        throw MissedTarget("With residual connections the accuracy should pass 90 %.")
      }
    }
  }

  /// Trains one network; its gradients are measured before the first step.
  static func train(
    _ remedy: Remedy, depth: Int, width: Int, epochs: Int, seed: UInt64
  ) throws -> Result {
    var generator = SeededGenerator(seed: seed)
    let points = LabelledPoints.twoMoons(count: 200, noise: 0.1, using: &generator)
    let data = try Dataset(features: points.points, targets: points.labels)
    let model = remedy.network(depth: depth, width: width, using: &generator)
    let optimizer = Adam(model.parameters, learningRate: 0.005)

    // One class more often than the other: else, where all scores are alike, the classes cancel.
    let probe = data.subset(at: (0..<60).filter { $0 % 4 != 0 })
    let scores = model.trainingOutputs(for: probe.features, using: &generator).map { $0[0] }
    hingeLoss(predicted: scores, expected: probe.targets.map { $0[0] }).backward()
    let flow = measureGradientFlow(through: model.modules, samples: data.features) {
      // One step to see its size; training begins from where it led.
      optimizer.step()
    }

    let trainer = Trainer(model, optimizer: optimizer, seed: seed) { score, label in
      hingeLoss(predicted: score[0], expected: label[0])
    }
    trainer.batchSize = 50
    trainer.isCorrect = { score, label in score[0] * label[0] > 0 }
    try trainer.fit(data, epochs: epochs)
    return Result(
      remedy: remedy, flow: flow, model: model, samples: data.features, history: trainer.history,
      accuracy: trainer.evaluate(data).accuracy!)
  }

  /// The course of training, the report as text, the first weights as an image, and how the
  /// activations are distributed after training.
  static func record(_ result: Result, on board: TensorBoardWriter) throws {
    for (epoch, record) in result.history.enumerated() {
      try board.writeScalar("loss", record.loss, step: epoch + 1)
      try board.writeScalar("accuracy", record.accuracy!, step: epoch + 1)
    }
    try board.writeText("gradient flow", "```\n\(result.flow)\n```", step: 0)
    let weights = result.model.tensors[0]
    let rows = weights.values.map { [0.5 + $0.data / 4] }
    try board.writeImage("first weights", rows, step: result.history.count)
    try board.writeHistograms(of: result.model, step: result.history.count)
    try board.writeActivations(
      of: result.model.modules, on: result.samples, step: result.history.count)
  }
}

/// What became of one network.
struct Result {
  let remedy: Remedy
  let flow: GradientFlow
  let model: Sequential
  let samples: [[Double]]
  let history: [EpochRecord]
  let accuracy: Double
}
