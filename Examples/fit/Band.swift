import ExampleSupport
import Leibniz

/// The fitted curve, and where it is with 95 % confidence: at each time two standard deviations around
/// it, by gᵀ C g with the gradient g of the curve and the covariance C of its parameters.
struct Band {
  private(set) var times: [Double] = []
  private(set) var middle: [Double] = []
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []

  init(_ fit: LeastSquaresFit, _ units: Units, over points: Points) throws {
    let covariance = try fit.covariance()
    let (first, last) = (points.t.min()!, points.t.max()!)
    for i in 0...400 {
      let t = first + (last - first) * Double(i) / 400
      let time = units.scaled(Points(t: [t], y: [0])).t[0]
      let slopes = gradient(at: fit.parameters) { DampedOscillation.value($0, at: .constant(time)) }
      let variance = zip(slopes, covariance * slopes).reduce(0) { $0 + $1.0 * $1.1 }
      let width = units.unscaled(y: 1.96 * variance.squareRoot())
      let value = units.unscaled(y: DampedOscillation.value(fit.parameters, at: time))
      times.append(t)
      middle.append(value)
      lower.append(value - width)
      upper.append(value + width)
    }
  }

  /// The band at some times.
  func printTable() {
    print("with 95 % confidence the curve is")
    for i in stride(from: 0, through: 400, by: 100) {
      print(
        "  at \(times[i].toFourPlaces): \(middle[i].toFourPlaces), between "
          + "\(lower[i].toFourPlaces) and \(upper[i].toFourPlaces)")
    }
  }
}
