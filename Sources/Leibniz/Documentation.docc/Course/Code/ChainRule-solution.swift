import Leibniz
import LeibnizTools

/// The slope of exp(−x²/2) at 1, factor by factor, and by the library.
func chainRuleSolution() {
  let u = -0.5  // −x²/2 at x = 1, whose slope is −x
  print(exp(u) * -1)  // -0.6065…
  print(derivative(at: 1) { exp(-$0 * $0 / 2) })  // -0.6065…
}
