/// Shifts and scales each feature to mean 0 and variance 1, as measured on the training set.
///
/// ```swift
/// let standardize = Standardizer(fittedTo: train.features)
/// let x = standardize(train), v = standardize(validation)  // by the training statistics
/// ```
///
/// Fitting on samples that a model is later evaluated on would leak information about them.
public struct Standardizer: Sendable, Equatable {
  /// The mean of each feature.
  public let means: [Double]
  /// The standard deviation of each feature; 1 for one that never changes.
  public let standardDeviations: [Double]

  /// A standardiser with known statistics.
  public init(means: [Double], standardDeviations: [Double]) {
    require(
      means.count == standardDeviations.count,
      "A standardiser was given \(counted(means.count, "mean")), but "
        + "\(counted(standardDeviations.count, "standard deviation")).")
    self.means = means
    self.standardDeviations = standardDeviations
  }

  /// Measures the features of some samples.
  ///
  /// - Precondition: there is at least one sample.
  public init(fittedTo features: [[Double]]) {
    require(!features.isEmpty, "A standardiser needs samples to be fitted to.")
    for (sample, row) in features.enumerated() {
      require(
        row.count == features[0].count,
        "Sample \(sample) has \(counted(row.count, "feature")), not \(features[0].count) as sample 0."
      )
    }
    let count = Double(features.count)
    means = features[0].indices.map { axis in
      features.reduce(0) { $0 + $1[axis] } / count
    }
    standardDeviations = zip(features[0].indices, means).map { axis, mean in
      let variance = features.reduce(0) { $0 + squared($1[axis] - mean) } / count
      // The rounding residue of a constant feature is not a deviation.
      return variance > 1e-24 * mean * mean ? variance.squareRoot() : 1
    }
  }

  /// One sample's features, standardised.
  public func callAsFunction(_ x: [Double]) -> [Double] {
    require(
      x.count == means.count,
      "A standardiser of \(counted(means.count, "feature")) was called with \(x.count).")
    return x.indices.map { (x[$0] - means[$0]) / standardDeviations[$0] }
  }

  /// Samples with standardised features.
  public func callAsFunction(_ data: Dataset) -> Dataset {
    data.mapFeatures { self($0) }
  }
}
