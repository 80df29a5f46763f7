import XCTest

@testable import Leibniz

final class TrainerTests: XCTestCase {
  /// y = 3x + 1 at some points.
  private var line: Dataset {
    let x = (0..<20).map { Double($0) / 10 }
    return try! Dataset(features: x.map { [$0] }, targets: x.map { 3 * $0 + 1 })
  }

  private func trainer(rate: Double = 0.1) -> Trainer<MLP> {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 1, layers: [1], using: &generator)
    return Trainer(model, optimizer: SGD(model.parameters, learningRate: rate), seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
  }

  func testFindsALine() throws {
    let trainer = trainer()
    XCTAssertEqual(try trainer.fit(line, epochs: 200), .finished)
    XCTAssertEqual(trainer.model.parameters[0].data, 3, accuracy: 1e-2)
    XCTAssertEqual(trainer.history.count, 200)
    XCTAssertLessThan(trainer.history.last!.loss, 1e-4)
    XCTAssertEqual(trainer.evaluate(line).loss, trainer.history.last!.loss, accuracy: 1e-4)
    XCTAssertNil(trainer.history[0].accuracy)
  }

  func testStepsFollowTheBatchSizeAndTheSchedule() throws {
    let trainer = trainer()
    trainer.batchSize = 8
    trainer.schedule = .step(from: 0.1, factor: 0.5, every: 3)
    var rates: [Double] = []
    trainer.afterStep = { rates.append($0.optimizer.learningRate) }
    try trainer.fit(line, epochs: 2)
    XCTAssertEqual(rates, [0.1, 0.1, 0.1, 0.05, 0.05, 0.05])
    XCTAssertEqual(trainer.progress.step, 6)
  }

  func testOneFullBatchIsPlainDescent() throws {
    let trainer = trainer(), expected = self.trainer()
    trainer.batchSize = 20
    try trainer.fit(line, epochs: 1)
    let parameters = expected.model.parameters
    Value.mean(
      zip(line.features, line.targets).map {
        expected.loss(expected.model($0), $1.map(Value.constant))
      }
    ).backward()
    for (after, before) in zip(trainer.model.parameters, parameters) {
      XCTAssertEqual(after.data, before.data - 0.1 * before.grad, accuracy: 1e-14)
    }
  }

  func testEarlyStoppingRestoresTheBest() throws {
    // A rate past 2 / curvature: the loss rises from the first epoch on.
    let trainer = trainer(rate: 0.9)
    trainer.batchSize = 20
    trainer.earlyStopping = EarlyStopping(patience: 3)
    var weights: [[Double]] = []
    trainer.afterEpoch = { weights.append($0.model.parameters.map(\.data)) }
    XCTAssertEqual(try trainer.fit(line, validation: line, epochs: 100), .stoppedEarly)
    let losses = trainer.history.map { $0.validationLoss! }
    let best = losses.firstIndex(of: losses.min()!)!
    XCTAssertEqual(losses.count, best + 5)
    XCTAssertEqual(trainer.model.parameters.map(\.data), weights[best])
    XCTAssertEqual(trainer.evaluate(line).loss, losses[best])
  }

  func testPlateauLowersTheRate() throws {
    let trainer = trainer(rate: 0.9)
    trainer.batchSize = 20
    trainer.plateau = ReduceOnPlateau(factor: 0.1, patience: 1)
    try trainer.fit(line, epochs: 4)
    XCTAssertEqual(trainer.optimizer.learningRate, 0.09, accuracy: 1e-15)
  }

  func testALossThatIsNotFiniteEndsTrainingAndNamesItsCause() throws {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 1, layers: [1], using: &generator)
    let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 1) {
      ($0[0] * 0).log() + $1[0]
    }
    let before = model.parameters.map(\.data)
    XCTAssertThrowsError(try trainer.fit(line, epochs: 1)) { error in
      guard case .notFinite(0, 0, let cause) = error as? TrainingError else {
        return XCTFail("\(error)")
      }
      XCTAssert(cause.contains("log"), cause)
    }
    XCTAssertEqual(model.parameters.map(\.data), before)
  }

  func testACallbackCanEndTraining() {
    struct Enough: Error {}
    let trainer = trainer()
    trainer.afterEpoch = { if $0.progress.epoch == 2 { throw Enough() } }
    XCTAssertThrowsError(try trainer.fit(line, epochs: 9)) { XCTAssert($0 is Enough) }
    XCTAssertEqual(trainer.history.count, 2)
  }

  func testACancelledTaskInterrupts() async throws {
    let data = line
    let outcome: TrainingOutcome = try await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      var generator = SeededGenerator(seed: 1)
      let model = MLP(inputs: 1, layers: [1], using: &generator)
      let optimizer = SGD(model.parameters, learningRate: 0.1)
      let trainer = Trainer(model, optimizer: optimizer, seed: 1) {
        meanSquaredError(predicted: $0, expected: $1)
      }
      return try trainer.fit(data, epochs: 5)
    }.value
    XCTAssertEqual(outcome, .interrupted)
  }
}
