import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class TrainingReportsTests: XCTestCase {
  private var data: Dataset {
    var generator = SeededGenerator(seed: 8)
    let x = (0..<60).map { _ in [generator.normal(), generator.normal()] }
    return try! Dataset(features: x, targets: x.map { 2 * $0[0] - $0[1] })
  }

  private func trainer() -> Trainer<MLP> {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 2, layers: [1], using: &generator)
    let optimizer = SGD(model.parameters, learningRate: 0.01, momentum: 0.5)
    let trainer = Trainer(model, optimizer: optimizer, seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    trainer.batchSize = 20
    return trainer
  }

  func testLearningRateRangeStopsWhereTheLossRunsAwayAndUndoesItsSteps() throws {
    let trainer = trainer()
    try trainer.fit(data, epochs: 1)
    let (before, state) = (trainer.model.parameters.map(\.data), trainer.optimizer.state)
    let progress = trainer.progress
    let range = try trainer.learningRateRange(on: data, rates: 1e-4...100, steps: 60)
    XCTAssertLessThan(range.rates.count, 60)
    XCTAssertEqual(range.rates[0], 1e-4, accuracy: 1e-18)
    let suggestion = try XCTUnwrap(range.suggestion)
    XCTAssert((0.005...0.5).contains(suggestion), "\(suggestion)")
    XCTAssertEqual(trainer.model.parameters.map(\.data), before)
    XCTAssertEqual(trainer.optimizer.state, state)
    XCTAssertEqual(trainer.optimizer.learningRate, 0.01)
    XCTAssertEqual(trainer.progress, progress)
    // Training goes on as if nothing had been tried.
    let other = self.trainer()
    try other.fit(data, epochs: 2)
    try trainer.fit(data, epochs: 2)
    XCTAssertEqual(trainer.model.parameters.map(\.data), other.model.parameters.map(\.data))
  }

  func testErrorLandscapeIsLowestAtTheMinimum() {
    let trainer = trainer()
    for (parameter, number) in zip(trainer.model.parameters, [2.0, -1, 0]) {
      parameter.data = number
    }
    var generator = SeededGenerator(seed: 5)
    let data = data
    let landscape = trainer.model.lossLandscape(steps: 3, using: &generator) {
      trainer.evaluate(data).loss
    }
    XCTAssertEqual(landscape.losses.count, 7)
    XCTAssertEqual(landscape.losses[3][3], 0, accuracy: 1e-28)
    // A quadratic is the same on both sides.
    XCTAssertEqual(landscape.losses[3][0], landscape.losses[3][6], accuracy: 1e-9)
    XCTAssertGreaterThan(landscape.losses[0][0], landscape.losses[2][2])
    XCTAssertEqual(trainer.model.parameters.map(\.data), [2, -1, 0])
  }

  func testBatchSizeComparisonMeasuresStepsAndMemory() throws {
    // A process allocates some things once, at their first use.
    func eager() -> Trainer<MLP> {
      let trainer = trainer()
      trainer.isCompiled = false
      return trainer
    }
    _ = try compareBatchSizes([60], on: data, epochs: 1, eager)
    let comparison = try compareBatchSizes([1, 20, 60], on: data, epochs: 2, eager)
    XCTAssertEqual(comparison.rows.map(\.stepsPerEpoch), [60, 3, 1])
    #if canImport(Glibc) || canImport(Darwin)
      let bytes = try comparison.rows.map { try XCTUnwrap($0.allocatedBytes) }
      // A sample takes a dot product, a difference, a square and a mean, of 80 bytes each or more.
      XCTAssertGreaterThan(bytes[0], 4 * 80)
      XCTAssertGreaterThan(bytes[1] - bytes[0], 19 * 4 * 80)
      XCTAssertGreaterThan(bytes[2] - bytes[1], 40 * 4 * 80)
      XCTAssertLessThan(bytes[2], 1_000_000)
      // Nodes that are kept for the next graph do not count.
      let again = try compareBatchSizes([60, 20], on: data, epochs: 1, eager)
      for (row, expected) in zip(again.rows, [bytes[2], bytes[1]]) {
        XCTAssertLessThan(abs(try XCTUnwrap(row.allocatedBytes) - expected), 4000)
      }
    #endif
    let compiled = try compareBatchSizes([20, 60], on: data, epochs: 2, trainer)
    for (found, expected) in zip(compiled.rows, comparison.rows[1...]) {
      XCTAssertEqual(found.finalLoss, expected.finalLoss, accuracy: 1e-12)
      #if canImport(Glibc) || canImport(Darwin)
        // Features and target of each sample, at the least.
        XCTAssertGreaterThan(try XCTUnwrap(found.allocatedBytes), found.batchSize * 3 * 8)
      #endif
    }
    XCTAssertEqual(comparison.rows[2].coefficientOfVariation, 0)
    XCTAssertGreaterThan(
      comparison.rows[0].coefficientOfVariation, comparison.rows[1].coefficientOfVariation)
    XCTAssertLessThan(comparison.rows[0].finalLoss, comparison.rows[2].finalLoss)
    XCTAssert(comparison.description.hasPrefix("batch  steps/epoch"), comparison.description)
  }
}
