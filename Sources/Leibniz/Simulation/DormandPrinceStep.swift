/// A step of Dormand and Prince's method of order 5, with its error and the polynomial of order 4
/// between its ends.
///
/// Source: Dormand and Prince, *A family of embedded Runge–Kutta formulae*, 1980; the polynomial is
/// that of Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I*, 2nd ed., section
/// II.6.
struct DormandPrinceStep<Number: EvaluatedScalar> {
  let start: Double
  let step: Double
  let state: [Number]
  let end: [Number]
  /// The derivatives at the end, which are those at the start of the next step.
  let endSlopes: [Number]
  /// The difference to the method of order 4.
  let error: [Double]
  private let slopes: [[Number]]

  private static var stages: [(time: Double, weights: [Double])] {
    [
      (1 / 5, [1 / 5]),
      (3 / 10, [3 / 40, 9 / 40]),
      (4 / 5, [44 / 45, -56 / 15, 32 / 9]),
      (8 / 9, [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729]),
      (1, [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656]),
      (1, [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]),
    ]
  }
  private static var errorWeights: [Double] {
    [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]
  }
  private static var middleWeights: [Double] {
    [
      -12_715_105_075 / 11_282_082_432, 0, 87_487_479_700 / 32_700_410_799,
      -10_690_763_975 / 1_880_347_072, 701_980_252_875 / 199_316_789_632,
      -1_453_857_185 / 822_651_844, 69_997_945 / 29_380_423,
    ]
  }

  init(
    at start: Double, _ state: [Number], slopes first: [Number], step: Double,
    of f: (Double, [Number]) throws(SimulationError) -> [Number]
  ) throws(SimulationError) {
    self.start = start
    self.step = step
    self.state = state
    var slopes = [first]
    var end = state
    for (time, weights) in Self.stages {
      end = state.indices.map { state[$0] + step * Self.sum(weights, slopes, $0) }
      slopes.append(try f(start + time * step, end))
    }
    self.end = end
    self.slopes = slopes
    endSlopes = slopes[6]
    let numbers = slopes.map { $0.map(Number.number) }
    error = state.indices.map {
      step * DormandPrinceStep<Double>.sum(Self.errorWeights, numbers, $0)
    }
  }

  fileprivate static func sum(_ weights: [Double], _ slopes: [[Number]], _ i: Int) -> Number {
    var sum = weights[0] * slopes[0][i]
    for (weight, slope) in zip(weights, slopes).dropFirst() where weight != 0 {
      sum = sum + weight * slope[i]
    }
    return sum
  }

  /// The state at a part of the step, from 0 to 1.
  func callAsFunction(_ part: Number) -> [Number] {
    let rest = 1 - part
    return state.indices.map { i in
      let difference = end[i] - state[i]
      let first = step * slopes[0][i] - difference
      let last = difference - step * endSlopes[i] - first
      let middle = step * Self.sum(Self.middleWeights, slopes, i)
      let inner = first + part * (last + rest * middle)
      return state[i] + part * (difference + rest * inner)
    }
  }
}
