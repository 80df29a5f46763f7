import Leibniz

/// y = amplitude · exp(−decay · t) · cos(frequency · t + phase) + offset.
///
/// Written once over `Scalar`: it runs on plain numbers to draw curves, on graph nodes to
/// differentiate.
enum DampedOscillation {
  static let names = ["amplitude", "decay", "frequency", "phase", "offset"]

  static func value<T: Scalar>(_ p: [T], at t: T) -> T {
    p[0] * (-t * p[1]).exp() * (t * p[2] + p[3]).cos() + p[4]
  }

  /// The curve as a program: a time in, a number out.
  static func program(_ parameters: [Double]) throws -> (program: Program, tensors: [NamedTensor]) {
    let p = parameters.map { Value($0) }
    let program = try Program(inputs: 1, parameters: p) { [value(p, at: $0[0])] }
    return (program, zip(names, p).map { NamedTensor($0, shape: [1], [$1]) })
  }

  /// A rough guess: amplitude and offset from the range of the points, frequency and phase by
  /// trying some. `nil` where none has a finite sum of squares.
  static func guess(for points: Points) -> [Double]? {
    let duration = points.t.max()! - points.t.min()!
    let (low, high) = (points.y.min()!, points.y.max()!)
    let mean = points.y.reduce(0, +) / Double(points.y.count)
    var best = (sum: Double.infinity, parameters: [Double]())
    for halfWaves in 1...60 {
      for phase in stride(from: -Double.pi, to: Double.pi, by: Double.pi / 4) {
        let frequency = Double(halfWaves) * Double.pi / duration
        let parameters = [(high - low) / 2, 1 / duration, frequency, phase, mean]
        let sum = points.sumOfSquares(parameters)
        if sum < best.sum { best = (sum, parameters) }
      }
    }
    return best.parameters.isEmpty ? nil : best.parameters
  }
}

/// What is fitted to: numbers y measured at the times t.
struct Points {
  var t: [Double] = []
  var y: [Double] = []

  /// The distances of the curve from the points.
  func residuals<T: Scalar>(_ parameters: [T]) -> [T] {
    zip(t, y).map { DampedOscillation.value(parameters, at: T.constant($0)) - $1 }
  }

  /// What a fit makes as small as it can.
  func sumOfSquares<T: Scalar>(_ parameters: [T]) -> T {
    let residuals = residuals(parameters)
    return .dot(residuals, residuals)
  }

  /// Points of a known curve with normal noise.
  static func simulated<G: RandomNumberGenerator>(
    _ parameters: [Double], count: Int, noise: Double, using generator: inout G
  ) -> Points {
    var points = Points()
    for i in 0..<count {
      let t = 10 * Double(i) / Double(count - 1)
      points.t.append(t)
      points.y.append(DampedOscillation.value(parameters, at: t) + noise * generator.normal())
    }
    return points
  }
}
