import XCTest

@testable import Leibniz

/// Four samples of three features.
let batch = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-2.0, 3.0, 0.1], [0.0, 1.0, 1.0]]

final class NormalizationTests: XCTestCase {
  private let weights = [
    [1.0, -2.0, 0.5], [0.3, 1.1, -0.7], [-1.5, 0.2, 0.9], [0.4, 0.6, -1.2],
  ]

  /// Outputs and gradients of a module against PyTorch and central differences: in training, or as
  /// `run` says.
  private func check(
    _ name: String, _ module: any Module, line: UInt = #line,
    run: ((_ batch: [[Value]]) -> [[Value]])? = nil
  ) {
    var generator = SeededGenerator(seed: 0)
    let run = run ?? { module.trainingOutputs(for: $0, using: &generator) }
    let x = batch.map { $0.map { Value($0) } }
    let y = run(x)
    module.zeroGrad()
    weightedSum(y).backward()
    let outputs = y.flatMap { $0.map(\.data) }
    let variables = x.flatMap { $0 } + module.parameters
    let gradients = variables.map(\.grad)
    assertReference(outputs + gradients, name, line: line)
    let differences = finiteDifferences(at: variables.map(\.data), step: 0.01) { numbers in
      for (variable, number) in zip(variables, numbers) { variable.data = number }
      return weightedSum(run(x)).data
    }
    for (g, d) in zip(gradients, differences) {
      assertClose(g, d, relative: 1e-7, floor: 1, "\(name)′", line: line)
    }
  }

  private func weightedSum(_ y: [[Value]]) -> Value {
    .sum(zip(y, weights).map { .dot($0, $1.map(Value.constant)) })
  }

  private func set(_ scale: [Value], _ shift: [Value]) {
    for (value, number) in zip(scale, [1.5, -0.5, 2.0]) { value.data = number }
    for (value, number) in zip(shift, [0.1, 0.2, -0.3]) { value.data = number }
  }

  func testBatchNormInTraining() {
    let norm = BatchNorm(features: 3)
    set(norm.scale, norm.shift)
    check("batchNorm", norm)
  }

  func testBatchNormInInferenceUsesRunningStatistics() {
    let norm = BatchNorm(features: 3)
    set(norm.scale, norm.shift)
    var generator = SeededGenerator(seed: 0)
    _ = norm.trainingOutputs(for: batch, using: &generator)
    assertReference(
      (norm.runningMean + norm.runningVariance).map(\.data), "batchNormStatistics")
    check("batchNormInference", norm) { $0.map { norm($0) } }
    XCTAssertEqual(norm.parameters.count, 6)
    XCTAssertEqual(norm.tensors.flatMap(\.values).count, 12)
  }

  func testLayerNorm() {
    let norm = LayerNorm(features: 3)
    set(norm.scale, norm.shift)
    check("layerNorm", norm)
  }

  func testRMSNormWithoutAScale() {
    let norm = RMSNorm(features: 3, learnsScale: false)
    XCTAssertTrue(norm.parameters.isEmpty)
    let (plain, scaled): ([Double], [Double]) = (norm(batch[0]), RMSNorm(features: 3)(batch[0]))
    XCTAssertEqual(plain, scaled)
    XCTAssertEqual(plain.map { $0 * $0 }.reduce(0, +), 3, accuracy: 1e-4)
  }

  func testRMSNorm() {
    let norm = RMSNorm(features: 3)
    set(norm.scale, [])
    check("rmsNorm", norm)
  }
}
