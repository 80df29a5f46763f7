import Leibniz
import LeibnizTools

func batches(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<1000).map { _ in [generator.normal(), generator.normal()] }
  let y = x.map { 3 * $0[0] - 2 * $0[1] + 1 + generator.normal() }
  let data = try Dataset(features: x, targets: y)

  func train(batchSize: Int, epochs: Int) throws -> (steps: Int, losses: [Double]) {
    let model = MLP(inputs: 2, layers: [1], seed: 2)
    let trainer = Trainer(
      model, optimizer: SGD(model.parameters, learningRate: 0.02), seed: 3
    ) { meanSquaredError(predicted: $0, expected: $1) }
    trainer.batchSize = batchSize
    trainer.showsProgress = false
    var losses = [trainer.evaluate(data).loss]
    trainer.afterEpoch = { losses.append($0.evaluate(data).loss) }
    try trainer.fit(data, epochs: epochs)
    return (trainer.progress.step, losses)
  }

  let sizes = [1, 10, 100, 1000]
  let runs = try sizes.map { try train(batchSize: $0, epochs: 8) }
  for (size, run) in zip(sizes, runs) {
    print("batches of \(size): \(run.steps) steps, loss \(run.losses.last!)")
  }
  guard runs[1].losses.last! < 1.1 && runs[3].losses.last! > 2 else {
    fatalError("Batches of 10 should arrive before one batch of all.")
  }
}
