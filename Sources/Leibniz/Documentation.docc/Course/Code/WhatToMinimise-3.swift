import Leibniz
import LeibnizTools

func whatToMinimise(picture: String) throws {
  print(meanSquaredError(predicted: [3.0, 1.0], expected: [1.0, 1.0]))  // 2.0
  print(softmaxCrossEntropy(logits: [2.0, 1.0, 0.1], label: 0))  // 0.4170…
  print(hingeLoss(predicted: 0.3, expected: 1.0))  // 0.7

  func squared(_ logit: Value) -> Value {
    meanSquaredError(predicted: logit.sigmoid(), expected: 1)
  }
  func crossEntropy(_ logit: Value) -> Value {
    binaryCrossEntropy(logit: logit, expected: 1)
  }
  let wrong = -8.0
  let slopes = (derivative(at: wrong, of: squared), derivative(at: wrong, of: crossEntropy))
  print("sure and wrong: \(slopes.0) and \(slopes.1)")  // -0.0006… and -0.9996…
  guard slopes.0 > -0.001 && slopes.1 < -0.99 else {
    fatalError("Only cross-entropy should pull where the answer is surely wrong.")
  }

  print(softmaxCrossEntropy(logits: [1000.0, -1000.0], label: 1))  // 2000.0, not infinity
}
