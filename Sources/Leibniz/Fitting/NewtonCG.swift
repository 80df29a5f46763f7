/// Minimises a function by Newton steps within a trust region, each found by conjugate gradients from
/// products with the exact Hessian.
///
/// ```swift
/// let minimum = try minimizeByNewton(from: [-1.2, 1]) { x in
///   (1 - x[0]).power(2) + 100 * (x[1] - x[0] * x[0]).power(2)
/// }
/// minimum.value < 1e-12  // true
/// minimum.converged      // true
/// ```
///
/// Where the curvature along a direction is negative the step goes to the edge of the region: saddles
/// are left behind. The region grows where the quadratic model is right, and shrinks where it is not, or
/// where the function is not finite. The function is recorded at each point; compile it to a ``Program``
/// if no branch in it depends on numbers.
///
/// - Parameters:
///   - start: where to begin.
///   - settings: when to end.
///   - progress: called after each step; false ends the minimisation.
///   - f: the function.
/// - Returns: finite parameters and the reason to end.
/// - Throws: ``MinimizationError`` if it cannot begin.
/// - Complexity: for each conjugate gradient a Hessian product, about three gradients.
///
/// Source: Steihaug, *The conjugate gradient method and trust regions in large scale optimization*,
/// 1983; Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithms 4.1 and 7.2.
public func minimizeByNewton(
  from start: [Double], settings: MinimizationSettings = MinimizationSettings(),
  progress: ((MinimizationProgress) -> Bool)? = nil, of f: @escaping ([Value]) -> Value
) throws(MinimizationError) -> Minimum {
  try newtonCG(RecordedObjective(f), start, settings, progress)
}

/// Minimises the only output of a program over its inputs by Newton steps within a trust region.
///
/// ```swift
/// let program = try Program(inputs: 2) { x in
///   [(1 - x[0]).power(2) + 100 * (x[1] - x[0] * x[0]).power(2)]
/// }
/// try minimizeByNewton(from: [-1.2, 1], program: program).converged  // true
/// ```
///
/// - Throws: ``MinimizationError`` if it cannot begin.
public func minimizeByNewton(
  from start: [Double], program: Program,
  settings: MinimizationSettings = MinimizationSettings(),
  progress: ((MinimizationProgress) -> Bool)? = nil
) throws(MinimizationError) -> Minimum {
  try newtonCG(ProgramObjective.of(program, start), start, settings, progress)
}

extension ProgramObjective {
  /// - Throws: ``MinimizationError`` if the start does not fit.
  static func of(
    _ program: Program, _ start: [Double]
  ) throws(MinimizationError) -> ProgramObjective {
    let expected = program.graph.inputCount
    guard start.count == expected else {
      throw .problem(.wrongCount(of: .start, found: start.count, expected: expected))
    }
    do {
      return try ProgramObjective(program)
    } catch {
      throw .program(error)
    }
  }
}

extension Objective {
  /// Value and gradient at the start.
  func begin(
    at start: [Double]
  ) throws(MinimizationError) -> (value: Double, gradient: [Double]) {
    guard !start.isEmpty else { throw .problem(.noParameters) }
    if let parameter = start.firstIndex(where: { !$0.isFinite }) {
      throw .problem(.startOutOfBounds(parameter: parameter, value: start[parameter]))
    }
    let result: (value: Double, gradient: [Double])
    do {
      result = try valueWithGradient(at: start)
    } catch {
      throw .program(error)
    }
    guard result.value.isFinite else { throw .valueNotFinite(result.value) }
    if let parameter = result.gradient.firstIndex(where: { !$0.isFinite }) {
      throw .derivativeNotFinite(parameter: parameter, result.gradient[parameter])
    }
    return result
  }

  /// Value and gradient; NaN where a program cannot run.
  func evaluate(at x: [Double]) -> (value: Double, gradient: [Double]) {
    (try? valueWithGradient(at: x)) ?? (.nan, x)
  }
}

private func newtonCG<F: Objective>(
  _ f: F, _ start: [Double], _ settings: MinimizationSettings,
  _ progress: ((MinimizationProgress) -> Bool)?
) throws(MinimizationError) -> Minimum {
  var x = start
  var (value, gradient) = try f.begin(at: start)
  var (evaluations, products, iterations) = (1, 0, 0)
  var radius = max(1, euclideanNorm(start) / 10)
  func minimum(_ reason: Minimum.Reason) -> Minimum {
    Minimum(
      parameters: x, value: value, gradient: gradient, iterations: iterations,
      evaluations: evaluations, hessianProducts: products, reason: reason)
  }
  while iterations < settings.iterations {
    if largestMagnitude(gradient) <= settings.gradientTolerance { return minimum(.gradient) }
    let size = euclideanNorm(gradient)
    let step = steihaugStep(
      gradient, radius: radius, tolerance: min(0.5, size.squareRoot()) * size
    ) {
      products += 1
      return f.hessianProduct($0)
    }
    // Shrinks until a step is accepted; the curvature at x is known no more, and not needed.
    var direction = step.direction
    var expected = step.expectedGain
    var (length, share, isAtEdge) = (euclideanNorm(direction), 1.0, step.isAtEdge)
    while true {
      var next = x
      addMultiple(1, of: direction, to: &next)
      if next == x || !(expected > 0) { return minimum(.precision) }
      let trial = f.evaluate(at: next)
      evaluations += 1
      if trial.value == -.infinity || radius > 1e150 { return minimum(.unbounded) }
      let gain = (value - trial.value) / expected
      // Within rounding errors of the value its differences say nothing; the gradient does.
      let noise = 4 * Double.ulpOfOne * max(value.magnitude, trial.value.magnitude)
      let isPolishing =
        expected < noise && euclideanNorm(trial.gradient) < 0.9 * size
      let isFinite = trial.value.isFinite && trial.gradient.allSatisfy { $0.isFinite }
      if isFinite && (isPolishing || (expected >= noise && gain > 1e-4)) {
        if gain > 0.75 && isAtEdge {
          radius *= 2
        } else if gain < 0.25 && !isPolishing {
          radius = length / 4
        }
        (x, value, gradient) = (next, trial.value, trial.gradient)
        break
      }
      if expected < noise { return minimum(.precision) }
      // The same direction, shortened: its model is known along all of it.
      radius = length / 4
      length /= 4
      share /= 4
      expected = step.gain(scaled: share)
      direction = step.direction.map { $0 * share }
      isAtEdge = false
    }
    iterations += 1
    let now = MinimizationProgress(
      iteration: iterations, value: value, gradient: largestMagnitude(gradient), parameters: x)
    if let progress, !progress(now) { return minimum(.cancelled) }
  }
  return minimum(.iterations)
}

/// A step that makes the quadratic model gᵀ d + ½ dᵀ H d small within a region.
private struct ModelStep {
  var direction: [Double]
  /// gᵀ d and dᵀ H d.
  var slope: Double
  var curvature: Double
  let isAtEdge: Bool

  var expectedGain: Double { gain(scaled: 1) }
  func gain(scaled s: Double) -> Double { -s * slope - 0.5 * s * s * curvature }
}

private func steihaugStep(
  _ gradient: [Double], radius: Double, tolerance: Double, _ hessian: ([Double]) -> [Double]
) -> ModelStep {
  var d = [Double](repeating: 0, count: gradient.count)
  var hd = d
  var r = gradient
  var p = gradient.map { -$0 }
  var square = dotProduct(r, r)
  func step(_ isAtEdge: Bool) -> ModelStep {
    ModelStep(
      direction: d, slope: dotProduct(gradient, d), curvature: dotProduct(d, hd),
      isAtEdge: isAtEdge)
  }
  /// The positive τ with ‖d + τ p‖ = radius.
  func edge() -> Double {
    let (a, b, c) = (dotProduct(p, p), dotProduct(d, p), dotProduct(d, d) - radius * radius)
    let root = max(b * b - a * c, 0).squareRoot()
    return b > 0 ? -c / (b + root) : (root - b) / a
  }
  for _ in 0..<2 * gradient.count + 10 {
    let hp = hessian(p)
    let curvature = dotProduct(p, hp)
    let length = square / curvature
    // Written so that a curvature that is not a number ends the step where it is known.
    if curvature.isNaN {
      if d.allSatisfy({ $0 == 0 }) {
        addMultiple(edge(), of: p, to: &d)
        return step(true)
      }
      return step(false)
    }
    let limit = edge()
    if curvature <= 0 || length >= limit {
      addMultiple(limit, of: p, to: &d)
      addMultiple(limit, of: hp, to: &hd)
      return step(true)
    }
    addMultiple(length, of: p, to: &d)
    addMultiple(length, of: hp, to: &hd)
    addMultiple(length, of: hp, to: &r)
    let next = dotProduct(r, r)
    if next.squareRoot() <= tolerance { break }
    let share = next / square
    square = next
    for i in p.indices { p[i] = share * p[i] - r[i] }
  }
  return step(false)
}
