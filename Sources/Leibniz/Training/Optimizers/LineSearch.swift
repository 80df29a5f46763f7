/// A search along a line for a step that satisfies the strong Wolfe conditions: the loss falls in
/// proportion to the step, and the slope has lost part of its size.
///
/// Steps grow until such a step is met or passed; then the interval that holds one is narrowed.
/// Each new step is where a cubic through two known losses and slopes is lowest.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd edition, algorithms 3.5 and 3.6.
struct LineSearch {
  /// One step along the line, with the loss found there.
  struct Trial {
    var step, loss, slope: Double
    var gradient: [Double]
  }

  /// Where the search begins: step 0, with a negative slope.
  let origin: Trial
  /// An interval of steps narrower than this is not searched any further.
  let narrowest: Double
  /// The loss falls by at least this fraction of the decrease that the first slope predicts.
  private static let decrease = 1e-4
  /// The slope is at most this fraction of the first one, by magnitude.
  private static let curvature = 0.9
  /// The maximum number of evaluations after the first.
  private static let limit = 25

  /// A step that satisfies both conditions, or else the lowest one met.
  ///
  /// - Parameters:
  ///   - first: the step to try first.
  ///   - evaluate: the loss, its slope and its gradient at a step.
  func search(first: Double, _ evaluate: (Double) -> Trial) -> Trial {
    var previous = origin
    var trial = evaluate(first)
    for evaluations in 1...LineSearch.limit {
      let isTooFar = !falls(trial) || (evaluations > 1 && trial.loss >= previous.loss)
      if !isTooFar && isFlat(trial) { return trial }
      if isTooFar || trial.slope >= 0 { return zoom(previous, trial, evaluations, evaluate) }
      let nearest = trial.step + 0.01 * (trial.step - previous.step)
      let next = cubicMinimum(previous, trial, within: nearest...(10 * trial.step))
      previous = trial
      trial = evaluate(next)
    }
    return trial.loss < origin.loss ? trial : origin
  }

  /// Narrows the interval between two steps until one inside satisfies both conditions.
  private func zoom(
    _ first: Trial, _ second: Trial, _ evaluations: Int, _ evaluate: (Double) -> Trial
  ) -> Trial {
    var (low, high) = second.loss < first.loss ? (second, first) : (first, second)
    var wasNearEnd = false
    for _ in evaluations...LineSearch.limit {
      let left = min(low.step, high.step), right = max(low.step, high.step)
      guard right - left >= narrowest else { break }
      var step = cubicMinimum(low, high, within: left...right)
      // Steps that hug an end narrow the interval too slowly: the second such step is moved inside.
      let margin = 0.1 * (right - left)
      let isNearEnd = min(right - step, step - left) < margin
      let isInside = left < step && step < right
      if isNearEnd && (wasNearEnd || !isInside) {
        step = right - step < step - left ? right - margin : left + margin
        wasNearEnd = false
      } else {
        wasNearEnd = isNearEnd
      }
      let trial = evaluate(step)
      if !falls(trial) || trial.loss >= low.loss {
        high = trial
        if high.loss < low.loss { swap(&low, &high) }
        continue
      }
      if isFlat(trial) { return trial }
      if trial.slope * (high.step - low.step) >= 0 { high = low }
      low = trial
    }
    return low
  }

  /// The first Wolfe condition. A NaN loss does not satisfy it.
  private func falls(_ trial: Trial) -> Bool {
    trial.loss <= origin.loss + LineSearch.decrease * trial.step * origin.slope
  }

  /// The second Wolfe condition.
  private func isFlat(_ trial: Trial) -> Bool {
    trial.slope.magnitude <= -LineSearch.curvature * origin.slope
  }

  /// Where the cubic through two losses and two slopes is lowest within a range; the middle of the
  /// range where there is no such cubic.
  ///
  /// Formula (3.59) of the source.
  private func cubicMinimum(_ a: Trial, _ b: Trial, within range: ClosedRange<Double>) -> Double {
    let (left, right) = a.step <= b.step ? (a, b) : (b, a)
    let width = right.step - left.step
    let d1 = left.slope + right.slope - 3 * (right.loss - left.loss) / width
    let d2 = (d1 * d1 - left.slope * right.slope).squareRoot()
    let minimum =
      right.step - width * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2))
    guard minimum.isFinite else { return 0.5 * (range.lowerBound + range.upperBound) }
    return max(range.lowerBound, min(minimum, range.upperBound))
  }
}
