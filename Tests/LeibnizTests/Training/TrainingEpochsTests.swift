import Leibniz
import XCTest

/// y = 3x + 1 at some points.
private let line: Dataset = {
  let x = (0..<20).map { Double($0) / 10 }
  return try! Dataset(features: x.map { [$0] }, targets: x.map { 3 * $0 + 1 })
}()

private func makeTrainer() -> Trainer<MLP> {
  var generator = SeededGenerator(seed: 1)
  let model = MLP(inputs: 1, layers: [4, 1], activation: .tanh, using: &generator)
  let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 1) {
    meanSquaredError(predicted: $0, expected: $1)
  }
  trainer.batchSize = 5
  return trainer
}

/// Trains on itself, and answers questions meanwhile.
private actor Learner {
  private let trainer = makeTrainer()
  private(set) var records: [EpochRecord] = []

  func learn(epochs: Int) async throws -> TrainingOutcome? {
    for try await epoch in trainer.epochs(epochs, on: line, validation: line) {
      records.append(epoch)
    }
    return trainer.outcome
  }
}

@MainActor private final class View {
  let trainer = makeTrainer()
  var losses: [Double] = []
}

final class TrainingEpochsTests: XCTestCase {
  func testEpochsAreThoseOfFit() async throws {
    let trainer = makeTrainer(), other = makeTrainer()
    var records: [EpochRecord] = []
    for try await epoch in trainer.epochs(7, on: line, validation: line) { records.append(epoch) }
    try other.fit(line, validation: line, epochs: 7)
    XCTAssertEqual(records, other.history)
    XCTAssertEqual(trainer.outcome, .finished)
    XCTAssertEqual(trainer.model.parameters.map(\.data), other.model.parameters.map(\.data))
  }

  func testTheActorAnswersWhileItLearns() async throws {
    let learner = Learner()
    let learning = Task { try await learner.learn(epochs: 200) }
    var counts: Set<Int> = []
    while !counts.contains(200) { counts.insert(await learner.records.count) }
    let outcome = try await learning.value
    XCTAssertEqual(outcome, .finished)
    XCTAssertGreaterThan(counts.filter { (1..<200).contains($0) }.count, 0)
  }

  @MainActor func testAViewTrainsOnTheMainActor() async throws {
    let view = View()
    for try await epoch in view.trainer.epochs(3, on: line) { view.losses.append(epoch.loss) }
    XCTAssertEqual(view.losses, view.trainer.history.map(\.loss))
    XCTAssertEqual(view.losses.count, 3)
  }

  func testALoopThatIsLeftGoesOnInAnother() async throws {
    let trainer = makeTrainer(), other = makeTrainer()
    for try await _ in trainer.epochs(9, on: line) where trainer.progress.epoch == 4 { break }
    XCTAssertEqual(trainer.history.count, 4)
    for try await _ in trainer.epochs(9, on: line) {}
    try other.fit(line, epochs: 9)
    XCTAssertEqual(trainer.history, other.history)
  }

  func testACancelledTaskEndsBetweenSteps() async throws {
    let task = Task { () -> (Int, TrainingOutcome?) in
      let trainer = makeTrainer()
      for try await _ in trainer.epochs(1_000_000, on: line) where trainer.progress.epoch == 3 {
        withUnsafeCurrentTask { $0?.cancel() }
      }
      return (trainer.history.count, trainer.outcome)
    }
    let (count, outcome) = try await task.value
    XCTAssertEqual(count, 3)
    XCTAssertEqual(outcome, .interrupted)
  }

  func testErrorsReachTheLoop() async throws {
    struct Enough: Error {}
    let trainer = makeTrainer()
    trainer.afterEpoch = { if $0.progress.epoch == 2 { throw Enough() } }
    do {
      for try await _ in trainer.epochs(5, on: line) {}
      XCTFail("no error")
    } catch { XCTAssert(error is Enough) }
    XCTAssertEqual(trainer.history.count, 2)
  }
}
