import Leibniz

extension ClosedRange<Double> {
  /// How far a number lies from the lower end to the upper one: 0 at the first, 1 at the second.
  ///
  /// It works with halves, since the width itself may overflow.
  func fraction(of number: Double) -> Double {
    let width = upperBound / 2 - lowerBound / 2
    guard width > 0, width.isFinite else { return 0 }
    return (number / 2 - lowerBound / 2) / width
  }

  /// The number at a fraction of the way from the lower end to the upper one.
  func number(at fraction: Double) -> Double {
    lowerBound * (1 - fraction) + upperBound * fraction
  }
}
