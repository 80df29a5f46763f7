import Leibniz
import LeibnizTools

/// The saliency is the slope that a nudge of the input finds too.
func whatItLearntSolution() {
  let model = MLP(inputs: 6, layers: [24, 1], activation: .tanh, seed: 1)
  let point = [0, 0.2, 0, 0, -0.1, 0.0]
  let saliency = gradient(at: point) { model($0)[0] }
  for i in point.indices {
    var (up, down) = (point, point)
    up[i] += 1e-5
    down[i] -= 1e-5
    print(saliency[i], (model.predict(up)[0] - model.predict(down)[0]) / 2e-5)
  }
}
