import Leibniz
import LeibnizTools

/// Where is 3x² − 4x + 5 lowest? Where its derivative is zero; try numbers until it is.
func derivativeByLimitSolution() {
  for x in [3, 1, 0.5, 2.0 / 3] {
    print("x = \(x): \(derivative(at: x) { 3 * $0 * $0 - 4 * $0 + 5 })")  // 14, 2, -1 and 0
  }
}
