import XCTest

@testable import Leibniz

final class ContainerTests: XCTestCase {
  func testDropoutKeepsTheMeanAndIsSilentInInference() {
    let dropout = Dropout(rate: 0.3)
    var generator = SeededGenerator(seed: 5)
    let ones = Array(repeating: Array(repeating: 1.0, count: 100), count: 1000)
    let outputs = dropout.trainingOutputs(for: ones, using: &generator).flatMap { $0.map(\.data) }
    XCTAssertEqual(Set(outputs), [0, 1 / 0.7])
    // Four standard errors of the mean of 100,000 numbers.
    let error = 4 * (0.3 / 0.7).squareRoot() / 100_000.0.squareRoot()
    XCTAssertEqual(outputs.reduce(0, +) / 100_000, 1, accuracy: error)
    let numbers: [Double] = dropout([1.0, 2.0])
    XCTAssertEqual(numbers, [1, 2])
  }

  func testDropoutIsTheSameForTheSameSeed() {
    func masks(_ seed: UInt64) -> [Double] {
      var generator = SeededGenerator(seed: seed)
      return Dropout(rate: 0.5).trainingOutputs(for: [batch[0] + batch[1]], using: &generator)[0]
        .map(\.data)
    }
    XCTAssertEqual(masks(1), masks(1))
    XCTAssertNotEqual(masks(1), masks(2))
  }

  func testDropoutStopsTheGradientOfWhatItLeavesOut() {
    var generator = SeededGenerator(seed: 3)
    let x = (0..<64).map { Value(Double($0 + 1)) }
    let y = Dropout(rate: 0.5).trainingOutputs(for: [x], using: &generator)[0]
    Value.sum(y).backward()
    for (x, y) in zip(x, y) { XCTAssertEqual(x.grad, y.data == 0 ? 0 : 2) }
  }

  func testSequentialIsTheCompositionOfItsModules() {
    var generator = SeededGenerator(seed: 1)
    let first = Layer(inputs: 3, outputs: 4, using: &generator)
    let second = Layer(inputs: 4, outputs: 2, using: &generator)
    let model = Sequential([first, Activation.tanh, second])
    let expected: [Double] = second(first(batch[0]).map { (x: Double) in x.tanh() })
    let numbers: [Double] = model(batch[0])
    XCTAssertEqual(numbers, expected)
    XCTAssertEqual(
      model.trainingOutputs(for: [batch[0]], using: &generator)[0].map(\.data), expected)
    XCTAssertEqual(
      model.tensors.map(\.name), ["0.weight", "0.bias", "2.weight", "2.bias"])
    XCTAssertEqual(model.tensors[2].shape, [2, 4])
    XCTAssertEqual(model.parameters.count, 26)
  }

  func testResidualAddsItsInput() {
    var generator = SeededGenerator(seed: 1)
    let layer = Layer(inputs: 3, outputs: 3, activation: .tanh, using: &generator)
    let plain: [Double] = layer(batch[0])
    let around: [Double] = Residual(layer)(batch[0])
    XCTAssertEqual(around, zip(plain, batch[0]).map { $1 + $0 })
    let trained = Residual(layer).trainingOutputs(for: [batch[0]], using: &generator)[0].map(\.data)
    XCTAssertEqual(trained, around)
  }

  func testEmbeddingLooksUp() {
    var generator = SeededGenerator(seed: 1)
    let embedding = Embedding(count: 5, dimensions: 3, using: &generator)
    let vector: [Value] = embedding(2)
    let numbers: [Double] = embedding([2, 4])
    XCTAssertEqual(vector.map(\.data), Array(numbers[..<3]))
    XCTAssertEqual(embedding.vectors[4].map(\.data), Array(numbers[3...]))
    Value.sum(vector).backward()
    XCTAssertEqual(embedding.vectors.map { $0[0].grad }, [0, 0, 1, 0, 0])
  }

  func testTensorsOfAPerceptronHoldItsParameters() {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 2, layers: [3, 1], using: &generator)
    XCTAssertEqual(
      model.tensors.map(\.name),
      ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
    XCTAssertEqual(model.tensors.map(\.shape), [[3, 2], [3], [1, 3], [1]])
    XCTAssertEqual(
      Set(model.tensors.parameters.map(\.id)), Set(model.parameters.map(\.id)))
  }
}
