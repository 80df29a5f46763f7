import Leibniz
import LeibnizTools

func whatToMinimise(picture: String) throws {
  print(meanSquaredError(predicted: [3.0, 1.0], expected: [1.0, 1.0]))  // 2.0
  print(softmaxCrossEntropy(logits: [2.0, 1.0, 0.1], label: 0))  // 0.4170…
  print(hingeLoss(predicted: 0.3, expected: 1.0))  // 0.7
}
