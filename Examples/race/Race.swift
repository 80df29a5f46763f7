import ExampleSupport
import Leibniz
import LeibnizTools

// Lets optimisers race from one place to the minimum, on two surfaces that are hard in different ways.

@main
struct Race {
  static func main() {
    runExample {
      var options = Options("race", "Lets optimisers race down two surfaces.")
      let steps = options.integer("steps", default: 300, in: 1...100_000, "steps of each")
      let output = options.output("output", default: "race.svg", "the picture to write")
      try options.finish()

      var plots: [SVGPlot] = []
      for surface in [Surface.rosenbrock, .himmelblau] {
        let paths = Racer.allCases.map { $0.path(on: surface, steps: steps) }
        print(surface.name)
        for (racer, path) in zip(Racer.allCases, paths) {
          let name = racer.rawValue.padded(to: 10)
          print(
            "  \(name) f = \(surface.value(at: path.last!).toFourPlaces) at \(text(path.last!))")
        }
        if steps >= 300 { try check(paths, on: surface) }
        plots += [picture(of: surface, paths), descent(on: surface, paths)]
      }
      try SVGFigure(plots, columns: 2).write(to: output)
      print("wrote \(output)")
    }
  }

  /// All get down on both surfaces, and L-BFGS to the bottom.
  static func check(_ paths: [[[Double]]], on surface: Surface) throws {
    for (racer, path) in zip(Racer.allCases, paths) {
      guard surface.value(at: path.last!) < 0.5 * surface.value(at: surface.start) else {
        throw MissedTarget("\(racer.rawValue) did not get down \(surface.name).")
      }
    }
    guard surface.distance(of: paths.last!.last!) < 1e-4 else {
      throw MissedTarget("L-BFGS did not reach a minimum of \(surface.name).")
    }
  }

  private static func text(_ point: [Double]) -> String {
    "(\(point[0].toFourPlaces), \(point[1].toFourPlaces))"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }
}
