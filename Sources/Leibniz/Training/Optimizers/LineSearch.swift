/// A search along a line for a step that satisfies the strong Wolfe conditions: the loss falls in
/// proportion to the step, and the slope has lost most of its size.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd edition, algorithms 3.5 and 3.6.
struct LineSearch {
  /// What is known of one step along the line.
  struct Trial {
    var step, loss, slope: Double
  }

  /// The loss falls by at least this share of what the first slope promises.
  var decrease = 1e-4
  /// The slope is at most this share of the first one.
  var curvature = 0.9
  /// The most evaluations.
  var limit = 25

  /// A step that satisfies both conditions, or the best one met.
  ///
  /// - Parameters:
  ///   - origin: the loss and its slope, which is negative, at step 0.
  ///   - first: the step to try first.
  ///   - evaluate: the loss and its slope at a step.
  func search(
    from origin: Trial, first: Double, _ evaluate: (Double) -> Trial
  ) -> Trial {
    var low = origin
    var trial = evaluate(first)
    for evaluation in 1..<limit {
      // A loss that is not a number counts as too far.
      if !(trial.loss <= origin.loss + decrease * trial.step * origin.slope)
        || (evaluation > 1 && trial.loss >= low.loss)
      {
        return zoom(low, trial, origin, evaluation, evaluate)
      }
      if trial.slope.magnitude <= -curvature * origin.slope { return trial }
      if trial.slope >= 0 { return zoom(trial, low, origin, evaluation, evaluate) }
      low = trial
      trial = evaluate(2 * trial.step)
    }
    return low
  }

  /// Narrows the interval between two steps, of which `low` has the lower loss.
  private func zoom(
    _ low: Trial, _ high: Trial, _ origin: Trial, _ used: Int, _ evaluate: (Double) -> Trial
  ) -> Trial {
    var (low, high) = (low, high)
    for _ in used..<limit {
      let trial = evaluate(cubicMinimum(low, high))
      if !(trial.loss <= origin.loss + decrease * trial.step * origin.slope)
        || trial.loss >= low.loss
      {
        high = trial
        continue
      }
      if trial.slope.magnitude <= -curvature * origin.slope { return trial }
      if trial.slope * (high.step - low.step) >= 0 { high = low }
      low = trial
    }
    return low
  }

  /// Where the cubic through two losses and two slopes is lowest, kept off the ends of the interval.
  private func cubicMinimum(_ a: Trial, _ b: Trial) -> Double {
    let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.step - b.step)
    let d2 = ((b.step - a.step).sign() * (d1 * d1 - a.slope * b.slope).sqrt())
    let minimum =
      b.step - (b.step - a.step) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    let left = min(a.step, b.step), width = (a.step - b.step).magnitude
    guard minimum.isFinite else { return left + 0.5 * width }
    return max(left + 0.1 * width, min(minimum, left + 0.9 * width))
  }
}
