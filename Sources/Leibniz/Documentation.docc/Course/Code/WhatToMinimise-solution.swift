import Leibniz
import LeibnizTools

/// One wild measurement moves the least squares to the mean; the least absolute error stays at the median.
func whatToMinimiseSolution() {
  let numbers = [1.0, 2, 3, 4, 100]
  for name in ["squared", "absolute"] {
    let center = Value(10)
    let optimizer = Adam([center], learningRate: 1)
    for step in 0..<4000 {
      optimizer.learningRate = 1 / Double(1 + step / 40)
      optimizer.zeroGrad()
      let predicted = numbers.map { _ in center }
      let loss =
        name == "squared"
        ? meanSquaredError(predicted: predicted, expected: numbers)
        : meanAbsoluteError(predicted: predicted, expected: numbers)
      loss.backward()
      optimizer.step()
    }
    print(name, center.data)  // 22, the mean; about 3, the median
  }
}
