import Foundation
import Leibniz
import LeibnizTools
import MicroGPTModel

extension Subject {
  /// A checkpoint of a trainer: loaded, and trained on with.
  static func trainer(in folder: String) throws -> Subject {
    let (training, validation) = try data()
    let path = "\(folder)/trainer"
    let source = makeTrainer()
    source.afterStep = { if $0.progress.step == 6 { $0.stop() } }
    try source.fit(training, validation: validation, epochs: 2)
    try source.save(to: path)
    return Subject(
      name: "checkpoint of a trainer", ending: "safetensors", interval: 4,
      samples: [try bytes(of: path)]
    ) { path in
      let trainer = makeTrainer()
      let before = trainer.model.tensors.flatMap(\.values).map(\.data)
      do {
        try trainer.load(from: path)
      } catch {
        let after = trainer.model.tensors.flatMap(\.values).map(\.data)
        guard after == before, trainer.progress == makeTrainer().progress else {
          throw Finding("a checkpoint that is refused changes nothing")
        }
        throw error
      }
      try trainer.fit(training, validation: validation, epochs: trainer.progress.epoch + 1)
    }
  }

  private static func makeTrainer() -> Trainer<Sequential> {
    var generator = SeededGenerator(seed: 2)
    let model = Sequential([
      Layer(inputs: 2, outputs: 4, activation: .tanh, using: &generator), BatchNorm(features: 4),
      Layer(inputs: 4, outputs: 1, using: &generator),
    ])
    let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.05), seed: 3) {
      hingeLoss(predicted: $0[0], expected: $1[0])
    }
    trainer.batchSize = 5
    trainer.schedule = .step(from: 0.1, factor: 0.5, every: 3)
    trainer.plateau = ReduceOnPlateau(factor: 0.5, patience: 0)
    trainer.earlyStopping = EarlyStopping(patience: 2)
    return trainer
  }

  private static func data() throws -> (training: Dataset, validation: Dataset) {
    var generator = SeededGenerator(seed: 4)
    func points(_ count: Int) throws -> Dataset {
      let points = (0..<count).map { _ in [generator.normal(), generator.normal()] }
      return try Dataset(features: points, targets: points.map { $0[0] * $0[1] > 0 ? 1.0 : -1 })
    }
    return (try points(17), try points(6))
  }

  /// A checkpoint of a minimiser: loaded, and gone on with.
  static func minimizer(in folder: String) throws -> Subject {
    let path = "\(folder)/minimizer"
    let source = LBFGS([Value(-1.2), Value(1)], history: 3)
    source.minimize(iterations: 4) { rosenbrock(source.parameters) }
    try source.save(to: path)
    return Subject(
      name: "checkpoint of L-BFGS", ending: "safetensors", interval: 2,
      samples: [try bytes(of: path)]
    ) { path in
      let optimizer = LBFGS([Value(-1.2), Value(1)], history: 3)
      try optimizer.load(from: path)
      optimizer.minimize(iterations: 2) { rosenbrock(optimizer.parameters) }
    }
  }

  private static func rosenbrock(_ x: [Value]) -> Value {
    let curve = x[1] - x[0] * x[0]
    return (1 - x[0]).power(2) + 100 * curve * curve
  }

  /// A run of microgpt: its model is built, restored and trained for a step.
  static func microGPT(
    in folder: String, using generator: inout SeededGenerator
  ) throws -> Subject {
    let path = "\(folder)/microgpt"
    let documents = ["ab", "ba", "aab"]
    func training(_ size: GPT.Size?, _ vocabulary: Vocabulary?) throws -> (Training, Vocabulary) {
      var generator = SeededGenerator(seed: 5)
      let corpus: Corpus
      do {
        corpus = try Corpus(documents, vocabulary: vocabulary)
      } catch {
        throw Refusal()
      }
      var small = GPT.Size(vocabulary: corpus.vocabulary.count)
      (small.width, small.heads, small.context) = (4, 2, 4)
      let model = GPT(size ?? small, using: &generator)
      let batches = corpus.batches(of: 1, context: model.size.context, using: &generator)
      var settings = Training.Settings()
      settings.isEager = true
      return (Training(of: model, on: batches, settings), corpus.vocabulary)
    }
    let (source, vocabulary) = try training(nil, nil)
    for _ in 0..<3 { try source.advance() }
    try source.save(to: path, vocabulary)
    return Subject(
      name: "run of microgpt", ending: "safetensors", interval: 4, samples: [try bytes(of: path)]
    ) { path in
      let checkpoint = try Checkpoint(contentsOf: path)
      let (run, _) = try training(checkpoint.size, checkpoint.vocabulary)
      try checkpoint.restore(run)
      try run.advance()
    }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
