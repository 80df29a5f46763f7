/// The mean squared error, (p − e)², averaged over a batch.
///
/// ```swift
/// meanSquaredError(predicted: 3.0, expected: 1.0)               // 4
/// meanSquaredError(predicted: [3.0, 1.0], expected: [1.0, 1.0]) // 2
/// ```
///
/// - Complexity: O(n), as for every loss here.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanSquaredError<S: Scalar>(predicted: S, expected: S) -> S {
  squared(predicted - expected)
}

/// The loss of one prediction against a plain number.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanSquaredError<S: Scalar>(predicted: S, expected: Double) -> S {
  squared(predicted - expected)
}

/// The loss of many predictions.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanSquaredError<S: Scalar>(
  predicted: [S], expected: [S], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { meanSquaredError(predicted: $0, expected: $1) }
}

/// The loss of many predictions against plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanSquaredError<S: Scalar>(
  predicted: [S], expected: [Double], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { meanSquaredError(predicted: $0, expected: $1) }
}

/// The mean absolute error, |p − e|, averaged over a batch. Its derivative at p = e is 0.
///
/// ```swift
/// meanAbsoluteError(predicted: [3.0, 1.0], expected: [1.0, 1.0])  // 1
/// ```
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanAbsoluteError<S: Scalar>(predicted: S, expected: S) -> S {
  (predicted - expected).abs()
}

/// The loss of one prediction against a plain number.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanAbsoluteError<S: Scalar>(predicted: S, expected: Double) -> S {
  (predicted - expected).abs()
}

/// The loss of many predictions.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanAbsoluteError<S: Scalar>(
  predicted: [S], expected: [S], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { meanAbsoluteError(predicted: $0, expected: $1) }
}

/// The loss of many predictions against plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func meanAbsoluteError<S: Scalar>(
  predicted: [S], expected: [Double], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { meanAbsoluteError(predicted: $0, expected: $1) }
}

/// Huber's loss: quadratic up to `delta`, linear beyond, so that an outlier pulls with bounded force.
///
/// ½ d² where |d| ≤ delta, else delta (|d| − ½ delta), with d = p − e.
///
/// ```swift
/// huberLoss(predicted: 0.5, expected: 0.0)  // 0.125
/// huberLoss(predicted: 3.0, expected: 0.0)  // 2.5
/// ```
///
/// Source: Huber, *Robust estimation of a location parameter*, 1964.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func huberLoss<S: Scalar>(predicted: S, expected: S, delta: Double = 1) -> S {
  huber(difference: predicted - expected, delta: delta)
}

/// The loss of one prediction against a plain number.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func huberLoss<S: Scalar>(predicted: S, expected: Double, delta: Double = 1) -> S {
  huber(difference: predicted - expected, delta: delta)
}

/// The loss of many predictions.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func huberLoss<S: Scalar>(
  predicted: [S], expected: [S], delta: Double = 1, reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { huberLoss(predicted: $0, expected: $1, delta: delta) }
}

/// The loss of many predictions against plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func huberLoss<S: Scalar>(
  predicted: [S], expected: [Double], delta: Double = 1, reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { huberLoss(predicted: $0, expected: $1, delta: delta) }
}

private func huber<S: Scalar>(difference: S, delta: Double) -> S {
  let size = difference.abs()
  let bounded = min(size, delta)
  return bounded * (size - 0.5 * bounded)
}
