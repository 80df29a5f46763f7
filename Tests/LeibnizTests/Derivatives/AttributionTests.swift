import XCTest

@testable import Leibniz

final class AttributionTests: XCTestCase {
  func testSaliencyIsTheSizeOfTheGradient() {
    XCTAssertEqual(saliency(of: { x in x[0] * x[0] - 3 * x[1] }, at: [1, 5]), [2, 3])
  }

  /// Each of two factors that count alike has half the product.
  func testAttributionsOfAProduct() {
    let parts = integratedGradients(of: { x in x[0] * x[1] }, at: [2, 3], from: [0, 0])
    XCTAssertEqual(parts[0], 3, accuracy: 1e-12)
    XCTAssertEqual(parts[1], 3, accuracy: 1e-12)
  }

  /// From another baseline than zero, against the integral by hand: f = x² y from (1, 1) to (2, 3) is
  /// ∫ 2 (1 + t)(1 + 2t) dt along x and 2 ∫ (1 + t)² dt along y.
  func testAttributionsAgainstAnIntegralByHand() {
    let parts = integratedGradients(
      of: { x in x[0] * x[0] * x[1] }, at: [2, 3], from: [1, 1], tolerance: 1e-7)
    XCTAssertEqual(parts[0], 2 + 3 + 4.0 / 3, accuracy: 1e-5)
    XCTAssertEqual(parts[1], 14.0 / 3, accuracy: 1e-5)
  }

  /// Completeness: the attributions of a network add up to the difference of its outputs, at kinks too,
  /// and what the network does not see has none.
  func testAttributionsAreComplete() {
    for activation in [Activation.tanh, .relu] {
      var generator = SeededGenerator(seed: 3)
      let model = MLP(inputs: 6, layers: [12, 8, 3], activation: activation, using: &generator)
      for neuron in model.layers[0].neurons { neuron.weights[4].data = 0 }
      for label in 0..<3 {
        let x = (0..<6).map { _ in generator.normal() }
        let baseline = (0..<6).map { _ in 0.3 * generator.normal() }
        let parts = integratedGradients(of: { model($0)[label] }, at: x, from: baseline)
        let difference = model.predict(x)[label] - model.predict(baseline)[label]
        XCTAssertEqual(
          parts.reduce(0, +), difference, accuracy: 1e-4 * max(1, difference.magnitude))
        XCTAssertEqual(parts[4], 0)
        XCTAssertNotEqual(parts[0], 0)
      }
    }
  }

  func testTheOptimisedInputIsAMaximumWithinItsRange() {
    let score: ([Value]) -> Value = { x in 4 * x[0] - x[0] * x[0] + x[1] - x[2] }
    let x = inputMaximizing(score, from: [0.5, 0.5, 0.5], in: 0...5, steps: 400)
    XCTAssertEqual(x[0], 2, accuracy: 1e-2)
    XCTAssertEqual(x[1], 5)
    XCTAssertEqual(x[2], 0)
    let costly = inputMaximizing(score, from: [0.5, 0.5, 0.5], in: 0...5, decay: 0.25, steps: 400)
    XCTAssertEqual(costly[0], 1.6, accuracy: 1e-2)
    XCTAssertEqual(costly[1], 2, accuracy: 1e-2)
  }
}
