/// The cross-entropy of a label against the softmax of logits: −log softmax(logits)[label].
///
/// Computed as logSumExp(logits) − logits[label], which neither overflows nor loses its digits at
/// logits of ±1000.
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
  let partition = S.logSumExp(logits)
  if smoothing == 0 { return partition - logits[label] }
  return partition - (1 - smoothing) * logits[label] - smoothing * .mean(logits)
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
