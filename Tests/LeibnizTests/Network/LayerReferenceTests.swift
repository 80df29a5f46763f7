import XCTest

@testable import Leibniz

final class LayerReferenceTests: XCTestCase {
  private let outer = [[1.0, -2.0], [0.3, 1.1], [-1.5, 0.2], [0.4, 0.6]]

  /// The outputs of some function of the variables and all gradients of their weighted sum against
  /// PyTorch, and the gradients against central differences.
  private func check(
    _ name: String, _ variables: [Value], weights: [Double], line: UInt = #line,
    _ outputs: () -> [Value]
  ) {
    func weightedSum(_ y: [Value]) -> Value { .dot(y, weights.map(Value.constant)) }
    let y = outputs()
    weightedSum(y).backward()
    let gradients = variables.map(\.grad)
    assertReference(y.map(\.data) + gradients, name, line: line)
    let differences = finiteDifferences(at: variables.map(\.data)) { moved in
      for (variable, number) in zip(variables, moved) { variable.data = number }
      return weightedSum(outputs()).data
    }
    for (g, d) in zip(gradients, differences) {
      assertClose(g, d, relative: 1e-8, floor: 1, name, line: line)
    }
  }

  private func layer(
    _ weights: [[Double]], biases: [Double] = [], activation: Activation
  ) -> (layer: Layer, parameters: [Value]) {
    var generator = SeededGenerator(seed: 0)
    let layer = Layer(
      inputs: 3, outputs: weights.count, activation: activation, bias: !biases.isEmpty,
      using: &generator)
    let parameters = layer.neurons.flatMap(\.weights) + layer.neurons.compactMap(\.bias)
    for (parameter, number) in zip(parameters, weights.flatMap { $0 } + biases) {
      parameter.data = number
    }
    return (layer, parameters)
  }

  private let weights = [[0.3, -0.8, 0.5], [1.2, 0.4, -0.6]]
  private let biases = [0.1, -0.2]

  func testDense() {
    for (name, activation) in [("dense", Activation.tanh), ("denseGelu", .gelu)] {
      let (layer, parameters) = layer(weights, biases: biases, activation: activation)
      let x = batch.map { $0.map { Value($0) } }
      check(name, x.flatMap { $0 } + parameters, weights: outer.flatMap { $0 }) {
        x.flatMap { layer($0) }
      }
    }
  }

  func testResidualInAChain() {
    let square = layer(
      [[0.3, -0.8, 0.5], [1.2, 0.4, -0.6], [-0.5, 0.7, 0.9]], activation: .tanh)
    let last = layer(weights, biases: biases, activation: .linear)
    let model = Sequential([Residual(square.layer), last.layer, Activation.tanh])
    let x = batch.map { $0.map { Value($0) } }
    var generator = SeededGenerator(seed: 0)
    check(
      "residualChain", x.flatMap { $0 } + square.parameters + last.parameters,
      weights: outer.flatMap { $0 }
    ) {
      model.trainingOutputs(for: x, using: &generator).flatMap { $0 }
    }
  }

  func testSoftmax() {
    for (name, function) in [
      ("softmax", softmax as ([Value]) -> [Value]), ("logSoftmax", logSoftmax),
    ] {
      let x = [0.3, -1.7, 2.5, 0.9].map { Value($0) }
      check(name, x, weights: [1.0, -1.0, -0.5, 0.9]) { function(x) }
    }
  }

  func testEmbedding() {
    var generator = SeededGenerator(seed: 0)
    let embedding = Embedding(count: 4, dimensions: 3, using: &generator)
    let numbers = embedding.vectors.flatMap { $0 }
    for (value, number) in zip(numbers, batch.flatMap { $0 }) { value.data = number }
    let weights = [1.0, -2.0, 0.5, 0.3, 1.1, -0.7, -1.5, 0.2, 0.9]
    check("embedding", numbers, weights: weights) { [2, 0, 2].flatMap { embedding($0) } }
  }
}
