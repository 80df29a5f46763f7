import Leibniz

/// A function of the plane with its minima, and where the race on it begins.
struct Surface {
  let name: String
  let x, y: ClosedRange<Double>
  let start: [Double]
  let minima: [[Double]]
  /// The function, over nodes to descend and over plain numbers to draw.
  let value: @Sendable ([Value]) -> Value

  func value(at point: [Double]) -> Double { value(point.map(Value.constant)).data }

  /// How far a point is from the nearest minimum.
  func distance(of point: [Double]) -> Double {
    minima.map { minimum in
      let (dx, dy) = (point[0] - minimum[0], point[1] - minimum[1])
      return (dx * dx + dy * dy).squareRoot()
    }.min()!
  }

  /// A curved valley, steep across and nearly flat along: f = (1 − x)² + 100 (y − x²)².
  ///
  /// Source: Rosenbrock, *An automatic method for finding the greatest or least value of a function*,
  /// 1960.
  static let rosenbrock = Surface(
    name: "Rosenbrock’s valley", x: -2...2, y: -1...3, start: [-1.5, 2], minima: [[1, 1]]
  ) { p in
    let (across, along) = (p[1] - p[0] * p[0], 1 - p[0])
    return along * along + 100 * across * across
  }

  /// Four minima of one depth: f = (x² + y − 11)² + (x + y² − 7)².
  ///
  /// Source: Himmelblau, *Applied nonlinear programming*, 1972.
  static let himmelblau = Surface(
    name: "Himmelblau’s function", x: -5...5, y: -5...5, start: [0, -4.5],
    minima: [[3, 2], [-2.805118, 3.131312], [-3.779310, -3.283186], [3.584428, -1.848126]]
  ) { p in
    let (first, second) = (p[0] * p[0] + p[1] - 11, p[0] + p[1] * p[1] - 7)
    return first * first + second * second
  }
}
