/// The hinge loss for targets −1 and 1: max(0, 1 − e p), zero from a margin of 1 on.
///
/// ```swift
/// hingeLoss(predicted: 0.25, expected: 1.0)   // 0.75
/// hingeLoss(predicted: 0.25, expected: -1.0)  // 1.25
/// ```
///
/// Source: Cortes and Vapnik, *Support-vector networks*, 1995.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func hingeLoss<S: Scalar>(predicted: S, expected: S) -> S {
  (1 - expected * predicted).relu()
}

/// The loss of one prediction against a plain number.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func hingeLoss<S: Scalar>(predicted: S, expected: Double) -> S {
  (1 - expected * predicted).relu()
}

/// The loss of many predictions.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func hingeLoss<S: Scalar>(
  predicted: [S], expected: [S], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { hingeLoss(predicted: $0, expected: $1) }
}

/// The loss of many predictions against plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func hingeLoss<S: Scalar>(
  predicted: [S], expected: [Double], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { hingeLoss(predicted: $0, expected: $1) }
}

/// The squared hinge loss for targets −1 and 1: max(0, 1 − e p)², smooth at the margin.
///
/// ```swift
/// squaredHingeLoss(predicted: 0.5, expected: 1.0)  // 0.25
/// ```
@_specialize(where S == Value)
@_specialize(where S == Double)
public func squaredHingeLoss<S: Scalar>(predicted: S, expected: S) -> S {
  squared((1 - expected * predicted).relu())
}

/// The loss of one prediction against a plain number.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func squaredHingeLoss<S: Scalar>(predicted: S, expected: Double) -> S {
  squared((1 - expected * predicted).relu())
}

/// The loss of many predictions.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func squaredHingeLoss<S: Scalar>(
  predicted: [S], expected: [S], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { squaredHingeLoss(predicted: $0, expected: $1) }
}

/// The loss of many predictions against plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func squaredHingeLoss<S: Scalar>(
  predicted: [S], expected: [Double], reduction: LossReduction = .mean
) -> S {
  reduction(predicted, expected) { squaredHingeLoss(predicted: $0, expected: $1) }
}
