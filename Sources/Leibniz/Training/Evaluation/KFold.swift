/// Parts of the data that take turns in judging: k trainings, each of which leaves out another part.
///
/// ```swift
/// let folds = KFold(5).folds(of: data, using: &generator)
/// let scores = try folds.map { fold in
///   let trainer = makeTrainer()
///   try trainer.fit(fold.training, epochs: 20)
///   return trainer.evaluate(fold.validation).loss
/// }
/// ```
///
/// Every sample is in the validation part of exactly one fold. Stratified, each part has each class in
/// the proportion of the data, as nearly as whole samples allow.
///
/// Sources: Stone, *Cross-validatory choice and assessment of statistical predictions*, 1974; Kohavi,
/// *A study of cross-validation and bootstrap for accuracy estimation and model selection*, 1995.
public struct KFold: Equatable, Sendable {
  /// How many folds there are.
  public let count: Int
  /// Whether each part has the classes of the data, by ``Dataset/labels``.
  public let isStratified: Bool

  /// A division into `count` parts, which differ by one sample at the most.
  public init(_ count: Int, isStratified: Bool = false) {
    require(count > 1, "Cross-validation needs two folds at least, not \(count).")
    self.count = count
    self.isStratified = isStratified
  }

  /// The folds of some data.
  ///
  /// - Precondition: there are as many samples as folds, at the least.
  /// - Complexity: O(samples · folds).
  @_specialize(where G == SeededGenerator)
  public func folds<G: RandomNumberGenerator>(
    of data: Dataset, using generator: inout G
  ) -> [(training: Dataset, validation: Dataset)] {
    require(data.count >= count, "\(data.count) samples cannot be divided into \(count) folds.")
    var order = data.indices.shuffled(using: &generator)
    if isStratified {
      let labels = data.labels
      // Class after class, dealt out in turn, each part gets its share of each.
      order = order.enumerated().sorted { a, b in
        (labels[a.element], a.offset) < (labels[b.element], b.offset)
      }.map { $0.element }
    }
    return (0..<count).map { fold in
      let (kept, left) = (order.indices.filter { $0 % count != fold }, order.indices)
      return (
        data.subset(at: kept.map { order[$0] }),
        data.subset(at: left.filter { $0 % count == fold }.map { order[$0] })
      )
    }
  }
}
