/// Weights and loss of a least-squares problem.
struct LeastSquaresModel {
  /// One for each residual; none are all 1.
  let weights: [Double]
  let loss: RobustLoss

  /// The residuals at some parameters, and what they count.
  struct Point {
    let residuals: [Double]
    let sumOfSquares: Double
    let cost: Double
    /// The rows of the Jacobian matrix are multiplied by these,
    let rowScales: [Double]
    /// so that with these residuals, squares have the gradient of the loss, and Gauss and Newton's
    /// approximation of its curvature.
    let scaledResiduals: [Double]

    /// The derivatives of the cost with respect to the residuals.
    var cotangents: [Double] { zip(rowScales, scaledResiduals).map { $0 * $1 } }
  }

  func point(_ residuals: [Double]) throws(LeastSquaresError) -> Point {
    if !weights.isEmpty && weights.count != residuals.count {
      throw .wrongCount(of: .weights, found: weights.count, expected: residuals.count)
    }
    var (sum, cost) = (0.0, 0.0)
    var rowScales = [Double](repeating: 1, count: residuals.count)
    var scaled = residuals
    for (i, residual) in residuals.enumerated() {
      let weight = weights.isEmpty ? 1 : weights[i].squareRoot()
      let weighted = weight * residual
      let (value, first, second) = loss.value(weighted * weighted)
      sum += weighted * weighted
      cost += value / 2
      // Far out the loss is concave: the curvature is kept from vanishing.
      let curvature = max(first + 2 * second * weighted * weighted, 0.1 * first)
      rowScales[i] = weight * curvature.squareRoot()
      scaled[i] = weighted * first / curvature.squareRoot()
    }
    return Point(
      residuals: residuals, sumOfSquares: sum, cost: cost, rowScales: rowScales,
      scaledResiduals: scaled)
  }
}

extension LeastSquaresModel.Point {
  /// Throws if a fit cannot begin here.
  func check(weights: [Double]?, parameters: Int) throws(LeastSquaresError) {
    guard residuals.count >= parameters else {
      throw .tooFewResiduals(found: residuals.count, parameters: parameters)
    }
    if let weights, let i = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .badWeight(residual: i, weight: weights[i])
    }
    if let i = residuals.firstIndex(where: { !$0.isFinite }) {
      throw .residualNotFinite(residual: i, value: residuals[i])
    }
  }
}

/// The intervals that parameters are kept in.
struct ParameterBounds {
  let lower: [Double]
  let upper: [Double]

  init(_ lower: [Double]?, _ upper: [Double]?, start: [Double]) throws(LeastSquaresError) {
    self.lower = lower ?? Array(repeating: -.infinity, count: start.count)
    self.upper = upper ?? Array(repeating: .infinity, count: start.count)
    guard self.lower.count == start.count else {
      throw .wrongCount(of: .lowerBounds, found: self.lower.count, expected: start.count)
    }
    guard self.upper.count == start.count else {
      throw .wrongCount(of: .upperBounds, found: self.upper.count, expected: start.count)
    }
    for i in start.indices {
      guard self.lower[i] < self.upper[i] else {
        throw .contradictoryBounds(parameter: i, lower: self.lower[i], upper: self.upper[i])
      }
      guard start[i].isFinite, self.lower[i] <= start[i], start[i] <= self.upper[i] else {
        throw .startOutOfBounds(parameter: i, value: start[i])
      }
    }
  }

  func clipped(_ parameters: [Double]) -> [Double] {
    parameters.indices.map { Swift.min(Swift.max(parameters[$0], lower[$0]), upper[$0]) }
  }

  /// Which parameters stand at a bound that descent leads through.
  func held(_ parameters: [Double], _ gradient: [Double]) -> [Bool] {
    parameters.indices.map {
      (parameters[$0] == lower[$0] && gradient[$0] > 0)
        || (parameters[$0] == upper[$0] && gradient[$0] < 0)
    }
  }
}
