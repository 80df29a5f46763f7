/// Gives every feature mean 0 and variance 1 over the batch, then a learnt scale and shift.
///
/// y = scale · (x − mean) / √(variance + epsilon) + shift. In training mean and variance are the
/// batch's; in inference, the running ones, which training gathers:
/// running ← (1 − momentum) running + momentum · batch, with the unbiased variance.
///
/// ```swift
/// let norm = BatchNorm(features: 2)
/// norm.trainingOutputs(for: [[1.0, 10.0], [3.0, 30.0]], using: &generator)  // ≈ [[−1, −1], [1, 1]]
/// ```
///
/// A batch of one sample has no variance: choose a batch size that does not leave one over.
///
/// Source: Ioffe and Szegedy, *Batch normalization*, 2015.
public struct BatchNorm: Module {
  /// One scale for each feature; initially 1.
  public let scale: [Value]
  /// One shift for each feature; initially 0.
  public let shift: [Value]
  /// The mean that inference uses; initially 0.
  public let runningMean: [Value]
  /// The variance that inference uses; initially 1.
  public let runningVariance: [Value]
  /// The weight of a batch in the running statistics, 0…1.
  public let momentum: Double
  /// A small number that keeps the quotient finite.
  public let epsilon: Double

  /// A normalisation over `features` features.
  public init(features: Int, momentum: Double = 0.1, epsilon: Double = 1e-5) {
    require(features >= 0, "A normalisation cannot have \(features) features.")
    scale = (0..<features).map { _ in Value(1) }
    shift = (0..<features).map { _ in Value(0) }
    runningMean = (0..<features).map { _ in Value(0) }
    runningVariance = (0..<features).map { _ in Value(1) }
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// `weight`, `bias`, `running_mean` and `running_var`, as PyTorch names them.
  public var tensors: [NamedTensor] {
    let shape = [scale.count]
    return [
      NamedTensor("weight", shape: shape, scale),
      NamedTensor("bias", shape: shape, shift),
      NamedTensor("running_mean", shape: shape, runningMean, isTrained: false),
      NamedTensor("running_var", shape: shape, runningVariance, isTrained: false),
    ]
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    checkFeatures(x.count, of: scale.count)
    return x.indices.map { i in
      let factor = S.lift(scale[i]) / (S.lift(runningVariance[i]) + epsilon).sqrt()
      return (x[i] - S.lift(runningMean[i])) * factor + S.lift(shift[i])
    }
  }

  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    require(
      batch.count > 1,
      "Batch normalisation needs at least two samples; the batch has \(batch.count).")
    for sample in batch { checkFeatures(sample.count, of: scale.count) }
    var outputs: [[Value]] = Array(repeating: [], count: batch.count)
    for i in scale.indices {
      let column = batch.map { $0[i] }
      let mean = Value.mean(column)
      let centered = column.map { $0 - mean }
      let variance = Value.dot(centered, centered) / Double(batch.count)
      gather(i, mean.data, variance.data * Double(batch.count) / Double(batch.count - 1))
      let factor = scale[i] / (variance + epsilon).sqrt()
      for (sample, x) in centered.enumerated() { outputs[sample].append(x * factor + shift[i]) }
    }
    return outputs
  }

  private func gather(_ i: Int, _ mean: Double, _ variance: Double) {
    runningMean[i].data = (1 - momentum) * runningMean[i].data + momentum * mean
    runningVariance[i].data = (1 - momentum) * runningVariance[i].data + momentum * variance
  }
}
