extension LossReduction {
  /// One number for many.
  func callAsFunction<S: Scalar>(_ losses: [S]) -> S {
    switch self {
    case .mean: .mean(losses)
    case .sum: .sum(losses)
    }
  }

  /// One number for the losses of pairs.
  func callAsFunction<S: Scalar, P, E>(
    _ predicted: [P], _ expected: [E], _ loss: (P, E) -> S
  ) -> S {
    require(
      predicted.count == expected.count,
      "\(counted(predicted.count, "prediction")) cannot be compared with "
        + "\(counted(expected.count, "target")).")
    return self(zip(predicted, expected).map(loss))
  }
}
