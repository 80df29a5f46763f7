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
@_specialize(where S == Value)
@_specialize(where S == Double)
public func softmaxCrossEntropy<S: Scalar>(
  logits: [S], label: Int, smoothing: Double = 0
) -> S {
  require(
    logits.indices.contains(label),
    "There is no class \(label) among \(counted(logits.count, "logit")).")
  let differences = logits.indices.map {
    $0 == label ? S.constant(0) : logits[$0] - logits[label]
  }
  return smoothed(S.logSumExp(differences), differences, smoothing)
}

/// The cross-entropy where a part of the label's probability is spread over all classes.
private func smoothed<S: Scalar>(_ loss: S, _ differences: [S], _ smoothing: Double) -> S {
  require((0...1).contains(smoothing), "A label cannot be smoothed by \(smoothing), outside 0...1.")
  return smoothing == 0 ? loss : loss - smoothing * S.mean(differences)
}

/// The cross-entropy of a label that is itself data, such as an input of a program.
///
/// ```swift
/// let program = try Program(inputs: 3) { x in
///   [softmaxCrossEntropy(logits: [x[0], x[1]], label: x[2])]
/// }
/// program([0, 0, 1])  // [0.6931…]
/// ```
///
/// - Precondition: `label` is a whole number from 0 up to the number of classes.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func softmaxCrossEntropy<S: Scalar>(
  logits: [S], label: S, smoothing: Double = 0
) -> S {
  if let number = label.knownNumber, let label = Int(exactly: number) {
    return softmaxCrossEntropy(logits: logits, label: label, smoothing: smoothing)
  }
  let chosen = S.lookup(logits, at: label)
  let differences = logits.map { $0 - chosen }
  return smoothed(S.logSumExp(differences), differences, smoothing)
}

/// The cross-entropy of the labels of a batch, one row of logits for each sample.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func softmaxCrossEntropy<S: Scalar>(
  logits: [[S]], labels: [Int], smoothing: Double = 0, reduction: LossReduction = .mean
) -> S {
  reduction(logits, labels) { softmaxCrossEntropy(logits: $0, label: $1, smoothing: smoothing) }
}

/// The cross-entropy of a distribution over the classes, such as a one-hot row, against the softmax
/// of logits: −Σ pᵢ log softmax(logits)ᵢ.
///
/// ```swift
/// softmaxCrossEntropy(logits: [0.0, 0.0], probabilities: [0, 1])  // 0.6931…
/// ```
@_specialize(where S == Value)
@_specialize(where S == Double)
public func softmaxCrossEntropy<S: Scalar>(logits: [S], probabilities: [Double]) -> S {
  require(
    logits.count == probabilities.count,
    "\(counted(logits.count, "logit")) cannot be compared with \(probabilities.count) probabilities."
  )
  let total = probabilities.reduce(0, +)
  return total * S.logSumExp(logits) - S.dot(logits, probabilities.map(S.constant))
}

/// The cross-entropy of the distributions of a batch, one row for each sample.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func softmaxCrossEntropy<S: Scalar>(
  logits: [[S]], probabilities: [[Double]], reduction: LossReduction = .mean
) -> S {
  reduction(logits, probabilities) { softmaxCrossEntropy(logits: $0, probabilities: $1) }
}

/// The negative log likelihood of a label, −logProbabilities[label].
///
/// ```swift
/// negativeLogLikelihood(logProbabilities: logSoftmax([0.0, 0.0]), label: 1)  // 0.6931…
/// ```
@_specialize(where S == Value)
@_specialize(where S == Double)
public func negativeLogLikelihood<S: Scalar>(logProbabilities: [S], label: Int) -> S {
  require(
    logProbabilities.indices.contains(label),
    "There is no class \(label) among \(logProbabilities.count) log probabilities.")
  return -logProbabilities[label]
}

/// The negative log likelihood of a label that is itself data, such as an input of a program.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func negativeLogLikelihood<S: Scalar>(logProbabilities: [S], label: S) -> S {
  -S.lookup(logProbabilities, at: label)
}

/// The negative log likelihood of the labels of a batch.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func negativeLogLikelihood<S: Scalar>(
  logProbabilities: [[S]], labels: [Int], reduction: LossReduction = .mean
) -> S {
  reduction(logProbabilities, labels) { negativeLogLikelihood(logProbabilities: $0, label: $1) }
}

/// The cross-entropy of two classes from one logit: −e log σ(x) − (1 − e) log(1 − σ(x)).
///
/// Computed as e softplus(−x) + (1 − e) softplus(x), exact for any logit.
///
/// ```swift
/// binaryCrossEntropy(logit: 0.0, expected: 1.0)      // 0.6931…
/// binaryCrossEntropy(logit: -1000.0, expected: 1.0)  // 1000
/// ```
///
/// What is expected is the probability of the positive class, 0…1.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func binaryCrossEntropy<S: Scalar>(logit: S, expected: S) -> S {
  expected * (-logit).softplus() + (1 - expected) * logit.softplus()
}

/// The cross-entropy of one logit against a plain number.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func binaryCrossEntropy<S: Scalar>(logit: S, expected: Double) -> S {
  expected * (-logit).softplus() + (1 - expected) * logit.softplus()
}

/// The cross-entropy of many logits.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func binaryCrossEntropy<S: Scalar>(
  logits: [S], expected: [S], reduction: LossReduction = .mean
) -> S {
  reduction(logits, expected) { binaryCrossEntropy(logit: $0, expected: $1) }
}

/// The cross-entropy of many logits against plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func binaryCrossEntropy<S: Scalar>(
  logits: [S], expected: [Double], reduction: LossReduction = .mean
) -> S {
  reduction(logits, expected) { binaryCrossEntropy(logit: $0, expected: $1) }
}

/// How far a predicted distribution is from the expected one: Σ e (log e − log p), in nats.
///
/// ```swift
/// let p = logSoftmax([0.0, 0.0])
/// kullbackLeiblerDivergence(logProbabilities: p, expected: [0.5, 0.5])  // 0
/// kullbackLeiblerDivergence(logProbabilities: p, expected: [1, 0])      // 0.6931…, as 0·log 0 = 0
/// ```
///
/// Source: Kullback and Leibler, *On information and sufficiency*, 1951.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func kullbackLeiblerDivergence<S: Scalar>(logProbabilities: [S], expected: [S]) -> S {
  LossReduction.sum(logProbabilities, expected) { p, e in
    e * (S.select(where: e, then: e, else: .constant(1)).log() - p)
  }
}

/// How far a predicted distribution is from plain numbers.
@_disfavoredOverload
@_specialize(where S == Value)
@_specialize(where S == Double)
public func kullbackLeiblerDivergence<S: Scalar>(
  logProbabilities: [S], expected: [Double]
) -> S {
  kullbackLeiblerDivergence(
    logProbabilities: logProbabilities, expected: expected.map(S.constant))
}

/// How far the predicted distributions of a batch are from the expected ones, one row for each
/// sample.
@_specialize(where S == Value)
@_specialize(where S == Double)
public func kullbackLeiblerDivergence<S: Scalar>(
  logProbabilities: [[S]], expected: [[Double]], reduction: LossReduction = .mean
) -> S {
  reduction(logProbabilities, expected) {
    kullbackLeiblerDivergence(logProbabilities: $0, expected: $1.map(S.constant))
  }
}
