/// How often each class was taken for each: what a classifier confuses.
///
/// ```swift
/// let matrix = try ConfusionMatrix(labels: [0, 0, 1, 1, 1], predictions: [0, 1, 1, 1, 0], classes: 2)
/// matrix.counts           // [[1, 1], [1, 2]]: a row for each true class
/// matrix.accuracy         // 0.6
/// matrix.precision(of: 1) // 0.666…, the share of what was called 1 that is 1
/// matrix.recall(of: 1)    // 0.666…, the share of what is 1 that was called 1
/// ```
///
/// Source: van Rijsbergen, *Information Retrieval*, 2nd edition, 1979, chapter 7.
public struct ConfusionMatrix: Equatable, Sendable {
  /// `counts[i][j]` samples of class i were taken for class j.
  public let counts: [[Int]]

  /// Counts predictions.
  ///
  /// - Parameters:
  ///   - labels: the true class of each sample.
  ///   - predictions: the predicted class of each sample.
  ///   - classes: how many classes there are.
  /// - Throws: ``ClassificationError`` where the arrays differ in length, or a class is not one of
  ///   0..<classes.
  public init(
    labels: [Int], predictions: [Int], classes: Int
  ) throws(ClassificationError) {
    try ClassificationError.check(labels, againstCount: predictions.count, classes: classes)
    try ClassificationError.check(predictions, againstCount: labels.count, classes: classes)
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (label, prediction) in zip(labels, predictions) { counts[label][prediction] += 1 }
    self.counts = counts
  }

  /// The number of classes.
  public var classCount: Int { counts.count }

  /// The number of samples.
  public var count: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The share of samples that were predicted correctly; NaN for none.
  public var accuracy: Double {
    Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(count)
  }

  /// The share of the samples taken for a class that belong to it; 0 where none was taken for it.
  public func precision(of label: Int) -> Double {
    share(counts[label][label], of: counts.reduce(0) { $0 + $1[label] })
  }

  /// The share of the samples of a class that were taken for it; 0 where there is none of it.
  public func recall(of label: Int) -> Double {
    share(counts[label][label], of: counts[label].reduce(0, +))
  }

  /// F₁, the harmonic mean of precision and recall: 2 · correct / (predicted + true); 0 for 0 / 0.
  public func f1(of label: Int) -> Double {
    let predicted = counts.reduce(0) { $0 + $1[label] }
    return share(2 * counts[label][label], of: predicted + counts[label].reduce(0, +))
  }

  /// The mean of ``precision(of:)`` over the classes.
  public var macroPrecision: Double { mean(precision) }
  /// The mean of ``recall(of:)`` over the classes, also called balanced accuracy.
  public var macroRecall: Double { mean(recall) }
  /// The mean of ``f1(of:)`` over the classes.
  public var macroF1: Double { mean(f1) }

  private func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  private func mean(_ score: (Int) -> Double) -> Double {
    counts.indices.reduce(0) { $0 + score($1) } / Double(classCount)
  }
}

extension ConfusionMatrix: CustomStringConvertible {
  /// The counts with a row for each true class, then its precision, recall and F₁.
  public var description: String {
    let head =
      ["true \\ predicted"] + counts.indices.map { "\($0)" } + ["precision", "recall", "F1"]
    let rows = counts.enumerated().map { label, row in
      ["\(label)"] + row.map { $0 == 0 ? "·" : "\($0)" }
        + [precision(of: label), recall(of: label), f1(of: label)].map { $0.text(places: 3) }
    }
    return textTable([head] + rows) + "\naccuracy \(accuracy.text(places: 4))"
  }
}

/// Why predictions cannot be judged.
public enum ClassificationError: Error, Equatable, CustomStringConvertible {
  /// Each label has a prediction.
  case differentCounts(Int, Int)
  /// A class is not one of those there are.
  case noSuchClass(Int, sample: Int, classes: Int)

  /// What was expected and what was found.
  public var description: String {
    switch self {
    case .differentCounts(let first, let second):
      "\(first) labels cannot be compared with \(second) predictions."
    case .noSuchClass(let label, let sample, let classes):
      "Sample \(sample) is of class \(label); there are classes 0..<\(classes)."
    }
  }

  static func check(
    _ labels: [Int], againstCount count: Int, classes: Int
  ) throws(ClassificationError) {
    guard labels.count == count else { throw .differentCounts(labels.count, count) }
    if let sample = labels.firstIndex(where: { !(0..<classes ~= $0) }) {
      throw .noSuchClass(labels[sample], sample: sample, classes: classes)
    }
  }
}
