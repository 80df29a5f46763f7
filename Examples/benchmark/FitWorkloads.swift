import Foundation
import Leibniz

/// Fits and minimisations, of which SciPy with JAX's derivatives does the same.
enum FitWorkloads {
  /// A camera's view of a point in Snavely's model, as in the example `calibrate`.
  static func reprojection<T: Scalar>(_ p: [T], _ seen: [T]) -> [T] {
    let axis = Array(p[0..<3]), point = Array(p[9..<12])
    let angle = (T.dot(axis, axis) + 1e-24).sqrt()
    let (sine, cosine) = (angle.sin() / angle, angle.cos())
    let share = T.dot(axis, point) * (1 - cosine) / (angle * angle)
    let place = (0..<3).map { i -> T in
      let (j, k) = ((i + 1) % 3, (i + 2) % 3)
      let cross = axis[j] * point[k] - axis[k] * point[j]
      return point[i] * cosine + cross * sine + axis[i] * share + p[3 + i]
    }
    let (u, v) = (-place[0] / place[2], -place[1] / place[2])
    let square = u * u + v * v
    let scale = p[6] * (1 + square * (p[7] + square * p[8]))
    return [scale * u - seen[0], scale * v - seen[1]]
  }

  /// What the peers get too.
  struct Work: Encodable {
    var cameras = 20
    var indices: [[Int]] = []
    var seen: [[Double]] = []
    var start: [Double] = []
    var valleyStart = (0..<1000).map { $0 % 2 == 0 ? -1.2 : 1 }

    /// 20 cameras around 500 points, with a noise of half a pixel.
    init() {
      var generator = SeededGenerator(seed: 1)
      var truth: [Double] = []
      for camera in 0..<cameras {
        let turn = 2 * Double.pi * (Double(camera) + 0.5) / Double(cameras) - Double.pi
        truth += [0.3 * generator.normal(), -turn, 0.1 * generator.normal()]
        truth += [0, 0, -5 - 0.2 * generator.normal(), 800, -0.1, 0.02]
      }
      truth += (0..<1500).map { _ in .random(in: -1...1, using: &generator) }
      for camera in 0..<cameras {
        for point in 0..<500 {
          let list = (0..<9).map { 9 * camera + $0 } + (0..<3).map { 9 * cameras + 3 * point + $0 }
          let place = FitWorkloads.reprojection(list.map { truth[$0] }, [0, 0])
          indices.append(list)
          seen.append(place.map { $0 + 0.5 * generator.normal() })
        }
      }
      start = truth
      for i in start.indices {
        guard i < 9 * cameras else {
          start[i] += 0.05 * generator.normal()
          continue
        }
        switch i % 9 {
        case 0...2: start[i] += 0.01 * generator.normal()
        case 3...5: start[i] += 0.05 * generator.normal()
        case 6: start[i] *= 1 + 0.02 * generator.normal()
        default: start[i] = 0
        }
      }
    }
  }

  static func calibration() throws -> [Measurement] {
    let work = Work()
    func views() throws -> ResidualBlocks {
      try ResidualBlocks(indices: work.indices, data: work.seen) { reprojection($0, $1) }
    }
    let blocks = try views()
    let jacobian = try BlockJacobian([blocks], parameterCount: work.start.count)
    var settings = LeastSquaresSettings()
    settings.costTolerance = 1e-10
    settings.damping = 1e-3
    func fit() throws -> LeastSquaresFit {
      try leastSquares(from: work.start, blocks: [views()], settings: settings)
    }
    let found = try fit()
    return [
      try .of("calibration Jacobian, blocks", unit: "ms", scale: 1e3) {
        _ = try jacobian.jacobian(at: work.start)
      },
      try .of(
        "calibration, sparse least squares", unit: "ms", scale: 1e3, runs: 1, repeats: 5,
        check: found.cost
      ) { _ = try fit() },
    ]
  }

  /// Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².
  private static func valley(_ x: [Value]) -> [Value] {
    let terms = (0..<x.count - 1).map { i -> Value in
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      return 100 * a * a + b * b
    }
    return [.sum(terms)]
  }

  static func valleys() throws -> [Measurement] {
    let long = try Program(inputs: 100_000, of: valley)
    let hessian = try long.sparseHessian()
    let point = (0..<100_000).map { 1 + 0.1 * Double($0 % 7) }
    let program = try Program(inputs: 1000, of: valley)
    var settings = MinimizationSettings()
    settings.gradientTolerance = 1e-10
    let start = Work().valleyStart
    return [
      try .of("Hessian of 100,000, with pattern", unit: "ms", scale: 1e3, runs: 1, repeats: 3) {
        _ = try Program(inputs: 100_000, of: valley).sparseHessian()(at: point)
      },
      try .of("Hessian of 100,000, again", unit: "ms", scale: 1e3) {
        _ = try hessian(at: point)
      },
      try .of("valley of 1,000, Newton and CG", unit: "ms", scale: 1e3) {
        let found = try minimizeByNewton(from: start, program: program, settings: settings)
        guard found.converged else { throw FitError.notConverged(found.description) }
      },
    ]
  }

  enum FitError: Error { case notConverged(String) }
}
