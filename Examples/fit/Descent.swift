import Leibniz

/// Three methods of descent, by the derivatives that they use; `nil` where those are not finite.
enum Descent {
  /// Against the gradient.
  static func gradient(_ points: Points, _ parameters: [Double]) -> [Double]? {
    Leibniz.gradient(at: parameters) { points.sumOfSquares($0) }.map { -$0 }
  }

  /// To the minimum of the squares of linearised residuals, (JᵀJ) d = −Jᵀr.
  static func gaussNewton(_ points: Points, _ parameters: [Double]) -> [Double]? {
    let rows = jacobian(at: parameters) { points.residuals($0) }
    let residuals = points.residuals(parameters)
    var normal = [[Double]](
      repeating: Array(repeating: 0, count: parameters.count), count: parameters.count)
    var right = [Double](repeating: 0, count: parameters.count)
    for (row, residual) in zip(rows, residuals) {
      for i in row.indices {
        right[i] -= row[i] * residual
        for j in row.indices { normal[i][j] += row[i] * row[j] }
      }
    }
    return Cholesky(damping: normal)?.solve(right)
  }

  /// To the minimum of the parabola that has the same derivatives up to the second, H d = −∇.
  static func newton(_ points: Points, _ parameters: [Double]) -> [Double]? {
    let curvature = hessian(at: parameters) { points.sumOfSquares($0) }
    let downhill = Leibniz.gradient(at: parameters) { points.sumOfSquares($0) }.map { -$0 }
    return Cholesky(damping: curvature)?.solve(downhill)
  }

  /// Goes downhill until a step gains nothing, halving steps that lead uphill.
  ///
  /// - Returns: where it ends and the sum of squares after each step.
  static func run(
    _ points: Points, from start: [Double], steps: Int,
    direction: (Points, [Double]) -> [Double]?
  ) -> (parameters: [Double], sums: [Double]) {
    var parameters = start
    var sums = [points.sumOfSquares(start)]
    while sums.count <= steps, let step = direction(points, parameters) {
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
