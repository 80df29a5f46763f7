import XCTest

@testable import Leibniz

final class LayerReferenceTests: XCTestCase {
  private let outer = [[1.0, -2.0], [0.3, 1.1], [-1.5, 0.2], [0.4, 0.6]]

  /// A dense layer's outputs and all its gradients against PyTorch, and those by its parameters
  /// against central differences.
  private func checkLayer(_ name: String, _ activation: Activation, line: UInt = #line) {
    var generator = SeededGenerator(seed: 0)
    let layer = Layer(inputs: 3, outputs: 2, activation: activation, using: &generator)
    let weights = layer.neurons.flatMap(\.weights), biases = layer.neurons.compactMap(\.bias)
    let parameters = weights + biases
    let numbers = [0.3, -0.8, 0.5, 1.2, 0.4, -0.6, 0.1, -0.2]
    for (parameter, number) in zip(parameters, numbers) { parameter.data = number }
    func weightedSum(_ y: [[Value]]) -> Value {
      .sum(zip(y, outer).map { .dot($0, $1.map(Value.constant)) })
    }
    let x = batch.map { $0.map { Value($0) } }
    let y = x.map { layer($0) }
    weightedSum(y).backward()
    let gradients = parameters.map(\.grad)
    assertReference(
      y.flatMap { $0.map(\.data) } + x.flatMap { $0.map(\.grad) } + gradients, name, line: line)
    let differences = finiteDifferences(at: numbers) { moved in
      for (parameter, number) in zip(parameters, moved) { parameter.data = number }
      return weightedSum(batch.map { layer($0) }).data
    }
    for (g, d) in zip(gradients, differences) {
      assertClose(g, d, relative: 1e-8, floor: 1, name, line: line)
    }
  }

  func testDense() {
    checkLayer("dense", .tanh)
    checkLayer("denseGelu", .gelu)
  }

  func testSoftmax() {
    for (name, function) in [
      ("softmax", softmax as ([Value]) -> [Value]), ("logSoftmax", logSoftmax),
    ] {
      let x = [0.3, -1.7, 2.5, 0.9].map { Value($0) }
      let y = function(x)
      Value.dot(y, [1.0, -1.0, -0.5, 0.9].map(Value.constant)).backward()
      assertReference(y.map(\.data) + x.map(\.grad), name)
    }
  }

  func testEmbedding() {
    var generator = SeededGenerator(seed: 0)
    let embedding = Embedding(count: 4, dimensions: 3, using: &generator)
    for (vector, row) in zip(embedding.vectors, batch) {
      for (value, number) in zip(vector, row) { value.data = number }
    }
    let y: [[Value]] = [2, 0, 2].map { embedding($0) }
    let weights = [[1.0, -2.0, 0.5], [0.3, 1.1, -0.7], [-1.5, 0.2, 0.9]]
    Value.sum(zip(y, weights).map { .dot($0, $1.map(Value.constant)) }).backward()
    assertReference(
      y.flatMap { $0.map(\.data) } + embedding.vectors.flatMap { $0.map(\.grad) }, "embedding")
  }
}
