import XCTest

@testable import Leibniz

final class LossReferenceTests: XCTestCase {
  private let p = [0.3, -1.7, 2.5, 0.9]
  private let e = [1.0, -1.0, -0.5, 0.9]
  private let signs = [1.0, -1.0, -1.0, 1.0]
  private let bits = [1.0, 0.0, 0.25, 1.0]
  private let distribution = [0.5, 0.0, 0.25, 0.25]

  /// Value and gradient against PyTorch, and the gradient against central differences.
  private func check(
    _ name: String, at x: [Double], _ loss: ([Value]) -> Value, line: UInt = #line
  ) {
    let variables = x.map { Value($0) }
    let y = loss(variables)
    y.backward()
    let gradient = variables.map(\.grad)
    assertReference([y.data] + gradient, name, line: line)
    let oracle = finiteDifferences(at: x) { loss($0.map(Value.constant)).data }
    for (g, d) in zip(gradient, oracle) {
      assertClose(g, d, relative: 1e-8, floor: 1, "\(name)′", line: line)
    }
  }

  func testElementwiseLosses() {
    for (suffix, reduction) in [("", LossReduction.mean), ("Sum", .sum)] {
      check("meanSquaredError\(suffix)", at: p) {
        meanSquaredError(predicted: $0, expected: e, reduction: reduction)
      }
      check("meanAbsoluteError\(suffix)", at: p) {
        meanAbsoluteError(predicted: $0, expected: [1.0, -1.0, -0.5, 0.8], reduction: reduction)
      }
      check("huber\(suffix)", at: p) {
        huberLoss(predicted: $0, expected: e, delta: 0.8, reduction: reduction)
      }
      check("hinge\(suffix)", at: p) {
        hingeLoss(predicted: $0, expected: signs, reduction: reduction)
      }
      check("squaredHinge\(suffix)", at: p) {
        squaredHingeLoss(predicted: $0, expected: signs, reduction: reduction)
      }
      check("binaryCrossEntropy\(suffix)", at: p) {
        binaryCrossEntropy(logits: $0, expected: bits, reduction: reduction)
      }
    }
  }

  func testClassificationLosses() {
    check("crossEntropy", at: p) { softmaxCrossEntropy(logits: $0, label: 2) }
    check("crossEntropySmoothed", at: p) {
      softmaxCrossEntropy(logits: $0, label: 2, smoothing: 0.1)
    }
    check("crossEntropyProbabilities", at: p) {
      softmaxCrossEntropy(logits: $0, probabilities: distribution)
    }
    check("negativeLogLikelihood", at: p) {
      negativeLogLikelihood(logProbabilities: logSoftmax($0), label: 1)
    }
    check("kullbackLeibler", at: p) {
      kullbackLeiblerDivergence(logProbabilities: logSoftmax($0), expected: distribution)
    }
  }

  func testClassificationLossesOfABatch() {
    let distributions = [[0.5, 0, 0.5], [1, 0, 0], [0.2, 0.3, 0.5], [0.25, 0.5, 0.25]]
    let labels = [2, 0, 1, 1]
    func rows(_ x: [Value]) -> [[Value]] { (0..<4).map { Array(x[(3 * $0)..<(3 * $0 + 3)]) } }
    let x = batch.flatMap { $0 }
    for (suffix, reduction) in [("Batch", LossReduction.mean), ("BatchSum", .sum)] {
      check("crossEntropy\(suffix)", at: x) {
        softmaxCrossEntropy(logits: rows($0), labels: labels, reduction: reduction)
      }
      check("crossEntropyProbabilities\(suffix)", at: x) {
        softmaxCrossEntropy(logits: rows($0), probabilities: distributions, reduction: reduction)
      }
      check("negativeLogLikelihood\(suffix)", at: x) {
        negativeLogLikelihood(
          logProbabilities: rows($0).map { logSoftmax($0) }, labels: labels, reduction: reduction)
      }
      check("kullbackLeibler\(suffix)", at: x) {
        kullbackLeiblerDivergence(
          logProbabilities: rows($0).map { logSoftmax($0) }, expected: distributions,
          reduction: reduction)
      }
    }
  }

  func testNodesAsTargetsGiveTheSameAsNumbers() {
    let predicted = p.map { Value($0) }, targets = bits.map { Value($0) }
    XCTAssertEqual(
      binaryCrossEntropy(logits: predicted, expected: targets).data,
      binaryCrossEntropy(logits: p, expected: bits))
    XCTAssertEqual(
      huberLoss(predicted: predicted, expected: targets).data,
      huberLoss(predicted: p, expected: bits))
  }

  func testExtremeLogits() {
    XCTAssertEqual(binaryCrossEntropy(logit: -1000.0, expected: 1.0), 1000)
    XCTAssertEqual(binaryCrossEntropy(logit: 1000.0, expected: 1.0), 0)
    assertClose(
      binaryCrossEntropy(logit: 40.0, expected: 1.0), (-40.0).exp(), relative: 1e-15, floor: 0,
      "log(1 + e⁻⁴⁰)")
    XCTAssertEqual(softmax([1000.0, -1000.0]), [1, 0])
    XCTAssertEqual(logSoftmax([1000.0, -1000.0]), [0, -2000])
  }

  func testZeroTimesLogarithmOfZeroIsZero() {
    let expected = [Value(1), Value(0)]
    let divergence = kullbackLeiblerDivergence(
      logProbabilities: [Value(-1), Value(-2)], expected: expected)
    divergence.backward()
    XCTAssertEqual(divergence.data, 1)
    XCTAssertEqual(expected.map(\.grad), [2, 2])
  }

  func testRightClassKeepsItsGradientBesideSmoothing() {
    let logits = [Value(0), Value(0)]
    softmaxCrossEntropy(logits: logits, label: 0, smoothing: 0.5).backward()
    XCTAssertEqual(logits.map(\.grad), [-0.25, 0.25])
  }
}
