import Leibniz

/// Units in which the largest time and the largest number measured are between 1 and 2, so that
/// their squares neither overflow nor vanish. They are powers of two: nothing is rounded.
struct Units {
  private let t, y: Double

  init(for points: Points) {
    func unit(_ numbers: [Double]) -> Double {
      let largest = numbers.reduce(0) { max($0, $1.magnitude) }
      return largest == 0 ? 1 : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    }
    (t, y) = (unit(points.t), unit(points.y))
  }

  /// The points in these units.
  func scaled(_ points: Points) -> Points {
    Points(t: points.t.map { $0 / t }, y: points.y.map { $0 / y })
  }

  /// Parameters of a curve, or their errors, in the units of the points.
  func unscaled(_ p: [Double]) -> [Double] { [p[0] * y, p[1] / t, p[2] / t, p[3], p[4] * y] }

  /// A number measured in the units of the points.
  func unscaled(y number: Double) -> Double { number * y }

  /// A sum of squares in the units of the points.
  func unscaled(sum: Double) -> Double { sum * y * y }
}
