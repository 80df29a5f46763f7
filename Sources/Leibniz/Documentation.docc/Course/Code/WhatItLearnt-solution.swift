import Leibniz
import LeibnizTools

/// The gradient times the input counts a product twice; integrated gradients add up to it.
func whatItLearntSolution() {
  let product: ([Value]) -> Value = { x in x[0] * x[1] }
  let point = [2.0, 3], blank = [0.0, 0]
  print(zip(gradient(at: point, of: product), point).map { $0 * $1 })  // [6.0, 6.0]
  let parts = integratedGradients(of: product, at: point, from: blank)
  print(parts)  // [3.0, 3.0]
  guard abs(parts[0] + parts[1] - 6) < 1e-9 else { fatalError("Attributions should add up to 6.") }
}
