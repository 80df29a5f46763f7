import ExampleSupport
import Leibniz
import LeibnizTools

// Fits a damped oscillation to noisy points: by gradient descent, by Gauss–Newton steps from the
// exact Jacobian and by Newton steps from the exact Hessian.

@main
struct Fit {
  private static let truth = [1.5, 0.25, 3, 0.6, 0.4]

  static func main() {
    runExample {
      var options = Options("fit", "Fits a damped oscillation to noisy points.")
      let file = options.text("data", "a CSV file of t,y instead of simulated points")
      let count = options.integer(
        "points", default: 120, in: 10...100_000, "the number of points to simulate")
      let noise = options.number(
        "noise", default: 0.1, in: 0...10, "the standard deviation of the noise")
      let seed = options.integer("seed", default: 1, "the seed of the noise")
      let output = options.output("output", default: "fit.svg", "the picture to write")
      try options.finish()

      var generator = SeededGenerator(seed: UInt64(seed))
      let points =
        try file.map(read)
        ?? .simulated(truth, count: count, noise: noise, using: &generator)

      let units = Units(for: points)
      let scaled = units.scaled(points)
      guard let start = DampedOscillation.guess(for: scaled) else {
        throw MissedTarget(
          "No damped oscillation fits the points: their times are too far from 0.")
      }
      let runs = [
        Run("gradient descent", scaled, units, start, steps: 200, Descent.gradient),
        Run("Gauss–Newton", scaled, units, start, steps: 50, Descent.gaussNewton),
        Run("Newton", scaled, units, start, steps: 50, Descent.newton),
      ]
      print("the initial sum of squares is \(runs[0].sums[0].toFourPlaces)")
      for run in runs {
        print("\(run.name): \(run.sums.last!.toFourPlaces) after \(run.sums.count - 1) steps")
      }
      let best = runs.min { $0.scaledSum < $1.scaledSum }!
      let errors = units.unscaled(try standardErrors(scaled, best.scaled))
      printParameters(best.parameters, errors, truth: file == nil ? truth : nil)
      try picture(points, runs, best: best.parameters).write(to: output)
      print("wrote \(output)")
      if file == nil && noise <= 0.1 && count >= 100 {
        try checkDemo(runs, errors)
      }
    }
  }

  /// The standard errors √(2 σ² H⁻¹)ᵢᵢ, with σ² = (sum of squares) / (points − parameters).
  static func standardErrors(_ points: Points, _ parameters: [Double]) throws -> [Double] {
    let curvature = hessian(at: parameters) { points.sumOfSquares($0) }
    guard let factor = Cholesky(curvature) else {
      throw MissedTarget(
        "The fit did not converge to a minimum: the Hessian is not positive definite.")
    }
    let freedom = Double(points.t.count - parameters.count)
    let variance = points.sumOfSquares(parameters) / freedom
    return factor.inverseDiagonal.map { (2 * variance * $0).squareRoot() }
  }

  static func printParameters(_ parameters: [Double], _ errors: [Double], truth: [Double]?) {
    for (i, name) in DampedOscillation.names.enumerated() {
      let known = truth.map { "  (simulated with \($0[i]))" } ?? ""
      print("  \(name) = \(parameters[i].toFourPlaces) ± \(errors[i].toFourPlaces)\(known)")
    }
  }

  /// Both second-order methods end in the same minimum, near the simulated parameters.
  static func checkDemo(_ runs: [Run], _ errors: [Double]) throws {
    for (i, name) in DampedOscillation.names.enumerated() {
      let (a, b) = (runs[1].parameters[i], runs[2].parameters[i])
      // Exact points leave errors of rounding alone.
      let rounding = 1e-9 * abs(truth[i])
      guard abs(a - b) < 1e-4 * errors[i] + rounding else {
        throw MissedTarget("Gauss–Newton and Newton differ in the \(name): \(a) and \(b).")
      }
      guard abs(a - truth[i]) < 5 * errors[i] + rounding else {
        throw MissedTarget("The \(name) is \(a), more than 5 standard errors from \(truth[i]).")
      }
    }
  }

  static func read(_ path: String) throws -> Points {
    let rows = try CSVFile.numbers(contentsOf: path, columns: 2)
    guard rows.count > DampedOscillation.names.count, Set(rows.map { $0[0] }).count > 1 else {
      let reason = "a curve of \(DampedOscillation.names.count) parameters needs more points"
      throw FileError.malformed(path: path, line: nil, reason: reason)
    }
    return Points(t: rows.map { $0[0] }, y: rows.map { $0[1] })
  }
}

/// What one way downhill came to.
struct Run {
  let name: String
  /// Where it ended, in the units in which the descent was made.
  let scaled: [Double]
  let scaledSum: Double
  let parameters: [Double]
  let sums: [Double]

  init(
    _ name: String, _ points: Points, _ units: Units, _ start: [Double], steps: Int,
    _ direction: (Points, [Double]) -> [Double]?
  ) {
    self.name = name
    let (end, sums) = Descent.run(points, from: start, steps: steps, direction: direction)
    (scaled, scaledSum, parameters) = (end, sums.last!, units.unscaled(end))
    self.sums = sums.map(units.unscaled(sum:))
  }
}
