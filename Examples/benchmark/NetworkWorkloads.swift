import Leibniz
import MicroGPTModel

/// Larger networks, as programs.
enum NetworkWorkloads {
  /// MLP 64-64-64-10, forwards and in reverse: one sample, then a batch on one and on two threads.
  static func mlp() throws -> [Measurement] {
    var generator = SeededGenerator(seed: 3)
    let model = MLP(inputs: 64, layers: [64, 64, 10], using: &generator)
    let pairs = Double(64 * 64 * 2 + 64 * 10)
    let optimizer = SGD(model.parameters, learningRate: 0)
    let program = try Program(inputs: 64, parameters: model.parameters) { x in
      [Value.sum(model(x))]
    }
    let session = TrainingSession(optimizer)
    func measurement(_ count: Int, threads: Int) throws -> Measurement {
      let samples = try program.samples(
        (0..<count).map { _ in (0..<64).map { _ in generator.normal() } })
      return try Measurement.of(
        "MLP 64-64-64-10, batch \(count), threads \(threads)", unit: "ns a pair",
        scale: 1e9 / pairs / Double(count)
      ) {
        try session.backward(program, samples, threads: threads)
      }
    }
    return [
      try measurement(1, threads: 1), try measurement(1024, threads: 1),
      try measurement(1024, threads: 2),
    ]
  }

  /// How many nodes a second are compiled.
  static func compile() throws -> [Measurement] {
    try [10_000, 100_000, 1_000_000, 10_000_000].map { count in
      let x = Value(0), y = Value(0.5)
      var z = x
      for i in 0..<count / 2 { z = (z * y) + Double(i) }
      return try Measurement.of(
        "compile \(count) nodes", unit: "ns a node", scale: 1e9 / Double(count), runs: 1, repeats: 3
      ) {
        _ = try Program(z, inputs: [x])
      }
    }
  }

  /// A training step of the microgpt example on generated names.
  static func microGPT() throws -> [Measurement] {
    func measurement(_ name: String, batch: Int, isEager: Bool) throws -> Measurement {
      let training = Training.onGeneratedNames(batch: batch, isEager: isEager)
      for _ in 0..<50 { _ = try training.advance() }
      return try Measurement.of(name, unit: "ms", scale: 1e3, runs: 50) {
        _ = try training.advance()
      }
    }
    return [
      try measurement("microgpt step, eager", batch: 1, isEager: true),
      try measurement("microgpt step, compiled", batch: 1, isEager: false),
      try measurement("microgpt step of 16 documents, compiled", batch: 16, isEager: false),
    ]
  }
}
