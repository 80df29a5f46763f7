import Leibniz
import LeibnizTools

/// Each step multiplies y by 1 − 20 · rate, so the rate must stay below 2 / 20.
func descentSolution() {
  for rate in [0.099, 0.1, 0.101] {
    var y = 1.5
    for _ in 0..<1000 { y -= rate * derivative(at: y) { 10 * $0 * $0 } }
    print("rate \(rate): |y| = \(abs(y))")  // falls, stays, grows
  }
}
