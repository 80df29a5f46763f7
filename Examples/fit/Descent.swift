import Leibniz

/// The slowest way downhill, for comparison.
enum Descent {
  /// Goes against the gradient until a step gains nothing, halving steps that lead uphill.
  ///
  /// - Returns: where it ends and the sum of squares after each step.
  static func run(
    _ points: Points, from start: [Double], steps: Int
  ) -> (parameters: [Double], sums: [Double]) {
    var parameters = start
    var sums = [points.sumOfSquares(start)]
    while sums.count <= steps {
      let step = gradient(at: parameters) { points.sumOfSquares($0) }.map { -$0 }
      var length = 1.0
      var next = parameters
      repeat {
        next = zip(parameters, step).map { $0 + length * $1 }
        length /= 2
      } while !(points.sumOfSquares(next) < sums.last!) && length > 1e-12
      let sum = points.sumOfSquares(next)
      guard sum < sums.last! * (1 - 1e-14) else { break }
      parameters = next
      sums.append(sum)
    }
    return (parameters, sums)
  }
}
