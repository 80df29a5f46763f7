import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class GradientFlowTests: XCTestCase {
  private func flow(depth: Int, _ activation: Activation, _ initializer: Initializer)
    -> GradientFlow
  {
    var generator = SeededGenerator(seed: 3)
    let model = MLP(
      inputs: 4, layers: Array(repeating: 8, count: depth) + [1], activation: activation,
      initializer: initializer, using: &generator)
    let samples = (0..<8).map { _ in (0..<4).map { _ in generator.normal() } }
    let loss = Value.mean(samples.map { meanSquaredError(predicted: model($0)[0], expected: 1) })
    loss.backward()
    let optimizer = SGD(model.parameters, learningRate: 0.1)
    return measureGradientFlow(through: model.layers, samples: samples) { optimizer.step() }
  }

  func testNormsOfOneStep() {
    let layer = Layer(weights: [[3, 4]], biases: [0])
    for parameter in layer.parameters { parameter.grad = 2 }
    let flow = measureGradientFlow(through: [layer]) {
      SGD(layer.parameters, learningRate: 0.5).step()
    }
    XCTAssertEqual(flow.rows.count, 1)
    XCTAssertEqual(flow.rows[0].weightNorm, 5)
    XCTAssertEqual(flow.rows[0].gradientNorm, 12.0.squareRoot(), accuracy: 1e-15)
    XCTAssertEqual(flow.rows[0].updateNorm, 3.0.squareRoot(), accuracy: 1e-15)
    XCTAssertEqual(flow.rows[0].updateRatio, 3.0.squareRoot() / 5, accuracy: 1e-15)
    XCTAssertEqual(flow.verdict, "healthy")
  }

  func testVerdicts() {
    XCTAssert(flow(depth: 12, .sigmoid, .glorot).verdict.hasPrefix("vanishing"))
    XCTAssert(flow(depth: 12, .linear, .uniform(bound: 3)).verdict.hasPrefix("exploding"))
    XCTAssertEqual(flow(depth: 2, .tanh, .glorot).verdict, "healthy")
  }

  func testDeadOutputs() {
    let layer = Layer(weights: [[1], [1], [1], [1]], biases: [-9, -9, -9, 0], activation: .relu)
    let flow = measureGradientFlow(through: [layer], samples: [[1], [2]]) {}
    XCTAssertEqual(flow.rows[0].deadFraction, 0.75)
    XCTAssert(flow.verdict.contains("75 % of layer 0"), flow.verdict)
    XCTAssert(flow.description.hasPrefix("layer  weights  gradients"), flow.description)
  }
}

extension Layer {
  /// A layer of given numbers.
  fileprivate init(weights: [[Double]], biases: [Double], activation: Activation = .linear) {
    var generator = SeededGenerator(seed: 0)
    self.init(
      inputs: weights[0].count, outputs: weights.count, activation: activation, using: &generator)
    for (neuron, (row, bias)) in zip(neurons, zip(weights, biases)) {
      for (weight, number) in zip(neuron.weights, row) { weight.data = number }
      neuron.bias!.data = bias
    }
  }
}
