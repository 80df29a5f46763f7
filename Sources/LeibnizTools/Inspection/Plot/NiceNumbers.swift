import Leibniz

/// Round numbers for ticks and levels: multiples of 1, 2 or 5 times a power of ten.
struct NiceNumbers {
  let step: Double
  let numbers: [Double]

  /// About `count` round numbers of a range, and at least three where there are so many.
  init(in range: ClosedRange<Double>, count: Double) {
    var step = Self.step(notBelow: range.upperBound / count - range.lowerBound / count)
    var numbers = Self.multiples(of: step, in: range)
    for _ in 0..<3 where numbers.count < 3 {
      step = Self.step(notBelow: step / 2.5)
      numbers = Self.multiples(of: step, in: range)
    }
    (self.step, self.numbers) = (step, numbers)
  }

  /// The text of one of the numbers, with as many digits as tell it from its neighbours.
  func text(_ number: Double) -> String {
    let largest = numbers.reduce(0) { max($0, $1.magnitude) }
    // Adding zero makes of −0 a plain 0.
    let number = number.magnitude < step / 2 ? 0 : number + 0
    let text: String
    if largest >= 1e6 || step < 1e-4 {
      let digits = min(
        max((largest.decimalLogarithm - step.decimalLogarithm).rounded(.up) + 1, 3), 17)
      text = number.text(digits: digits.isFinite ? Int(digits) : 3)
    } else {
      text = number.text(places: max(0, Int(-step.decimalLogarithm.rounded(.down))))
    }
    return text.withMinusSigns
  }

  static func multiples(of step: Double, in range: ClosedRange<Double>) -> [Double] {
    // An end that is itself a multiple may miss it by rounding.
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is not below `rough`.
  static func step(notBelow rough: Double) -> Double {
    let power = pow(10, rough.decimalLogarithm.rounded(.down))
    return [1, 2, 5].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
  }
}
