/// Leaves out each number with a given probability while training, and enlarges the others to keep
/// the mean; in inference it does nothing.
///
/// y = x / (1 − rate) with probability 1 − rate, else 0.
///
/// ```swift
/// let dropout = Dropout(rate: 0.5)
/// let y = dropout.trainingOutputs(for: [[1.0, 1.0, 1.0]], using: &generator)  // zeros and twos
/// ```
///
/// Which numbers are left out is drawn when the call is recorded: a program compiled from it would
/// repeat the same choice.
///
/// Source: Srivastava and others, *Dropout: a simple way to prevent neural networks from
/// overfitting*, 2014.
public struct Dropout: Module {
  /// The probability of leaving a number out, 0..<1.
  public let rate: Double

  /// Dropout with a probability.
  public init(rate: Double) {
    require((0..<1).contains(rate), "The rate of dropout is \(rate), outside 0..<1.")
    self.rate = rate
  }

  /// None.
  public var tensors: [NamedTensor] { [] }

  public func outputs<S: Scalar>(for x: [S]) -> [S] { x }

  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    batch.map { sample in
      sample.map { x in
        Double.random(in: 0..<1, using: &generator) < rate ? .constant(0) : x / (1 - rate)
      }
    }
  }
}
