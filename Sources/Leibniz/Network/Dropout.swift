/// Drops each number with a given probability during training, and scales the others to preserve
/// the mean; in inference it is the identity.
///
/// y = m · x / (1 − rate), where m is 1 with probability 1 − rate, else 0.
///
/// ```swift
/// let dropout = Dropout(rate: 0.5)
/// let y = dropout.trainingOutputs(for: [[1.0, 1.0, 1.0]], using: &generator)  // zeros and twos
/// ```
///
/// Which numbers are left out is an input of compiled training, drawn anew for each batch.
///
/// Source: Srivastava and others, *Dropout: a simple way to prevent neural networks from
/// overfitting*, 2014.
public struct Dropout: Module {
  /// The probability of dropping a number, 0..<1.
  public let rate: Double

  /// Dropout with the given probability.
  public init(rate: Double) {
    require((0..<1).contains(rate), "The rate of dropout is \(rate), outside 0..<1.")
    self.rate = rate
  }

  /// None.
  public var tensors: [NamedTensor] { [] }

  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] { x }

  @_specialize(where G == SeededGenerator)
  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    let masks = generator.values(
      .bernoulli(probability: 1 - rate), samples: batch.count, count: batch.first?.count ?? 0)
    return zip(batch, masks).map { sample, mask in
      zip(sample, mask).map { x, m in x * (m / (1 - rate)) }
    }
  }
}
