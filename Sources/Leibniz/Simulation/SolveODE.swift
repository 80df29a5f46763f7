/// Solves y′ = f(t, y) by steps that keep to a tolerance.
///
/// ```swift
/// let solution = try solveODE(from: 0, to: 1, at: [1.0, 0.0]) { _, y in [y[1], -y[0]] }
/// solution.end[0]   // 0.540302…, cos 1
/// solution(0.5)[0]  // 0.877582…
/// ```
///
/// Dormand and Prince's pair of orders 5 and 4, as in SciPy's `solve_ivp` or MATLAB's `ode45`: a step
/// is accepted where the difference of both is below the tolerances, root mean square over the
/// components.
///
/// On ``Value`` and ``Dual`` the solution can be differentiated by all that `f` and the first state
/// depend on. The steps that were taken count as constants: the derivatives are those of the numbers
/// that are computed. A ``Program`` recorded from it keeps these steps for all samples.
///
/// - Parameters:
///   - start: the time of the first state.
///   - end: the last time, which may be before the first.
///   - state: y at the start.
///   - relativeTolerance: the error of a step that is allowed as a part of |y|.
///   - absoluteTolerance: and besides, where y is near zero.
///   - steps: how many steps may be tried.
///   - events: functions whose passages through zero are looked for, one in each step at the most.
///   - f: the derivatives y′ at a time and a state.
/// - Throws: ``SimulationError`` where the state is empty or not finite, or no step is small enough.
/// - Complexity: Six evaluations of `f` for each step.
///
/// Source: Dormand and Prince, *A family of embedded Runge–Kutta formulae*, 1980; Hairer, Nørsett and
/// Wanner, *Solving Ordinary Differential Equations I*, 2nd ed., sections II.4 and II.6.
@_specialize(where Number == Value)
@_specialize(where Number == Double)
@_specialize(where Number == Dual)
public func solveODE<Number: EvaluatedScalar>(
  from start: Double, to end: Double, at state: [Number], relativeTolerance: Double = 1e-6,
  absoluteTolerance: Double = 1e-9, steps: Int = 1_000_000, events: [ODEEvent<Number>] = [],
  of f: (_ time: Double, _ state: [Number]) -> [Number]
) throws(SimulationError) -> ODESolution<Number> {
  for (setting, found) in [("first time", start), ("last time", end)] where !found.isFinite {
    throw .unusable(setting: setting, found: found)
  }
  for (setting, found) in [
    ("relative tolerance", relativeTolerance), ("absolute tolerance", absoluteTolerance),
  ] where !(found > 0 && found.isFinite) {
    throw .unusable(setting: setting, found: found)
  }
  if state.isEmpty { throw .emptyState }
  var solution = ODESolution(times: [start], states: [state])
  func slopes(_ time: Double, _ state: [Number]) throws(SimulationError) -> [Number] {
    let slopes = f(time, state)
    solution.evaluations += 1
    guard slopes.count == state.count else {
      throw .wrongDerivativeCount(expected: state.count, found: slopes.count)
    }
    return slopes
  }
  let tolerance = Tolerance(relative: relativeTolerance, absolute: absoluteTolerance)
  var first = try slopes(start, state)
  guard (state + first).allSatisfy({ Number.number(of: $0).isFinite }) else {
    throw .notFinite(time: start)
  }
  if start == end { return solution }
  let sign = start < end ? 1.0 : -1.0
  var (time, state) = (start, state)
  var size = try tolerance.firstStep(
    at: state.map(Number.number), slopes: first.map(Number.number),
    of: { h throws(SimulationError) in
      let moved = zip(state, first).map { Number.number(of: $0) + sign * h * Number.number(of: $1) }
      return try slopes(start + sign * h, moved.map(Number.constant)).map(Number.number)
    })
  var before = events.map { Number.number(of: $0.value(.constant(time), state)) }
  var (tried, isShortened) = (0, false)
  while time != end {
    if tried == steps { throw .tooManySteps(limit: steps, time: time) }
    tried += 1
    size = min(size, (end - time).magnitude)
    guard size > 4 * time.ulp || size == (end - time).magnitude else {
      throw .stepSizeUnderflow(time: time)
    }
    let isLast = size == (end - time).magnitude
    let step = try DormandPrinceStep(
      at: time, state, slopes: first, step: isLast ? end - time : sign * size, of: slopes)
    let error = tolerance.norm(
      step.error, state.map(Number.number), step.end.map(Number.number))
    // So that an error that is not a number counts as one that is too large.
    guard error <= 1 else {
      solution.rejectedSteps += 1
      isShortened = true
      size *= error.isFinite ? max(0.2, 0.9 * Double.pow(error, -0.2)) : 0.1
      if size <= 4 * max(time.ulp, .leastNormalMagnitude) { throw .stepSizeUnderflow(time: time) }
      continue
    }
    let growth = error == 0 ? 10 : min(10, max(0.2, 0.9 * Double.pow(error, -0.2)))
    size *= isShortened ? min(1, growth) : growth
    isShortened = false
    solution.steps.append(step)
    let next = isLast ? end : time + step.step
    let after = events.map { Number.number(of: $0.value(.constant(next), step.end)) }
    var occurrences: [ODEEvent<Number>.Occurrence] = []
    for (i, event) in events.enumerated() where event.happens(from: before[i], to: after[i]) {
      occurrences.append(event.occurrence(i, in: step, startsBelow: before[i] < 0))
    }
    occurrences.sort { sign * Number.number(of: $0.time) < sign * Number.number(of: $1.time) }
    for occurrence in occurrences {
      solution.events.append(occurrence)
      if events[occurrence.event].isTerminal {
        solution.times.append(Number.number(of: occurrence.time))
        solution.states.append(occurrence.state)
        return solution
      }
    }
    (time, state, first) = (next, step.end, step.endSlopes)
    before = after
    solution.times.append(time)
    solution.states.append(state)
  }
  return solution
}

/// The errors of a step that are allowed.
private struct Tolerance {
  let relative: Double
  let absolute: Double

  /// The root mean square of errors as parts of those allowed.
  func norm(_ errors: [Double], _ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for i in errors.indices {
      let part = errors[i] / (absolute + relative * max(x[i].magnitude, y[i].magnitude))
      sum += part * part
    }
    return (sum / Double(errors.count)).squareRoot()
  }

  /// A first step that neither the derivatives nor how they change make too long.
  func firstStep(
    at state: [Double], slopes: [Double],
    of slopesAfter: (_ step: Double) throws(SimulationError) -> [Double]
  ) throws(SimulationError) -> Double {
    let (size, speed) = (norm(state, state, state), norm(slopes, state, state))
    let short = size < 1e-5 || speed < 1e-5 ? 1e-6 : 0.01 * size / speed
    let after = try slopesAfter(short)
    let change = norm(zip(after, slopes).map { $0 - $1 }, state, state) / short
    let largest = max(speed, change)
    let long = largest <= 1e-15 ? max(1e-6, short * 1e-3) : Double.pow(0.01 / largest, 0.2)
    return long.isFinite ? min(100 * short, long) : short
  }
}
