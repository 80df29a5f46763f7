/// Whether a classifier is as often correct as it claims to be.
///
/// ```swift
/// let calibration = try Calibration(
///   probabilities: [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]], labels: [0, 1, 1], bins: 2)
/// calibration.expectedError  // 0.1333…: it is 80 % sure on average, and correct in 2 of 3 cases
/// calibration.brierScore     // 0.4933…
/// ```
///
/// Samples are grouped by the confidence of their prediction, the largest probability, into bins of
/// equal width over 0…1.
///
/// Sources: Guo, Pleiss, Sun and Weinberger, *On calibration of modern neural networks*, 2017;
/// Brier, *Verification of forecasts expressed in terms of probability*, 1950.
public struct Calibration: Equatable, Sendable {
  /// The samples whose confidence lies in a part of 0…1.
  public struct Bin: Equatable, Sendable {
    /// How many there are.
    public var count = 0
    /// The mean of their confidence; NaN for none.
    public var confidence: Double { confidenceSum / Double(count) }
    /// The share of them that were predicted correctly; NaN for none.
    public var accuracy: Double { Double(correctCount) / Double(count) }
    var confidenceSum = 0.0
    var correctCount = 0
  }

  /// The bins, from the least confidence to the most.
  public let bins: [Bin]
  /// The mean of Σ (pᵢ − yᵢ)² with the one-hot label y: 0 for certain and correct, 2 for certain and
  /// wrong.
  public let brierScore: Double

  /// Groups predictions by their confidence.
  ///
  /// - Parameters:
  ///   - probabilities: one for each class, for each sample, as ``softmax(_:)`` gives them.
  ///   - labels: the true class of each sample.
  ///   - count: how many groups there are.
  /// - Throws: ``ClassificationError`` where the arrays differ in length, or a label is not a class.
  public init(
    probabilities: [[Double]], labels: [Int], bins count: Int = 10
  ) throws(ClassificationError) {
    require(count > 0, "Calibration cannot be measured in \(count) bins.")
    let classes = probabilities.first?.count ?? 0
    try ClassificationError.check(labels, againstCount: probabilities.count, classes: classes)
    var bins = Array(repeating: Bin(), count: count)
    var sum = 0.0
    for (row, label) in zip(probabilities, labels) {
      let prediction = row.indices.max { row[$0] < row[$1] }!
      let bin = min(max(Int(row[prediction] * Double(count)), 0), count - 1)
      bins[bin].count += 1
      bins[bin].confidenceSum += row[prediction]
      if prediction == label { bins[bin].correctCount += 1 }
      for (i, p) in row.enumerated() { sum += squared(p - (i == label ? 1 : 0)) }
    }
    self.bins = bins
    brierScore = sum / Double(labels.count)
  }

  /// The mean, over the samples, of the gap between confidence and accuracy of their bin.
  public var expectedError: Double {
    gaps.reduce(0) { $0 + $1.gap * Double($1.count) } / Double(bins.reduce(0) { $0 + $1.count })
  }

  /// The largest gap between confidence and accuracy of a bin.
  public var maximumError: Double { gaps.reduce(0) { max($0, $1.gap) } }

  private var gaps: [(gap: Double, count: Int)] {
    bins.filter { $0.count > 0 }.map { (abs($0.accuracy - $0.confidence), $0.count) }
  }
}
