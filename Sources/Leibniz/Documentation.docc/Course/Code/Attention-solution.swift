import Leibniz
import LeibnizTools

/// Attention with one key that fits: the softmax of a large product takes that value alone.
func attentionSolution() {
  let query = [4.0, 0]
  let keys = [[1.0, 0], [0, 1], [-1, 0]], values = [10.0, 20, 30]
  for scale in [0, 1, 4.0] {
    let weights = softmax(keys.map { key in scale * Double.dot(query, key) })
    print(weights, Double.dot(weights, values))  // 20, then nearly 10, then 10
  }
}
