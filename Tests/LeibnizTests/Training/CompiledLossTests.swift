import XCTest

@testable import Leibniz

/// Losses and normalisations as compiled programs, against plain numbers.
final class CompiledLossTests: XCTestCase {
  private let samples = [[0.3, -1.7, 2.5, 0.9], [1, 1, -3, 0], [-40, 700, 0.5, 2]]
  private let expected = [1.0, -1.0, -0.5, 0.9]

  private func check(
    _ name: String, _ compiled: ([Value]) -> Value, _ plain: ([Double]) -> Double
  ) throws {
    let placeholders = samples[0].map { _ in Value(0) }
    let program = try Program(compiled(placeholders), inputs: placeholders)
    for sample in samples {
      assertClose(program(sample)[0], plain(sample), relative: 1e-14, floor: 1, name)
    }
  }

  func testLosses() throws {
    let e = expected
    try check(
      "mse", { meanSquaredError(predicted: $0, expected: e) },
      { meanSquaredError(predicted: $0, expected: e) })
    try check(
      "huber", { huberLoss(predicted: $0, expected: e) }, { huberLoss(predicted: $0, expected: e) })
    try check(
      "squared hinge", { squaredHingeLoss(predicted: $0, expected: e) },
      { squaredHingeLoss(predicted: $0, expected: e) })
    try check(
      "binary", { binaryCrossEntropy(logits: $0, expected: [1, 0, 0.5, 0]) },
      { binaryCrossEntropy(logits: $0, expected: [1, 0, 0.5, 0]) })
    try check(
      "softmax", { softmaxCrossEntropy(logits: $0, label: 2, smoothing: 0.1) },
      { softmaxCrossEntropy(logits: $0, label: 2, smoothing: 0.1) })
    try check(
      "divergence",
      { kullbackLeiblerDivergence(logProbabilities: logSoftmax($0), expected: [0, 0.5, 0.5, 0]) },
      { kullbackLeiblerDivergence(logProbabilities: logSoftmax($0), expected: [0, 0.5, 0.5, 0]) })
  }

  func testModulesInInference() throws {
    var generator = SeededGenerator(seed: 1)
    let model = Sequential([
      Layer(inputs: 4, outputs: 4, using: &generator), BatchNorm(features: 4), Activation.gelu,
      Dropout(rate: 0.5), Residual(LayerNorm(features: 4)), RMSNorm(features: 4),
    ])
    _ = model.trainingOutputs(for: samples, using: &generator)
    try check("model", { Value.sum(model($0)) }, { Double.sum(model($0)) })
  }
}
