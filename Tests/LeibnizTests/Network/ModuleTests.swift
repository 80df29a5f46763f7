import XCTest

@testable import Leibniz

final class ModuleTests: XCTestCase {
  private func model() -> MLP {
    var generator = SeededGenerator(seed: 1)
    return MLP(inputs: 2, layers: [4, 2], using: &generator)
  }

  /// Called for plain numbers without a type, a model gives values, also inside a loss: `backward`
  /// compiles only so.
  func testOutputsForPlainNumbersCanBeDifferentiatedWithoutATypeGiven() {
    let model = model(), x = [0.5, -1], target = 1.0
    let hinge = hingeLoss(predicted: model([0.5, -1])[0], expected: 1.0)
    hinge.backward()
    let squared = meanSquaredError(predicted: model(x)[0], expected: target)
    squared.backward()
    let entropy = softmaxCrossEntropy(logits: model(x), label: 0)
    model.zeroGrad()
    entropy.backward()
    let expected = softmax(model(x)).map(\.data)[1]
    XCTAssertEqual(model.layers[1].neurons[1].bias!.grad, expected, accuracy: 1e-15)
    XCTAssertEqual(model.layers[1].neurons[0].bias!.grad, -expected, accuracy: 1e-15)
  }

  func testInferenceGivesTheNumbersOfTheValues() {
    let model = model(), x = [0.5, -1]
    let numbers: [Double] = model(x)
    XCTAssertEqual(numbers, model(x).map(\.data))
    let any: any Module = model
    let same: [Double] = any(x)
    XCTAssertEqual(same, numbers)
    let probabilities: [Double] = softmax(model(x))
    XCTAssertEqual(probabilities.reduce(0, +), 1, accuracy: 1e-15)
  }
}
