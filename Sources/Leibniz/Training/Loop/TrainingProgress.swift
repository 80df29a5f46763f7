/// What one epoch of training brought.
public struct EpochRecord: Sendable, Equatable {
  /// The mean loss over the training samples, each before the step it took part in.
  public var loss: Double
  /// The share of training samples answered right, if that is counted.
  public var accuracy: Double?
  /// The mean loss over the validation samples after the epoch, if there are any.
  public var validationLoss: Double?
  /// The share of validation samples answered right.
  public var validationAccuracy: Double?
  /// The learning rate of the last step.
  public var learningRate: Double

  package init(
    loss: Double, accuracy: Double?, validationLoss: Double?, validationAccuracy: Double?,
    learningRate: Double
  ) {
    self.loss = loss
    self.accuracy = accuracy
    self.validationLoss = validationLoss
    self.validationAccuracy = validationAccuracy
    self.learningRate = learningRate
  }
}

extension EpochRecord {
  /// The record in a line: `loss 0.1234  validation loss 0.2345  accuracy 98.1 %`.
  var summary: String {
    func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
    var parts = ["loss \(loss.text(places: 4))"]
    if let accuracy { parts.append("accuracy \(percent(accuracy))") }
    if let validationLoss { parts.append("validation loss \(validationLoss.text(places: 4))") }
    if let validationAccuracy { parts.append("accuracy \(percent(validationAccuracy))") }
    return parts.joined(separator: "  ")
  }
}

/// How far training has come.
public struct TrainingProgress: Sendable, Equatable {
  /// The epochs that are done.
  public package(set) var epoch = 0
  /// The batches that are done of the present epoch.
  public package(set) var batch = 0
  /// The steps that are done, over all epochs.
  public package(set) var step = 0
  /// What the order of the epoch's samples follows from.
  package var orderSeed: UInt64 = 0
  /// The losses of the epoch's samples so far.
  package var lossSum = 0.0
  /// The epoch's right answers so far.
  package var correctCount = 0
  /// What plateaus have multiplied the learning rate by.
  package var plateauFactor = 1.0

  package init() {}

  mutating func finishEpoch(nextOrder: UInt64) {
    epoch += 1
    batch = 0
    lossSum = 0
    correctCount = 0
    orderSeed = nextOrder
  }
}

/// Why training ended.
public enum TrainingOutcome: Sendable, Equatable {
  /// All epochs are done. With early stopping, the best parameters are restored.
  case finished
  /// The loss stopped falling; the best parameters are restored.
  case stoppedEarly
  /// It was stopped, or its task cancelled; it can go on.
  case interrupted
}

/// Why training cannot go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// The loss or a gradient is infinite or not a number. `cause` is the first such node.
  case notFinite(epoch: Int, step: Int, cause: String)

  /// Where it happened, and what was the cause.
  public var description: String {
    switch self {
    case .notFinite(let epoch, let step, let cause):
      "the loss or a gradient is not finite in epoch \(epoch), step \(step): \(cause)"
    }
  }
}

/// Ends training when a loss stops falling.
///
/// ```swift
/// trainer.earlyStopping = EarlyStopping(patience: 5)
/// ```
///
/// Source: Prechelt, *Early stopping, but when?*, 1998.
public struct EarlyStopping: Sendable, Equatable {
  /// How many epochs in a row may fail to improve the loss.
  public var patience: Int
  /// By how much the loss must fall to count as improved.
  public var minimumImprovement: Double
  /// The lowest loss so far.
  public package(set) var best = Double.infinity
  /// How many epochs in a row did not improve it.
  public package(set) var failures = 0

  /// A watch that has seen nothing yet.
  public init(patience: Int, minimumImprovement: Double = 0) {
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }

  /// Whether the patience is at its end.
  public var isExhausted: Bool { failures > patience }

  /// Records a loss and returns whether it is the best so far.
  @discardableResult
  public mutating func record(_ loss: Double) -> Bool {
    if loss < best - minimumImprovement {
      best = loss
      failures = 0
      return true
    }
    failures += 1
    return false
  }
}
