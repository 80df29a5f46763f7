import Leibniz
import XCTest

final class EvaluationTests: XCTestCase {
  private let labels = [0, 0, 0, 1, 1, 2, 2, 2, 2, 2]
  private let predictions = [0, 0, 1, 1, 2, 2, 2, 2, 0, 2]

  func testConfusionByHand() throws {
    let matrix = try ConfusionMatrix(labels: labels, predictions: predictions, classes: 4)
    XCTAssertEqual(matrix.counts, [[2, 1, 0, 0], [0, 1, 1, 0], [1, 0, 4, 0], [0, 0, 0, 0]])
    XCTAssertEqual(matrix.count, 10)
    XCTAssertEqual(matrix.accuracy, 0.7)
    XCTAssertEqual((0..<4).map(matrix.precision), [2.0 / 3, 0.5, 0.8, 0])
    XCTAssertEqual((0..<4).map(matrix.recall), [2.0 / 3, 0.5, 0.8, 0])
    let skewed = try ConfusionMatrix(labels: [0, 0, 0, 1], predictions: [0, 1, 1, 1], classes: 2)
    XCTAssertEqual(skewed.precision(of: 1), 1.0 / 3)
    XCTAssertEqual(skewed.recall(of: 1), 1)
    XCTAssertEqual(skewed.f1(of: 1), 0.5)
    XCTAssertEqual(skewed.f1(of: 0), 0.5, accuracy: 1e-15)
    XCTAssertEqual(skewed.macroRecall, (1.0 / 3 + 1) / 2, accuracy: 1e-15)
    XCTAssertEqual(
      skewed.description,
      """
      true \\ predicted  0  1  precision  recall  F1
      0                 1  2  1.000      0.333   0.500
      1                 ·  1  0.333      1.000   0.500
      accuracy 0.5000
      """)
  }

  func testWrongClassesAreErrors() {
    XCTAssertThrowsError(try ConfusionMatrix(labels: [0, 3], predictions: [0, 0], classes: 3)) {
      XCTAssertEqual("\($0)", "Sample 1 is of class 3; there are classes 0..<3.")
    }
    XCTAssertThrowsError(try ConfusionMatrix(labels: [0], predictions: [-1], classes: 3)) {
      XCTAssertEqual("\($0)", "Sample 0 is of class -1; there are classes 0..<3.")
    }
    XCTAssertThrowsError(try ConfusionMatrix(labels: [0], predictions: [], classes: 3)) {
      XCTAssertEqual("\($0)", "1 labels cannot be compared with 0 predictions.")
    }
    XCTAssertThrowsError(try Calibration(probabilities: [[0.5, 0.5]], labels: [2])) {
      XCTAssertEqual("\($0)", "Sample 0 is of class 2; there are classes 0..<2.")
    }
  }

  func testCalibrationByHand() throws {
    let calibration = try Calibration(
      probabilities: [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.55, 0.45], [1, 0]],
      labels: [0, 1, 1, 0, 0], bins: 5)
    XCTAssertEqual(calibration.bins.map(\.count), [0, 0, 1, 1, 3])
    XCTAssertEqual(calibration.bins[4].confidence, 0.9, accuracy: 1e-15)
    XCTAssertEqual(calibration.bins[4].accuracy, 2.0 / 3, accuracy: 1e-15)
    XCTAssertEqual(
      calibration.expectedError, (0.45 + 0.3 + 3 * (0.9 - 2.0 / 3)) / 5, accuracy: 1e-15)
    XCTAssertEqual(calibration.maximumError, 0.45, accuracy: 1e-15)
    let brier = 2 * (0.01 + 0.64 + 0.09 + 0.2025) / 5
    XCTAssertEqual(calibration.brierScore, brier, accuracy: 1e-15)
  }

  /// A predictor that is correct as often as it says is calibrated, within four standard errors.
  func testATruthfulPredictorIsCalibrated() throws {
    var generator = SeededGenerator(seed: 8)
    let rows = (0..<20_000).map { _ in Double.random(in: 0...1, using: &generator) }
    let labels = rows.map { Double.random(in: 0..<1, using: &generator) < $0 ? 1 : 0 }
    let calibration = try Calibration(probabilities: rows.map { [1 - $0, $0] }, labels: labels)
    XCTAssertLessThan(calibration.maximumError, 4 * 0.5 / 4000.0.squareRoot())
    let boasting = try Calibration(
      probabilities: rows.map { $0 > 0.5 ? [0, 1] : [1, 0] }, labels: labels)
    XCTAssertEqual(boasting.expectedError, 0.25, accuracy: 0.02)
  }

  func testFoldsValidateEverySampleOnce() throws {
    let data = try Dataset(
      features: (0..<53).map { [Double($0)] },
      labels: (0..<53).map { $0 < 40 ? 0 : $0 < 50 ? 1 : 2 })
    for isStratified in [false, true] {
      var generator = SeededGenerator(seed: 2)
      let folds = KFold(5, isStratified: isStratified).folds(of: data, using: &generator)
      XCTAssertEqual(folds.map(\.validation.count).sorted(), [10, 10, 11, 11, 11])
      XCTAssertEqual(
        folds.flatMap { $0.validation.features.map { $0[0] } }.sorted(), (0..<53).map(Double.init))
      for fold in folds {
        let all = (fold.training.features + fold.validation.features).map { $0[0] }
        XCTAssertEqual(all.sorted(), (0..<53).map(Double.init))
        guard isStratified else { continue }
        let counts = (0..<3).map { label in fold.validation.labels.count { $0 == label } }
        XCTAssertEqual(counts[0], 8)
        XCTAssertEqual(counts[1], 2)
        XCTAssertLessThanOrEqual(counts[2], 1)
      }
      var again = SeededGenerator(seed: 2)
      XCTAssertEqual(
        KFold(5, isStratified: isStratified).folds(of: data, using: &again).map(\.validation),
        folds.map(\.validation))
      XCTAssertNotEqual(
        folds[0].validation.features, folds[0].validation.features.sorted { $0[0] < $1[0] })
    }
  }

  /// A straight line cannot follow a parabola; a wide network learns four noisy points by heart.
  func testLearningCurvesNameOverfittingAndUnderfitting() throws {
    var generator = SeededGenerator(seed: 4)
    let x = (0..<60).map { _ in Double.random(in: -1...1, using: &generator) }
    let y = x.map { 2 * $0 * $0 + 0.05 * generator.normal() }
    let data = try Dataset(features: x.map { [$0] }, targets: y)
    let (train, validation) = (data.subset(at: 0..<40), data.subset(at: 40..<60))
    func curve(_ sizes: [Int], layers: [Int]) throws -> LearningCurve {
      try measureLearningCurve(
        sizes: sizes, on: train, validation: validation, epochs: 400, target: 0.02
      ) {
        var generator = SeededGenerator(seed: 1)
        let model = MLP(inputs: 1, layers: layers, activation: .tanh, using: &generator)
        let optimizer = Adam(model.parameters, learningRate: 0.03)
        return Trainer(model, optimizer: optimizer, seed: 1) {
          meanSquaredError(predicted: $0, expected: $1)
        }
      }
    }
    let line = try curve([20, 40], layers: [1])
    XCTAssertEqual(line.verdict, .underfitting)
    let few = try curve([2, 4], layers: [20, 1])
    XCTAssertEqual(few.verdict, .overfitting)
    let fitting = try curve([4, 40], layers: [20, 1])
    XCTAssertEqual(fitting.verdict, .fitting)
    XCTAssert(fitting.moreSamplesHelp)
    XCTAssert(fitting.description.hasPrefix("samples  training loss  validation loss\n4 "))
    XCTAssert(fitting.description.contains("\nfitting: the loss is 0.0"), fitting.description)
  }
}
