import ExampleSupport
import XCTest

@testable import Leibniz

/// The training loop on compiled programs, against the same loop in eager mode.
final class CompiledTrainingTests: XCTestCase {
  private func moons() throws -> Dataset {
    var generator = SeededGenerator(seed: 1)
    let data = LabelledPoints.twoMoons(count: 60, noise: 0.1, using: &generator)
    return try Dataset(features: data.points, targets: data.labels)
  }

  private func moonsTrainer(isCompiled: Bool) -> Trainer<MLP> {
    var generator = SeededGenerator(seed: 2)
    let model = MLP(
      inputs: 2, layers: [8, 8, 1], activation: .relu, initializer: .uniform(bound: 1),
      using: &generator)
    let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.3), seed: 3) {
      hingeLoss(predicted: $0[0], expected: $1[0])
    }
    trainer.penalty = { 1e-4 * Value.dot($0.parameters, $0.parameters) }
    trainer.isCorrect = { $0[0] * $1[0] > 0 }
    trainer.clipping = .norm(1)
    trainer.batchSize = 13
    trainer.isCompiled = isCompiled
    return trainer
  }

  private func assertSame<Model: Module>(
    _ compiled: Trainer<Model>, _ eager: Trainer<Model>, _ data: Dataset, epochs: Int
  ) throws {
    for trainer in [compiled, eager] { try trainer.fit(data, validation: data, epochs: epochs) }
    XCTAssertNil(compiled.whyNotCompiled)
    XCTAssertNotNil(compiled.compiled)
    XCTAssertNil(eager.compiled)
    XCTAssertEqual(compiled.history.count, epochs)
    for (found, expected) in zip(compiled.history, eager.history) {
      assertClose(found.loss, expected.loss, relative: 1e-9, floor: 0, "loss")
      assertClose(
        found.validationLoss!, expected.validationLoss!, relative: 1e-9, floor: 0, "validation")
      XCTAssertEqual(found.accuracy, expected.accuracy)
      XCTAssertEqual(found.validationAccuracy, expected.validationAccuracy)
    }
    XCTAssertLessThan(compiled.history.last!.loss, compiled.history[0].loss / 2)
  }

  func testMoonsWithAPenaltyAndClipping() throws {
    try assertSame(
      moonsTrainer(isCompiled: true), moonsTrainer(isCompiled: false), moons(), epochs: 20)
  }

  func testClassesWithAugmentedFeatures() throws {
    func trainer(isCompiled: Bool) -> Trainer<Sequential> {
      var generator = SeededGenerator(seed: 4)
      let model = Sequential([
        Layer(inputs: 2, outputs: 6, activation: .tanh, using: &generator),
        LayerNorm(features: 6), Layer(inputs: 6, outputs: 2, using: &generator),
      ])
      let trainer = Trainer(model, optimizer: AdamW(model.parameters), seed: 5) {
        softmaxCrossEntropy(logits: $0, label: $1[0], smoothing: 0.05)
      }
      trainer.optimizer.learningRate = 0.02
      trainer.isCorrect = { ($0[1] > $0[0]) == ($1[0] == 1) }
      trainer.augment = { x, generator in x.map { $0 + 0.02 * generator.normal() } }
      trainer.isCompiled = isCompiled
      return trainer
    }
    var data = try moons()
    data = try Dataset(features: data.features, targets: data.targets.map { max($0[0], 0) })
    try assertSame(trainer(isCompiled: true), trainer(isCompiled: false), data, epochs: 15)
  }

  /// Dropout twice, of different widths: masks are drawn in the order of eager mode.
  func testDropoutDrawsTheMasksOfEagerMode() throws {
    func trainer(isCompiled: Bool) -> Trainer<Sequential> {
      var generator = SeededGenerator(seed: 4)
      let model = Sequential([
        Layer(inputs: 2, outputs: 16, activation: .tanh, using: &generator), Dropout(rate: 0.2),
        Layer(inputs: 16, outputs: 5, activation: .relu, using: &generator), Dropout(rate: 0.1),
        Layer(inputs: 5, outputs: 1, using: &generator),
      ])
      let optimizer = Adam(model.parameters, learningRate: 0.02)
      let trainer = Trainer(model, optimizer: optimizer, seed: 5) {
        binaryCrossEntropy(logit: $0[0], expected: 0.5 + 0.5 * $1[0])
      }
      trainer.isCorrect = { $0[0] * $1[0] > 0 }
      trainer.augment = { x, generator in x.map { $0 + 0.02 * generator.normal() } }
      trainer.batchSize = 7
      trainer.isCompiled = isCompiled
      return trainer
    }
    try assertSame(trainer(isCompiled: true), trainer(isCompiled: false), moons(), epochs: 10)
  }

  /// Trains in eager mode, to the numbers of a trainer that was asked for eager mode.
  private func assertFallsBack(
    _ module: @autoclosure () -> any Module, _ reason: String,
    loss: @escaping ([Value], [Value]) -> Value = { meanSquaredError(predicted: $0, expected: $1) }
  ) throws {
    func trained(isCompiled: Bool) throws -> Trainer<Sequential> {
      var generator = SeededGenerator(seed: 6)
      let model = Sequential([Layer(inputs: 2, outputs: 1, using: &generator), module()])
      let optimizer = SGD(model.parameters, learningRate: 0.1)
      let trainer = Trainer(model, optimizer: optimizer, seed: 7, loss: loss)
      trainer.isCompiled = isCompiled
      try trainer.fit(moons(), epochs: 2)
      return trainer
    }
    let fallback = try trained(isCompiled: true)
    XCTAssert(fallback.whyNotCompiled?.contains(reason) == true, "\(fallback.whyNotCompiled ?? "")")
    let eager = try trained(isCompiled: false)
    XCTAssertNil(eager.whyNotCompiled)
    XCTAssertEqual(fallback.history, eager.history)
  }

  func testBatchStatisticsTrainInEagerMode() throws {
    try assertFallsBack(BatchNorm(features: 1), "batch normalisation")
    // Its running statistics stay, but samples still depend on each other.
    try assertFallsBack(BatchNorm(features: 1, momentum: 0), "batch normalisation")
  }

  func testPlainRandomNumbersTrainInEagerMode() throws {
    try assertFallsBack(PlainNoise(), "values(_:samples:count:)")
  }

  func testALossThatDecidesOnTheTargetTrainsInEagerMode() throws {
    try assertFallsBack(Activation.tanh, "decides on numbers") { output, target in
      target[0].data > 0 ? (output[0] - 1).power(2) : output[0].abs()
    }
  }

  func testRecordingLeavesTheModelAsItIs() throws {
    var generator = SeededGenerator(seed: 6)
    let model = Sequential([
      Layer(inputs: 2, outputs: 1, using: &generator), BatchNorm(features: 1),
    ])
    let before = model.tensors.map { $0.values.map(\.data) }
    let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 7) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.stop()
    try trainer.compile(for: moons())
    XCTAssertNotNil(trainer.whyNotCompiled)
    XCTAssertEqual(model.tensors.map { $0.values.map(\.data) }, before)
  }

  func testThreadsDoNotChangeTheNumbers() throws {
    let histories = try [1, 3].map { threads in
      let trainer = moonsTrainer(isCompiled: true)
      trainer.threads = threads
      try trainer.fit(moons(), epochs: 3)
      return trainer.history
    }
    XCTAssertEqual(histories[0], histories[1])
  }

  func testTheCauseOfALossThatIsNotFiniteIsFoundInsideTheModel() throws {
    for isCompiled in [true, false] {
      try checkCause(isCompiled, isCompiled ? "In sample " : "(1.0, 0.0) is inf")
    }
  }

  private func checkCause(_ isCompiled: Bool, _ words: String) throws {
    let model = ScaledReciprocal()
    let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 8) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.isCompiled = isCompiled
    let data = try Dataset(features: [[1], [0]], targets: [0, 0])
    XCTAssertThrowsError(try trainer.fit(data, epochs: 1)) { error in
      guard case .notFinite(0, 0, let cause) = error as? TrainingError else {
        return XCTFail("\(error)")
      }
      XCTAssert(cause.contains(words), cause)
      if isCompiled { XCTAssert(cause.hasSuffix(" the result of / is not finite: inf."), cause) }
    }
  }
}

/// y = 1 / (scale · x), infinite at zero.
private struct ScaledReciprocal: Module {
  let scale = Value(2)
  var tensors: [NamedTensor] { [NamedTensor("scale", shape: [1], [scale])] }
  func outputs<S: NetworkScalar>(for x: [S]) -> [S] { x.map { 1 / (S.lift(scale) * $0) } }
}

/// Noise drawn as plain numbers, which a program would repeat.
private struct PlainNoise: Module {
  var tensors: [NamedTensor] { [] }
  func outputs<S: NetworkScalar>(for x: [S]) -> [S] { x }
  func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    batch.map { $0.map { $0 + 0.01 * generator.normal() } }
  }
}
