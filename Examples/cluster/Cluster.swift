import ExampleSupport
import Foundation
import Leibniz
import LeibnizTools

// Hands a model to JAX for training on many devices, and goes on with what comes back.

@main
struct Cluster {
  static func main() {
    runExample {
      var options = Options(
        "cluster", "Writes a model for training on many devices, and goes on with the result.")
      let seed = options.integer("seed", default: 1, "the seed of data and weights")
      let count = options.integer("points", default: 4000, in: 8...1_000_000, "the points")
      let steps = options.integer("steps", default: 40, in: 1...100_000, "steps of descent")
      let directory = options.text(
        "directory", default: "cluster", "where model.mlir and start.safetensors go, and come back")
      let resumes = options.flag("resume", "read what train.py made of them, and train on")
      try options.finish()

      var generator = SeededGenerator(seed: UInt64(seed))
      let points = LabelledPoints.twoMoons(count: count, noise: 0.1, using: &generator)
      let model = MLP(inputs: 2, layers: [16, 16, 1], activation: .relu, using: &generator)
      let data = try Dataset(features: points.points, targets: points.labels)
      let rates = (0..<steps).map { 0.5 * (1 - 0.9 * Double($0) / Double(steps)) }
      if resumes {
        try resume(model, data, rates, directory)
      } else {
        try write(model, points, rates, directory)
      }
    }
  }

  /// The loss of a point as a program: coordinates and label in, a number out.
  static func program(of model: MLP) throws -> Program {
    let x = [Value(0), Value(0)]
    let label = Value(0)
    let loss = hingeLoss(predicted: model(x)[0], expected: label)
    return try Program(loss, inputs: x + [label], parameters: model.parameters)
  }

  static func write(
    _ model: MLP, _ points: LabelledPoints, _ rates: [Double], _ directory: String
  ) throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let program = try program(of: model)
    try program.export(to: "\(directory)/model.mlir", naming: model.tensors)
    let samples = zip(points.points, points.labels).flatMap { $0 + [$1] }
    let parameters = model.parameters.map(\.data)
    try Safetensors(tensors: [
      .init(name: "parameters", shape: [parameters.count], values: parameters),
      .init(name: "samples", shape: [points.labels.count, 3], values: samples),
      .init(name: "rates", shape: [rates.count], values: rates),
    ]).write(to: "\(directory)/start.safetensors")
    print("wrote \(directory)/model.mlir and \(directory)/start.safetensors")
    print("train: python3 Examples/cluster/train.py \(directory)")
  }

  /// Trains here as train.py did there, compares, and goes on with the parameters from there.
  static func resume(
    _ model: MLP, _ data: Dataset, _ rates: [Double], _ directory: String
  ) throws {
    let trained = try Safetensors(contentsOf: "\(directory)/trained.safetensors")
    let found = try trained.tensor("losses", shape: [rates.count])
    let parameters = try trained.tensor("parameters", shape: [model.parameters.count])
    let optimizer = SGD(model.parameters, learningRate: rates[0])
    let trainer = Trainer(model, optimizer: optimizer, seed: 0) { score, label in
      hingeLoss(predicted: score[0], expected: label[0])
    }
    trainer.batchSize = data.count
    for rate in rates {
      trainer.schedule = .constant(rate)
      try trainer.fit(data, epochs: trainer.progress.epoch + 1)
    }
    let losses = trainer.history.map(\.loss)
    let difference = zip(losses, found).map { abs($0 - $1) / max(1, abs($0)) }.max()!
    print("\(rates.count) losses differ from Leibniz's own trainer's by \(difference.toFourPlaces)")
    guard difference < 1e-9 else { throw MissedTarget("They should agree to 1e-9.") }
    for (parameter, number) in zip(model.parameters, parameters) { parameter.data = number }
    try trainer.fit(data, epochs: trainer.progress.epoch + 20)
    let last = trainer.history.last!.loss
    print("went on from \(found.last!.toFourPlaces) to \(last.toFourPlaces)")
    guard last < found.last! else { throw MissedTarget("The loss should go on falling.") }
  }
}
