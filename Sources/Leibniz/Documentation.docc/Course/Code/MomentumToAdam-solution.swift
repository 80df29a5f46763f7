import Leibniz
import LeibnizTools

/// RMSProp by hand: the gradient divided by the root of its running mean square.
func momentumToAdamSolution() {
  let x = Value(3), y = Value(3)
  let optimizer = RMSProp([x], learningRate: 0.1, decay: 0.9)
  var meanSquare = 0.0
  for _ in 0..<10 {
    optimizer.zeroGrad()
    (x * x).backward()
    optimizer.step()

    let g = 2 * y.data
    meanSquare = 0.9 * meanSquare + 0.1 * g * g
    y.data -= 0.1 * g / (sqrt(meanSquare) + 1e-8)
  }
  print(x.data, y.data)  // twice the same number
}
