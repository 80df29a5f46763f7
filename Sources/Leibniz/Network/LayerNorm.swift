/// Gives every sample mean 0 and variance 1 over its features, then a learnt scale and shift.
///
/// y = scale · (x − mean) / √(variance + epsilon) + shift, the same in training and inference.
///
/// ```swift
/// let norm = LayerNorm(features: 2)
/// let y: [Double] = norm([1, 3])  // ≈ [−1, 1]
/// ```
///
/// Source: Ba, Kiros and Hinton, *Layer normalization*, 2016.
public struct LayerNorm: Module {
  /// One scale for each feature; initially 1.
  public let scale: [Value]
  /// One shift for each feature; initially 0.
  public let shift: [Value]
  /// A small number that keeps the quotient finite.
  public let epsilon: Double

  /// A normalisation over `features` features.
  public init(features: Int, epsilon: Double = 1e-5) {
    require(features >= 0, "A normalisation cannot have \(features) features.")
    scale = (0..<features).map { _ in Value(1) }
    shift = (0..<features).map { _ in Value(0) }
    self.epsilon = epsilon
  }

  /// `weight` and `bias`.
  public var tensors: [NamedTensor] {
    [
      NamedTensor("weight", shape: [scale.count], scale),
      NamedTensor("bias", shape: [shift.count], shift),
    ]
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    checkFeatures(x.count, of: scale.count)
    let mean = S.mean(x)
    let centered = x.map { $0 - mean }
    let deviation = (S.dot(centered, centered) / Double(x.count) + epsilon).sqrt()
    return x.indices.map { centered[$0] / deviation * S.lift(scale[$0]) + S.lift(shift[$0]) }
  }
}

/// Gives every sample the mean square 1, then a learnt scale: ``LayerNorm`` without the mean.
///
/// y = scale · x / √(mean(x²) + epsilon).
///
/// ```swift
/// let norm = RMSNorm(features: 2)
/// let y: [Double] = norm([3, -3])  // ≈ [1, −1]
/// ```
///
/// Source: Zhang and Sennrich, *Root mean square layer normalization*, 2019.
public struct RMSNorm: Module {
  /// The length of a sample.
  public let features: Int
  /// One scale for each feature, initially 1; empty if none is learnt.
  public let scale: [Value]
  /// A small number that keeps the quotient finite.
  public let epsilon: Double

  /// A normalisation over `features` features.
  ///
  /// With `learnsScale: false` it is y = x / √(mean(x²) + epsilon), without parameters.
  public init(features: Int, learnsScale: Bool = true, epsilon: Double = 1e-5) {
    self.features = features
    require(features >= 0, "A normalisation cannot have \(features) features.")
    scale = learnsScale ? (0..<features).map { _ in Value(1) } : []
    self.epsilon = epsilon
  }

  /// `weight`, if a scale is learnt.
  public var tensors: [NamedTensor] {
    scale.isEmpty ? [] : [NamedTensor("weight", shape: [features], scale)]
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    checkFeatures(x.count, of: features)
    // One division, not one for each feature.
    let factor = 1 / (S.dot(x, x) / Double(features) + epsilon).sqrt()
    let y = x.map { $0 * factor }
    return scale.isEmpty ? y : zip(y, scale).map { $0 * S.lift($1) }
  }
}

/// Stops with a sentence where a normalisation is called with the wrong number of features.
func checkFeatures(_ count: Int, of features: Int) {
  require(
    count == features,
    "A normalisation of \(counted(features, "feature")) was called with \(count).")
}
