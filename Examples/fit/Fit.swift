import ExampleSupport
import Leibniz
import LeibnizTools

// Fits a damped oscillation to noisy points: by gradient descent, by least squares from the exact
// Jacobian matrix, and by Newton steps from products with the exact Hessian.

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
      let export = options.export("the fitted curve")
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
      let fit = try leastSquares(from: start) { scaled.residuals($0) }
      let runs = [
        Run("gradient descent", units, Descent.run(scaled, from: start, steps: 200)),
        try Run("least squares", units, squares(scaled, from: start)),
        try Run("Newton", units, newton(scaled, from: start)),
      ]
      print("the initial sum of squares is \(runs[0].sums[0].toFourPlaces)")
      for run in runs {
        print("\(run.name): \(run.sums.last!.toFourPlaces) after \(run.sums.count - 1) steps")
      }
      let errors: [Double]
      do {
        errors = units.unscaled(try fit.standardErrors())
      } catch {
        throw MissedTarget("The fit did not converge to a minimum: \(error)")
      }
      let best = units.unscaled(fit.parameters)
      printParameters(best, errors, truth: file == nil ? truth : nil)
      if let export {
        let curve = try DampedOscillation.program(best)
        try curve.program.export(to: export, results: .values, naming: curve.tensors)
      }
      let band = try Band(fit, units, over: points)
      band.printTable()
      try picture(points, runs, band).write(to: output)
      print("wrote \(output)")
      if file == nil && noise <= 0.1 && count >= 100 {
        try checkDemo(runs, errors)
      }
    }
  }

  static func squares(
    _ points: Points, from start: [Double]
  ) throws -> (parameters: [Double], sums: [Double]) {
    var sums = [points.sumOfSquares(start)]
    let fit = try leastSquares(from: start) {
      sums.append(2 * $0.cost)
      return true
    } residuals: {
      points.residuals($0)
    }
    return (fit.parameters, sums)
  }

  static func newton(
    _ points: Points, from start: [Double]
  ) throws -> (parameters: [Double], sums: [Double]) {
    var sums = [points.sumOfSquares(start)]
    let minimum = try minimizeByNewton(from: start) {
      sums.append($0.value)
      return true
    } of: {
      points.sumOfSquares($0)
    }
    return (minimum.parameters, sums)
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
        throw MissedTarget("Least squares and Newton differ in the \(name): \(a) and \(b).")
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
  let parameters: [Double]
  let sums: [Double]

  init(_ name: String, _ units: Units, _ end: (parameters: [Double], sums: [Double])) {
    self.name = name
    (parameters, sums) = (units.unscaled(end.parameters), end.sums.map(units.unscaled(sum:)))
  }
}
