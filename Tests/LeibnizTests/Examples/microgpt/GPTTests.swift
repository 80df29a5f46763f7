import Leibniz
import XCTest

@testable import MicroGPTModel

final class GPTTests: XCTestCase {
  /// A model of two heads and two blocks.
  private func tinyModel(width: Int = 4, seed: UInt64 = 1) -> GPT {
    var size = GPT.Size(vocabulary: 4)
    (size.width, size.heads, size.layers, size.context) = (width, 2, 2, 3)
    var generator = SeededGenerator(seed: seed)
    return GPT(size, using: &generator)
  }

  private func logits<S: NetworkScalar>(_ model: GPT, _ tokens: [Int]) -> [[S]] {
    var cache: GPT.Cache<S> = model.cache()
    return tokens.map { model($0, &cache) }
  }

  /// One head of width 2, reckoned by hand. Query, key and value are the token itself.
  func testForwardPassByHand() {
    var size = GPT.Size(vocabulary: 2)
    (size.width, size.heads, size.context) = (2, 1, 2)
    var generator = SeededGenerator(seed: 0)
    let model = GPT(size, using: &generator)
    let identity = [1.0, 0, 0, 1], zeros = Array(repeating: 0.0, count: 12)
    let numbers: [String: [Double]] = [
      "token.weight": [2, 2, 1, -1], "position.weight": [-1, -1, 0, 0],
      "blocks.0.attention.query.weight": identity, "blocks.0.attention.key.weight": identity,
      "blocks.0.attention.value.weight": identity, "blocks.0.attention.output.weight": identity,
      "blocks.0.mlp.hidden.weight": [1, 0, 0, -1] + zeros,
      "blocks.0.mlp.output.weight": [1, 0] + zeros.prefix(6) + [-1, 3] + zeros.prefix(6),
      "head.weight": identity,
    ]
    XCTAssertEqual(Set(model.tensors.map(\.name)), Set(numbers.keys))
    for tensor in model.tensors {
      for (value, number) in zip(tensor.values, numbers[tensor.name]!) { value.data = number }
    }

    // Token 0 is (1, 1), of mean square 1. It attends to itself alone: (2, 2), normalised (1, 1).
    // The hidden layer makes (1, 0, 0, …) of it, its output (1, −1): (3, 1).
    // Token 1 is (1, −1). Its scores 0 and √2 give it the weights 1 − w and w = 1 / (1 + e^−√2):
    // (1, −1) + (1, 1 − 2w) = (2, −2w), normalised by s = √(2 + 2w²). The hidden layer makes
    // (2/s, 2w/s, 0, …) of it: (2 + 2/s, −2w − 2/s + 6w/s).
    let expected = [[3, 1], [3.101930176260736, -0.05151351577187313]]
    let found: [[Double]] = logits(model, [0, 1])
    for (found, expected) in zip(found, expected) {
      for (x, y) in zip(found, expected) {
        XCTAssertEqual(x, y, accuracy: 1e-4)  // the norm's epsilon moves the fifth digit
      }
    }
    // log(1 + e²) for the token 1 after 0, log(1 + e^(−0.0515 − 3.1019)) for 0 after 1.
    XCTAssertEqual(
      model.loss([0, 1, 0]).data, (2.1269280110429727 + 0.04181811691972232) / 2, accuracy: 1e-4)
    XCTAssertEqual(model.attentionWeights([0, 1])[0][1][1], 0.8044296825069569, accuracy: 1e-4)
  }

  func testTheSizeOfMicrogpt() {
    var generator = SeededGenerator(seed: 1)
    XCTAssertEqual(GPT(GPT.Size(vocabulary: 27), using: &generator).parameters.count, 4192)
  }

  func testALaterTokenChangesNoEarlierLogit() {
    let model = tinyModel()
    let before: [[Double]] = logits(model, [0, 1, 2])
    let after: [[Double]] = logits(model, [0, 1, 3])
    XCTAssertEqual(before.prefix(2), after.prefix(2))
    XCTAssertNotEqual(before[2], after[2])
  }

  func testAnEarlierTokenChangesLaterLogits() {
    let model = tinyModel()
    let before: [[Double]] = logits(model, [0, 1, 2])
    let after: [[Double]] = logits(model, [3, 1, 2])
    XCTAssertNotEqual(before[2], after[2])
  }

  func testGraphAndPlainNumbersAgree() {
    let model = tinyModel()
    let plain: [[Double]] = logits(model, [3, 0, 2])
    let graph: [[Value]] = logits(model, [3, 0, 2])
    for (x, y) in zip(plain.joined(), graph.joined()) {
      assertClose(y.data, x, relative: 1e-13, "logit")
    }
  }

  func testGradientsOfAllParametersAgainstDifferences() {
    let model = tinyModel(width: 2, seed: 2)
    let document = [3, 0, 1, 3]
    model.loss(document[...]).backward()
    let parameters = model.parameters
    let differences = finiteDifferences(at: parameters.map(\.data), step: 0.001) { numbers in
      for (parameter, number) in zip(parameters, numbers) { parameter.data = number }
      let rows: [[Double]] = logits(model, document.dropLast())
      return softmaxCrossEntropy(logits: rows, labels: Array(document.dropFirst()))
    }
    for (i, parameter) in parameters.enumerated() {
      assertClose(
        parameter.grad, differences[i], relative: 1e-6, floor: 0.1, "by parameter \(i)")
    }
    XCTAssertGreaterThan(parameters.count { $0.grad != 0 }, 90)
  }
}
