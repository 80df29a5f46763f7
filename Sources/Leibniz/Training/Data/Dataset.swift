/// Samples to learn from: the numbers that a model is given, and those that it should answer.
///
/// ```swift
/// let file = try CSVFile(contentsOf: "optdigits.tra", labels: 0...9)
/// let data = Dataset(features: file.features, labels: file.labels)
/// let parts = data.split([0.8, 0.2], using: &generator)
/// for batch in parts[0].batches(of: 32, using: &generator) { … }
/// ```
public struct Dataset: Sendable, Equatable {
  /// The inputs of each sample.
  public var features: [[Double]]
  /// The targets of each sample; the label alone, where it is one of several classes.
  public var targets: [[Double]]

  /// Samples with several targets each.
  public init(features: [[Double]], targets: [[Double]]) {
    require(
      features.count == targets.count,
      "\(features.count) samples cannot have \(targets.count) targets.")
    self.features = features
    self.targets = targets
  }

  /// Samples with one number each to answer.
  public init(features: [[Double]], targets: [Double]) {
    self.init(features: features, targets: targets.map { [$0] })
  }

  /// Samples of classes 0, 1, …
  public init(features: [[Double]], labels: [Int]) {
    self.init(features: features, targets: labels.map { [Double($0)] })
  }

  /// The number of samples.
  public var count: Int { features.count }

  /// The class of each sample: its first target as a whole number.
  public var labels: [Int] { targets.map { Int($0[0]) } }

  /// The samples at some places, in that order.
  public subscript(places: some Sequence<Int>) -> Dataset {
    Dataset(features: places.map { features[$0] }, targets: places.map { targets[$0] })
  }

  /// Each label as a row with a one at its place and zeros elsewhere.
  public func oneHot(classes: Int) -> Dataset {
    Dataset(
      features: features,
      targets: labels.map { label in (0..<classes).map { $0 == label ? 1 : 0 } })
  }

  /// The samples in a random order.
  public func shuffled<G: RandomNumberGenerator>(using generator: inout G) -> Dataset {
    self[(0..<count).shuffled(using: &generator)]
  }

  /// The samples dealt out at random, such as 80 % to train with, 10 % to choose by, 10 % to test.
  ///
  /// The fractions are the shares of the parts and sum to 1. Every sample comes into exactly one
  /// part.
  public func split<G: RandomNumberGenerator>(
    _ fractions: [Double], using generator: inout G
  ) -> [Dataset] {
    require(
      fractions.allSatisfy { $0 >= 0 } && abs(fractions.reduce(0, +) - 1) < 1e-9,
      "The fractions \(fractions) of a split do not sum to 1.")
    let order = (0..<count).shuffled(using: &generator)
    var start = 0
    var total = 0.0
    return fractions.map { fraction in
      total += fraction
      let end = max(start, min(Int((total * Double(count)).rounded()), count))
      defer { start = end }
      return self[order[start..<end]]
    }
  }

  /// The samples in a random order, in batches of a size; the last one may be smaller.
  ///
  /// A size of 1 makes descent stochastic, the size of the data makes it descent on the full batch.
  public func batches<G: RandomNumberGenerator>(
    of size: Int, using generator: inout G
  ) -> [Dataset] {
    require(size > 0, "A batch cannot have \(size) samples.")
    let order = (0..<count).shuffled(using: &generator)
    return stride(from: 0, to: count, by: size).map { self[order[$0..<min($0 + size, count)]] }
  }
}
