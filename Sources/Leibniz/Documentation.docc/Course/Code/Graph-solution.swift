import Leibniz
import LeibnizTools

/// b = a + a: both paths lead to a, and their slopes add up.
func graphSolution() {
  let a = Value(3)
  let b = a + a
  b.backward()
  print(a.grad)  // 2.0
}
