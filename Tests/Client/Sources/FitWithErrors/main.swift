// A fit with standard errors, by somebody who has read the README: a decay with noise.
import Leibniz

var generator = SeededGenerator(seed: 7)
let truth = [5.0, 0.7, 1.0]
let times = (0..<40).map { Double($0) / 8 }
let counts = times.map { t in
  truth[0] * exp(-truth[1] * t) + truth[2] + 0.05 * generator.normal()
}

let fit = try leastSquares(from: [1, 1, 0]) { p in
  zip(times, counts).map { t, y in p[0] * exp(-p[1] * t) + p[2] - y }
}
print(fit)
let errors = try fit.standardErrors()
for i in truth.indices {
  print("\(fit.parameters[i]) ± \(errors[i])")
  guard abs(fit.parameters[i] - truth[i]) < 4 * errors[i], errors[i] < 0.2 else {
    fatalError("Parameter \(i) should be \(truth[i]).")
  }
}

// The same by hand: the sum of squares and its gradient.
func sumOfSquares(_ p: [Value]) -> Value {
  Value.sum(times.indices.map { i in (p[0] * exp(-p[1] * times[i]) + p[2] - counts[i]).power(2) })
}
let slopes = gradient(at: fit.parameters) { sumOfSquares($0) }
guard slopes.allSatisfy({ abs($0) < 1e-6 }) else { fatalError("No minimum: \(slopes)") }
