import ExampleSupport
import Leibniz
import LeibnizTools

// Calibrates cameras with lens distortion from where they see points: a bundle adjustment.

@main
struct Calibrate {
  static func main() {
    runExample {
      var options = Options("calibrate", "Calibrates cameras from where they see points.")
      let file = options.text("data", "a file of Bundle Adjustment in the Large, not simulated")
      let cameras = options.integer("cameras", default: 20, in: 2...1000, "cameras to simulate")
      let points = options.integer("points", default: 500, in: 10...100_000, "points to simulate")
      let noise = options.number("noise", default: 0.5, in: 0...100, "noise in pixels")
      let robust = options.flag("robust", "count distances far beyond a pixel by their size alone")
      let seed = options.integer("seed", default: 1, "the seed of scene and noise")
      let output = options.output("output", default: "calibrate.svg", "the picture to write")
      try options.finish()

      var generator = SeededGenerator(seed: UInt64(bitPattern: Int64(seed)))
      let scene =
        try file.map(Scene.read)
        ?? .simulated(cameras: cameras, points: points, noise: noise, using: &generator)
      let start = file == nil ? disturbed(scene, using: &generator) : scene.parameters

      var settings = LeastSquaresSettings()
      settings.costTolerance = 1e-12
      settings.damping = 1e-3
      let reprojections = try scene.blocks()
      let fit = try leastSquares(
        from: start, blocks: [reprojections, try anchor(start)],
        loss: robust ? .huber(scale: 1) : .squares, settings: settings
      ) { now in
        print("  step \(now.iteration): cost \(now.cost)")
        return true
      }
      print(fit)
      let before = try BlockJacobian([reprojections], parameterCount: start.count)
        .residuals(at: start)
      let after = Array(fit.residuals.prefix(before.count))
      print("root mean square \(rms(before).toFourPlaces) pixels, now \(rms(after).toFourPlaces)")
      try SVGFigure(picture(before, "Before"), picture(after, "After")).write(to: output)
      print("wrote \(output)")
      if file == nil && !robust { try check(fit, noise: noise) }
    }
  }

  /// What one knows before: cameras roughly, lenses without distortion, points roughly.
  static func disturbed(_ scene: Scene, using generator: inout SeededGenerator) -> [Double] {
    var start = scene.parameters
    for camera in 0..<scene.cameraCount {
      let first = camera * Scene.cameraWidth
      for i in 0..<3 { start[first + i] += 0.01 * generator.normal() }
      for i in 3..<6 { start[first + i] += 0.05 * generator.normal() }
      start[first + 6] *= 1 + 0.02 * generator.normal()
      (start[first + 7], start[first + 8]) = (0, 0)
    }
    for i in scene.cameraCount * Scene.cameraWidth..<start.count {
      start[i] += 0.05 * generator.normal()
    }
    return start
  }

  /// Pictures tell nothing about where the whole scene is, how it is turned and how large it is: the
  /// first camera stays where it is, and so does the distance of the second.
  static func anchor(_ start: [Double]) throws -> ResidualBlocks {
    let known = Array(0..<6) + [Scene.cameraWidth + 5]
    return try ResidualBlocks(indices: known.map { [$0] }, data: known.map { [start[$0]] }) {
      p, data in [1e4 * (p[0] - data[0])]
    }
  }

  static func rms(_ residuals: [Double]) -> Double {
    (2 * residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
  }

  /// Where the points are seen, relative to where they should be.
  static func picture(_ residuals: [Double], _ title: String) -> SVGPlot {
    var plot = SVGPlot(
      title, x: SVGPlot.Axis("Δx in pixels"), y: SVGPlot.Axis("Δy in pixels"), width: 340,
      height: 340)
    // Not more than can be told apart.
    let step = max(1, residuals.count / 6000)
    let shown = stride(from: 0, to: residuals.count - 1, by: 2 * step)
    plot.addPoints(
      x: shown.map { residuals[$0] }, y: shown.map { residuals[$0 + 1] }, color: .blue, radius: 1)
    return plot
  }

  /// What is left is the noise.
  static func check(_ fit: LeastSquaresFit, noise: Double) throws {
    let left = fit.reducedSumOfSquares.squareRoot()
    guard fit.converged, abs(left - noise) <= 0.05 * noise + 1e-6 else {
      throw MissedTarget("The distances have a deviation of \(left) pixels, the noise \(noise).")
    }
  }
}
