import Foundation
import Leibniz

extension Measurements {
  func measureLosses() {
    let signs = e.map { $0 < 0.5 ? -1.0 : 1.0 }
    func pairs(_ name: String, _ generic: () -> Double, byHand: (Double, Double) -> Double) {
      report(
        name, nanoseconds(count) { use(generic()) },
        byHand: nanoseconds(count) { use(sum { byHand(p[$0], e[$0]) }) })
    }
    func nodes(_ name: String, _ generic: () -> Value, byHand: (Value, Double) -> Value) {
      report(
        "\(name) of values", nanoseconds(count) { use(generic()) },
        byHand: nanoseconds(count) { use(Value.sum(zip(values, e).map(byHand))) }, times: 3)
    }
    pairs("meanSquaredError", { meanSquaredError(predicted: p, expected: e) }) {
      ($0 - $1) * ($0 - $1)
    }
    nodes("meanSquaredError", { meanSquaredError(predicted: values, expected: e) }) {
      let d = $0 - $1
      return d * d
    }
    pairs("meanAbsoluteError", { meanAbsoluteError(predicted: p, expected: e) }) { abs($0 - $1) }
    nodes("meanAbsoluteError", { meanAbsoluteError(predicted: values, expected: e) }) {
      ($0 - $1).abs()
    }
    pairs("huberLoss", { huberLoss(predicted: p, expected: e) }) {
      let d = abs($0 - $1)
      return d < 1 ? d * d / 2 : d - 0.5
    }
    nodes("huberLoss", { huberLoss(predicted: values, expected: e) }) {
      let d = ($0 - $1).abs(), bounded = min(d, 1)
      return bounded * (d - 0.5 * bounded)
    }
    pairs("hingeLoss", { hingeLoss(predicted: p, expected: signs) }) { max(0, 1 - $0 * $1) }
    nodes("hingeLoss", { hingeLoss(predicted: values, expected: signs) }) { (1 - $1 * $0).relu() }
    pairs("squaredHingeLoss", { squaredHingeLoss(predicted: p, expected: signs) }) {
      max(0, 1 - $0 * $1) * max(0, 1 - $0 * $1)
    }
    pairs("binaryCrossEntropy", { binaryCrossEntropy(logits: p, expected: e) }) {
      Foundation.log1p(Foundation.exp($0)) - $0 * $1
    }
    nodes("binaryCrossEntropy", { binaryCrossEntropy(logits: values, expected: e) }) {
      $0.softplus() - $0 * $1
    }
    pairs("softmaxCrossEntropy, a class", { softmaxCrossEntropy(logits: p, label: 3) }) {
      p, _ in Foundation.exp(p)
    }
    nodes("softmaxCrossEntropy, a class", { softmaxCrossEntropy(logits: values, label: 3) }) {
      p, _ in
      p
    }
    pairs(
      "kullbackLeiblerDivergence", { kullbackLeiblerDivergence(logProbabilities: p, expected: e) }
    ) {
      $1 * (Foundation.log($1) - $0)
    }
  }
}
