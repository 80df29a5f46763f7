/// Samples to learn from: features and the targets that a model should predict.
///
/// ```swift
/// let file = try CSVFile(contentsOf: "optdigits.tra", labels: 0...9)
/// let data = try Dataset(features: file.features, labels: file.labels)
/// let parts = data.split([0.8, 0.2], using: &generator)
/// for batch in parts[0].batches(of: 32, using: &generator) { … }
/// for (features, targets) in parts[1] { … }
/// ```
public struct Dataset: Sendable, Equatable {
  /// The inputs of each sample; all samples have the same number of inputs.
  public let features: [[Double]]
  /// The targets of each sample; the label alone, where it is one of several classes.
  public let targets: [[Double]]

  /// Samples with several targets each.
  ///
  /// - Throws: ``DatasetError`` where there are not as many targets as samples, or samples differ in
  ///   the number of features or targets.
  public init(features: [[Double]], targets: [[Double]]) throws(DatasetError) {
    guard features.count == targets.count else {
      throw .differentCounts(features: features.count, targets: targets.count)
    }
    for (kind, rows) in [(DatasetError.Part.features, features), (.targets, targets)] {
      let expected = rows.first?.count ?? 0
      if let sample = rows.firstIndex(where: { $0.count != expected }) {
        throw .ragged(kind, sample: sample, expected: expected, found: rows[sample].count)
      }
    }
    self.init(checked: features, targets)
  }

  /// Samples with one target each.
  public init(features: [[Double]], targets: [Double]) throws(DatasetError) {
    try self.init(features: features, targets: targets.map { [$0] })
  }

  /// Samples of classes 0, 1, …
  public init(features: [[Double]], labels: [Int]) throws(DatasetError) {
    try self.init(features: features, targets: labels.map { [Double($0)] })
  }

  /// Samples whose shapes have been checked.
  private init(checked features: [[Double]], _ targets: [[Double]]) {
    self.features = features
    self.targets = targets
  }

  /// The class of each sample: its first target as a whole number.
  ///
  /// - Precondition: every first target is a whole number.
  public var labels: [Int] {
    targets.enumerated().map { sample, row in
      guard let target = row.first else { stop("Sample \(sample) has no target to be its label.") }
      guard let label = Int(exactly: target) else {
        stop("The target \(target) of sample \(sample) is not a whole number, as a label is.")
      }
      return label
    }
  }

  /// The samples at some indices, in that order.
  public func subset(at indices: some Sequence<Int>) -> Dataset {
    let samples = indices.map { self[$0] }
    return Dataset(checked: samples.map { $0.features }, samples.map { $0.targets })
  }

  /// The samples with their features transformed, as by a ``Standardizer``.
  ///
  /// - Precondition: `transform` gives the same number of features for each sample.
  public func mapFeatures(_ transform: (_ features: [Double]) -> [Double]) -> Dataset {
    let mapped = features.map(transform)
    require(
      mapped.allSatisfy { $0.count == mapped[0].count },
      "The new features of the samples differ in number.")
    return Dataset(checked: mapped, targets)
  }

  /// Each label as a one-hot row: a one at its index and zeros elsewhere.
  ///
  /// - Precondition: every label is one of 0, 1, …, classes − 1.
  public func oneHot(classes: Int) -> Dataset {
    let rows = labels.enumerated().map { sample, label in
      require(
        label >= 0 && label < classes,
        "Sample \(sample) has the label \(label), outside 0..<\(classes).")
      return (0..<classes).map { $0 == label ? 1.0 : 0 }
    }
    return Dataset(checked: features, rows)
  }

  /// The samples in a random order.
  @_specialize(where G == SeededGenerator)
  public func shuffled<G: RandomNumberGenerator>(using generator: inout G) -> Dataset {
    subset(at: indices.shuffled(using: &generator))
  }

  /// The samples split at random, such as 80 % for training, 10 % for validation, 10 % for testing.
  ///
  /// The fractions sum to 1. Every sample is in exactly one part.
  @_specialize(where G == SeededGenerator)
  public func split<G: RandomNumberGenerator>(
    _ fractions: [Double], using generator: inout G
  ) -> [Dataset] {
    require(
      fractions.allSatisfy { $0 >= 0 } && abs(fractions.reduce(0, +) - 1) < 1e-9,
      "The fractions \(fractions) of a split do not sum to 1.")
    let order = indices.shuffled(using: &generator)
    var start = 0
    var total = 0.0
    return fractions.map { fraction in
      total += fraction
      let end = Swift.max(start, Swift.min(Int((total * Double(count)).rounded()), count))
      defer { start = end }
      return subset(at: order[start..<end])
    }
  }

  /// The samples in a random order, in batches of `size`; the last batch may be smaller.
  ///
  /// A size of 1 is stochastic descent; the size of the data is descent on the full batch.
  @_specialize(where G == SeededGenerator)
  public func batches<G: RandomNumberGenerator>(
    of size: Int, using generator: inout G
  ) -> [Dataset] {
    require(size > 0, "A batch cannot have \(size) samples.")
    let order = indices.shuffled(using: &generator)
    return stride(from: 0, to: count, by: size).map {
      subset(at: order[$0..<Swift.min($0 + size, count)])
    }
  }
}

extension Dataset: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { features.count }

  /// One sample.
  public subscript(sample: Int) -> (features: [Double], targets: [Double]) {
    require(
      indices.contains(sample), "There is no sample \(sample) in a dataset of \(count).")
    return (features[sample], targets[sample])
  }

  /// A range of samples.
  public subscript(samples: Range<Int>) -> Slice<Dataset> {
    require(
      samples.lowerBound >= 0 && samples.upperBound <= count,
      "There are no samples \(samples) in a dataset of \(count).")
    return Slice(base: self, bounds: samples)
  }
}

/// Why arrays do not form a dataset.
public enum DatasetError: Error, Equatable, CustomStringConvertible {
  /// A part of every sample.
  public enum Part: String, Sendable {
    case features, targets
  }

  /// Each sample has its features and its targets.
  case differentCounts(features: Int, targets: Int)
  /// All samples have the same number of features, and of targets.
  case ragged(Part, sample: Int, expected: Int, found: Int)

  /// What was expected and what was found.
  public var description: String {
    switch self {
    case .differentCounts(let features, let targets):
      "There are features of \(features) samples, but targets of \(targets)."
    case .ragged(let part, let sample, let expected, let found):
      "Sample \(sample) has \(found) \(part), not \(expected) as sample 0."
    }
  }
}
