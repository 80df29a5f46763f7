/// The result of one epoch of training.
public struct EpochRecord: Sendable, Equatable {
  /// The mean loss over the training samples, each before the step it took part in.
  public var loss: Double
  /// The fraction of training samples answered correctly, if counted.
  public var accuracy: Double?
  /// The mean loss over the validation samples after the epoch, if there are any.
  public var validationLoss: Double?
  /// The fraction of validation samples answered correctly.
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

/// The progress of training.
public struct TrainingProgress: Sendable, Equatable {
  /// The number of completed epochs.
  public package(set) var epoch = 0
  /// The number of completed batches of the present epoch.
  public package(set) var batch = 0
  /// The number of completed steps, over all epochs.
  public package(set) var step = 0
  /// The seed of the order of the epoch's samples.
  package var orderSeed: UInt64 = 0
  /// The sum of the losses of the epoch's samples so far.
  package var lossSum = 0.0
  /// The number of correct answers of the epoch so far.
  package var correctCount = 0
  /// The product of the factors of all plateaus so far.
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
  /// It was stopped, or its task cancelled; it can be resumed.
  case interrupted
}

/// Why training cannot continue.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// The loss or a gradient is infinite or NaN. `cause` is the first such node.
  case notFinite(epoch: Int, step: Int, cause: String)

  /// The epoch, the step and the cause.
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
  /// The number of consecutive epochs without improvement that are tolerated.
  public var patience: Int
  /// The decrease of the loss that counts as an improvement.
  public var minimumImprovement: Double
  /// The lowest loss so far.
  public package(set) var best = Double.infinity
  /// The number of consecutive epochs without improvement.
  public package(set) var failures = 0

  /// A monitor that has recorded no loss yet.
  public init(patience: Int, minimumImprovement: Double = 0) {
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }

  /// Whether the patience is exhausted.
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
