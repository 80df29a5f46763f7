/// What more samples would bring: the losses after training with few samples, more, and all.
///
/// ```swift
/// let curve = try measureLearningCurve(
///   sizes: [100, 300, 1000], on: train, validation: validation, epochs: 30, target: 0.3
/// ) { makeTrainer() }
/// print(curve)
/// // samples  training loss  validation loss
/// // 100      0.0012         0.8451
/// // 300      0.0150         0.5210
/// // 1000     0.0712         0.3914
/// // overfitting: the loss is 0.0712 in training, but 0.3914 on other samples; more samples help
/// ```
public struct LearningCurve: Equatable, Sendable {
  /// What one number of samples brought.
  public struct Row: Equatable, Sendable {
    /// How many samples were learnt from.
    public var samples: Int
    /// The mean loss of those samples after training.
    public var trainingLoss: Double
    /// The mean loss of the samples to validate with.
    public var validationLoss: Double
    /// The share of correct answers in training, if the trainer counts them.
    public var trainingAccuracy: Double?
    /// The share of correct answers in validation.
    public var validationAccuracy: Double?
  }

  /// What the curve says of the model.
  public enum Verdict: String, Sendable {
    /// Both losses reach the target.
    case fitting
    /// The target is missed in training already: the model is too small, too constrained, or trained
    /// too briefly.
    case underfitting
    /// The target is reached in training, but not on other samples: the model learns what is particular
    /// to its samples.
    case overfitting
  }

  /// A row for each size, from the smallest.
  public let rows: [Row]
  /// The loss that would be good enough.
  public let target: Double

  /// What the losses with all samples say.
  public var verdict: Verdict {
    guard let last = rows.last, last.trainingLoss <= target else { return .underfitting }
    return last.validationLoss <= target ? .fitting : .overfitting
  }

  /// Whether the last growth of the number of samples still lowered the validation loss by a twentieth.
  public var moreSamplesHelp: Bool {
    guard rows.count > 1 else { return false }
    return rows[rows.count - 1].validationLoss < 0.95 * rows[rows.count - 2].validationLoss
  }
}

extension LearningCurve: CustomStringConvertible {
  /// The table and what it says.
  public var description: String {
    let head = ["samples", "training loss", "validation loss"]
    let table = rows.map {
      ["\($0.samples)", $0.trainingLoss.text(places: 4), $0.validationLoss.text(places: 4)]
    }
    guard let last = rows.last else { return textTable([head]) }
    return textTable([head] + table)
      + "\n\(verdict.rawValue): the loss is \(last.trainingLoss.text(places: 4)) in training, "
      + "\(verdict == .overfitting ? "but" : "and") \(last.validationLoss.text(places: 4)) on "
      + "other samples; more samples \(moreSamplesHelp ? "help" : "would hardly help")"
  }
}

/// Trains once for each number of samples, and evaluates on those samples and on others.
///
/// - Parameters:
///   - sizes: how many samples to learn from, in growing order; the first ones of the data.
///   - training: the samples to learn from, in random order.
///   - validation: the samples to judge by.
///   - epochs: how often to go through the samples.
///   - target: the loss that would be good enough, on which the verdict depends.
///   - makeTrainer: a trainer that has not begun; the same each time.
/// - Throws: what training throws.
public func measureLearningCurve<Model: Module>(
  sizes: [Int], on training: Dataset, validation: Dataset, epochs: Int, target: Double,
  _ makeTrainer: () -> Trainer<Model>
) throws -> LearningCurve {
  require(
    sizes == sizes.sorted() && sizes.allSatisfy { (1...training.count).contains($0) },
    "The sizes \(sizes) of a learning curve do not grow within \(training.count) samples.")
  let rows = try sizes.map { size in
    let trainer = makeTrainer()
    let part = training.subset(at: 0..<size)
    try trainer.fit(part, epochs: epochs)
    let (known, others) = (trainer.evaluate(part), trainer.evaluate(validation))
    return LearningCurve.Row(
      samples: size, trainingLoss: known.loss, validationLoss: others.loss,
      trainingAccuracy: known.accuracy, validationAccuracy: others.accuracy)
  }
  return LearningCurve(rows: rows, target: target)
}
