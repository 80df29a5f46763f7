/// The cross-entropy of a label against the softmax of logits: −log softmax(logits)[label].
///
/// Computed as the logSumExp of the differences to the label's logit, which neither overflows at
/// logits of ±1000 nor loses the last digits of a loss near 0.
///
/// ```swift
/// softmaxCrossEntropy(logits: [0.0, 0.0], label: 1)        // 0.6931…, log 2
/// softmaxCrossEntropy(logits: [1000.0, -1000.0], label: 1) // 2000
/// ```
///
/// - Parameters:
///   - logits: one number for each class, of any sign and size.
///   - label: the index of the right class.
///   - smoothing: how much of the label's probability is spread evenly over all classes, 0…1.
///     Source: Szegedy and others, *Rethinking the Inception architecture*, 2016.
public func softmaxCrossEntropy<S: Scalar>(
  logits: [S], label: Int, smoothing: Double = 0
) -> S {
  precondition(
    logits.indices.contains(label), "There is no class \(label) among \(logits.count) logits.")
  let differences = logits.indices.map {
    $0 == label ? S.constant(0) : logits[$0] - logits[label]
  }
  let loss = S.logSumExp(differences)
  return smoothing == 0 ? loss : loss - smoothing * .mean(differences)
}

/// The cross-entropy of the labels of a batch, one row of logits for each sample.
public func softmaxCrossEntropy<S: Scalar>(
  logits: [[S]], labels: [Int], smoothing: Double = 0, reduction: Reduction = .mean
) -> S {
  precondition(
    logits.count == labels.count,
    "\(logits.count) rows of logits cannot be compared with \(labels.count) labels.")
  return reduction(
    zip(logits, labels).map { softmaxCrossEntropy(logits: $0, label: $1, smoothing: smoothing) })
}
