import XCTest

@testable import Leibniz

final class LossTests: XCTestCase {
  func testLossesTakeNodesAndNumbersInAnyMixture() {
    let p = Value(0.25), e = Value(1)
    XCTAssertEqual(hingeLoss(predicted: p, expected: e).data, 0.75)
    XCTAssertEqual(hingeLoss(predicted: p, expected: -1).data, 1.25)
    XCTAssertEqual(hingeLoss(predicted: 0.25, expected: 1.0), 0.75)
    XCTAssertEqual(hingeLoss(predicted: [p, p], expected: [1, -1]).data, 1)
    XCTAssertEqual(meanSquaredError(predicted: p, expected: e).data, 0.5625)
    XCTAssertEqual(meanSquaredError(predicted: p, expected: 1).data, 0.5625)
    XCTAssertEqual(meanSquaredError(predicted: [p, e], expected: [1, 1]).data, 0.28125)
    XCTAssertEqual(
      meanSquaredError(predicted: [p, e], expected: [e, e], reduction: .sum).data, 0.5625)
    XCTAssertEqual(softmaxCrossEntropy(logits: [p, p], label: 0).data, 0.5.log() * -1)
  }

  func testCrossEntropyIsExactAtHugeLogits() {
    let logits = [Value(1000), Value(-1000), Value(999)]
    let loss = softmaxCrossEntropy(logits: logits, label: 1)
    XCTAssertEqual(loss.data, 2000 + (-1.0).exp().log1p())
    loss.backward()
    XCTAssertEqual(logits[1].grad, -1)
    XCTAssertEqual(logits[0].grad, 1 / (1 + (-1.0).exp()), accuracy: 1e-13)
    XCTAssertEqual(softmaxCrossEntropy(logits: [1000.0, -1000.0], label: 0), 0)
  }

  func testSGDStep() {
    let x = Value(3)
    let optimizer = SGD([x], learningRate: 0.1)
    (x * x).backward()
    optimizer.step()
    XCTAssertEqual(x.data, 2.4, accuracy: 1e-15)
    optimizer.zeroGrad()
    XCTAssertEqual(x.grad, 0)
  }
}
