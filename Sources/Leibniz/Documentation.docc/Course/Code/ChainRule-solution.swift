import Leibniz
import LeibnizTools

/// The slope of exp(−x²/2) at 1, factor by factor, and by the library; and those of a longer formula.
func chainRuleSolution() {
  let u = -0.5  // −x²/2 at x = 1, whose slope is −x
  print(exp(u) * -1)  // -0.6065…
  print(derivative(at: 1) { exp(-$0 * $0 / 2) })  // -0.6065…

  // (a + b − (a·b + b³))² / 2 at a = −41, b = 2: with u = 35 the slopes are u (1 − b) and
  // u (1 − a − 3b²).
  let slopes = gradient(at: [-41, 2]) { x in
    let u = x[0] + x[1] - (x[0] * x[1] + x[1] * x[1] * x[1])
    return u * u / 2
  }
  print(slopes)  // [-35.0, 1050.0]
  guard slopes == [-35, 1050] else { fatalError("The slopes should be −35 and 1050.") }
}
