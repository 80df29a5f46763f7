/// Minimises a function within bounds by L-BFGS-B: quasi-Newton steps that learn the curvature from the
/// last few, along the projected gradient to the bounds and then among the parameters that are free.
///
/// ```swift
/// let minimum = try minimizeByLBFGS(from: [3, 3], lowerBounds: [2, -5], upperBounds: [5, 5]) { x in
///   (1 - x[0]).power(2) + 100 * (x[1] - x[0] * x[0]).power(2)
/// }
/// minimum.parameters[0]  // 2.0
/// ```
///
/// Only gradients are needed. ``LBFGS`` minimises losses of models, without bounds. The function is
/// recorded at each point; compile it to a ``Program`` if no branch in it depends on numbers.
///
/// - Parameters:
///   - start: where to begin, within the bounds.
///   - lowerBounds: the least value of each parameter; none by default.
///   - upperBounds: the largest value of each parameter; none by default.
///   - memory: how many steps the curvature is learnt from.
///   - settings: when to end; the gradient counts as far as a step along it stays within the bounds.
///   - progress: called after each step; false ends the minimisation.
///   - f: the function.
/// - Returns: finite parameters and the reason to end.
/// - Throws: ``MinimizationError`` if it cannot begin.
/// - Complexity: O(memory · parameters) for each step, beside the gradient.
///
/// Source: Byrd, Lu, Nocedal and Zhu, *A limited memory algorithm for bound constrained optimization*,
/// 1995.
public func minimizeByLBFGS(
  from start: [Double], lowerBounds: [Double]? = nil, upperBounds: [Double]? = nil,
  memory: Int = 10, settings: MinimizationSettings = MinimizationSettings(),
  progress: ((MinimizationProgress) -> Bool)? = nil, of f: @escaping ([Value]) -> Value
) throws(MinimizationError) -> Minimum {
  try lbfgsb(
    RecordedObjective(f), start, lowerBounds, upperBounds, memory, settings, progress)
}

/// Minimises the only output of a program over its inputs, within bounds, by L-BFGS-B.
///
/// ```swift
/// let program = try Program(inputs: 2) { x in [(x[0] - 3).power(2) + (x[1] + 1).power(2)] }
/// let minimum = try minimizeByLBFGS(from: [0, 0], program: program, upperBounds: [2, 2])
/// minimum.parameters[0]  // 2.0
/// ```
///
/// - Throws: ``MinimizationError`` if it cannot begin.
public func minimizeByLBFGS(
  from start: [Double], program: Program, lowerBounds: [Double]? = nil,
  upperBounds: [Double]? = nil, memory: Int = 10,
  settings: MinimizationSettings = MinimizationSettings(),
  progress: ((MinimizationProgress) -> Bool)? = nil
) throws(MinimizationError) -> Minimum {
  try lbfgsb(
    ProgramObjective.of(program, start), start, lowerBounds, upperBounds, memory, settings,
    progress)
}

private func lbfgsb<F: Objective>(
  _ f: F, _ start: [Double], _ lower: [Double]?, _ upper: [Double]?, _ memory: Int,
  _ settings: MinimizationSettings, _ progress: ((MinimizationProgress) -> Bool)?
) throws(MinimizationError) -> Minimum {
  require(memory > 0, "L-BFGS-B needs to remember at least one step.")
  let bounds: ParameterBounds
  do {
    bounds = try ParameterBounds(lower, upper, start: start)
  } catch {
    throw .problem(error)
  }
  var x = start
  var (value, gradient) = try f.begin(at: start)
  var (evaluations, iterations) = (1, 0)
  var curvature = CompactCurvature(memory: memory)
  func minimum(_ reason: Minimum.Reason) -> Minimum {
    Minimum(
      parameters: x, value: value, gradient: gradient, iterations: iterations,
      evaluations: evaluations, hessianProducts: 0, reason: reason)
  }
  while iterations < settings.iterations {
    if largestMagnitude(bounds.projected(gradient, at: x)) <= settings.gradientTolerance {
      return minimum(.gradient)
    }
    let target = curvature.minimum(from: x, gradient, bounds)
    let direction = zip(target, x).map { $0 - $1 }
    let slope = dotProduct(direction, gradient)
    guard slope < 0 else {
      // What was learnt leads uphill, by rounding errors.
      if curvature.isEmpty { return minimum(.precision) }
      curvature = CompactCurvature(memory: memory)
      continue
    }
    let limit = bounds.longestStep(from: x, along: direction)
    var isUnbounded = false
    // The line search sees how values differ from the one here.
    var values = [0.0: value]
    let origin = LineSearch.Trial(step: 0, loss: 0, slope: slope, gradient: gradient)
    let search = LineSearch(
      origin: origin, narrowest: 1e-9 / max(largestMagnitude(direction), 1e-300))
    let first = min(curvature.isEmpty ? min(1, 1 / euclideanNorm(direction)) : 1, limit)
    let best = search.search(first: first) { step in
      // Beyond the bounds the function counts as infinite.
      guard step <= limit else {
        return LineSearch.Trial(step: step, loss: .infinity, slope: .nan, gradient: gradient)
      }
      var next = x
      addMultiple(step, of: direction, to: &next)
      let trial = f.evaluate(at: bounds.clipped(next))
      evaluations += 1
      isUnbounded = isUnbounded || trial.value == -.infinity
      guard trial.value.isFinite && trial.gradient.allSatisfy({ $0.isFinite }) else {
        return LineSearch.Trial(step: step, loss: .infinity, slope: .nan, gradient: gradient)
      }
      values[step] = trial.value
      let slopeThere = dotProduct(direction, trial.gradient)
      var difference = trial.value - value
      // Within rounding errors of the value its differences say nothing; the slopes do.
      if difference.magnitude < 16 * .ulpOfOne * value.magnitude {
        difference = 0.5 * step * (slope + slopeThere)
      }
      return LineSearch.Trial(
        step: step, loss: difference, slope: slopeThere, gradient: trial.gradient)
    }
    if isUnbounded || value < -1e300 { return minimum(.unbounded) }
    guard best.step > 0 else {
      if curvature.isEmpty { return minimum(.precision) }
      curvature = CompactCurvature(memory: memory)
      continue
    }
    var next = x
    addMultiple(best.step, of: direction, to: &next)
    next = bounds.clipped(next)
    curvature.learn(
      step: zip(next, x).map { $0 - $1 },
      change: zip(best.gradient, gradient).map { $0 - $1 })
    (x, value, gradient) = (next, values[best.step] ?? value, best.gradient)
    iterations += 1
    let now = MinimizationProgress(
      iteration: iterations, value: value, gradient: largestMagnitude(gradient), parameters: x)
    if let progress, !progress(now) { return minimum(.cancelled) }
  }
  return minimum(.iterations)
}

extension ParameterBounds {
  /// Where the way against the gradient leads within the bounds, at most the gradient's length.
  fileprivate func projected(_ gradient: [Double], at x: [Double]) -> [Double] {
    x.indices.map { min(max(-gradient[$0], lower[$0] - x[$0]), upper[$0] - x[$0]) }
  }

  /// The longest step that stays within the bounds, at least 1 for directions to a point within them.
  fileprivate func longestStep(from x: [Double], along direction: [Double]) -> Double {
    var longest = Double.infinity
    for (i, d) in direction.enumerated() where d != 0 {
      let room = (d > 0 ? upper[i] : lower[i]) - x[i]
      longest = min(longest, max(room / d, 1))
    }
    return longest
  }
}
