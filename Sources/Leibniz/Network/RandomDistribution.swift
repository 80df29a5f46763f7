/// What random numbers a module draws while training.
///
/// ```swift
/// var generator = SeededGenerator(seed: 1)
/// RandomDistribution.uniform(0..<2).next(using: &generator)
/// generator.values(.bernoulli(probability: 0.5), samples: 2, count: 3)  // rows of zeros and ones
/// ```
public enum RandomDistribution: Equatable, Sendable {
  /// Every number of a range with the same density.
  case uniform(Range<Double>)
  /// Normally distributed numbers.
  case normal(mean: Double, standardDeviation: Double)
  /// 1 with a probability, else 0.
  case bernoulli(probability: Double)

  /// The next number.
  @_specialize(where G == SeededGenerator)
  public func next<G: RandomNumberGenerator>(using generator: inout G) -> Double {
    switch self {
    case .uniform(let range): .random(in: range, using: &generator)
    case .normal(let mean, let deviation): mean + deviation * generator.normal()
    case .bernoulli(let probability):
      Double.random(in: 0..<1, using: &generator) < probability ? 1 : 0
    }
  }
}

extension RandomNumberGenerator {
  /// Random numbers as values that no gradient flows to: a row of `count` for each sample of a batch.
  ///
  /// A module that draws its random numbers so can be trained compiled: they become inputs of the
  /// program, drawn anew for each batch.
  @_specialize(where Self == SeededGenerator)
  public mutating func values(
    _ distribution: RandomDistribution, samples: Int, count: Int
  ) -> [[Value]] {
    #if !hasFeature(Embedded)
      if let recorder = self as? RandomInputRecorder {
        return recorder.placeholders(distribution, samples: samples, count: count)
      }
    #endif
    return (0..<samples).map { _ in
      (0..<count).map { _ in .constant(distribution.next(using: &self)) }
    }
  }
}

/// Takes the place of a generator while a training step is recorded: random values become
/// placeholders, and what they are drawn from is noted.
final class RandomInputRecorder: RandomNumberGenerator {
  /// Random values of one call, for each sample.
  struct Group {
    let distribution: RandomDistribution
    /// The placeholders of the first sample.
    let placeholders: [Value]
  }

  /// The calls, in order.
  private(set) var groups: [Group] = []
  /// Whether plain random numbers were drawn, which a program would repeat.
  private(set) var drewPlainNumbers = false
  private var generator = SeededGenerator(seed: 0)

  func placeholders(
    _ distribution: RandomDistribution, samples: Int, count: Int
  ) -> [[Value]] {
    let rows = (0..<samples).map { _ in
      (0..<count).map { _ in Value(distribution.next(using: &generator)) }
    }
    groups.append(Group(distribution: distribution, placeholders: rows.first ?? []))
    return rows
  }

  func next() -> UInt64 {
    drewPlainNumbers = true
    return generator.next()
  }
}
