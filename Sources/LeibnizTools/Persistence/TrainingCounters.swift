import Leibniz

/// The counts and sums of a training loop as numbers of a checkpoint. Counts are exact up to 2⁵³.
struct TrainingCounters {
  var progress: TrainingProgress
  var optimizerSteps: Int
  var learningRate: Double
  /// The best loss and the failures since, of the watch for plateaus and of early stopping.
  var plateau: (best: Double, failures: Int)
  var earlyStopping: (best: Double, failures: Int)

  static let width = 12

  var numbers: [Double] {
    [
      Double(progress.epoch), Double(progress.batch), Double(progress.step),
      Double(progress.correctCount), progress.lossSum, progress.plateauFactor,
      Double(optimizerSteps), learningRate,
      plateau.best, Double(plateau.failures), earlyStopping.best, Double(earlyStopping.failures),
    ]
  }
}

extension TrainingCounters {
  init(_ numbers: [Double]) throws(CheckpointError) {
    func count(_ place: Int) throws(CheckpointError) -> Int {
      guard let count = Int(exactly: numbers[place]), count >= 0 else {
        throw .wrongMetadata(key: "training.progress[\(place)]", found: "\(numbers[place])")
      }
      return count
    }
    progress = TrainingProgress()
    progress.epoch = try count(0)
    progress.batch = try count(1)
    progress.step = try count(2)
    progress.correctCount = try count(3)
    progress.lossSum = numbers[4]
    progress.plateauFactor = numbers[5]
    optimizerSteps = try count(6)
    learningRate = numbers[7]
    plateau = (numbers[8], try count(9))
    earlyStopping = (numbers[10], try count(11))
  }
}

extension EpochRecord {
  static let width = 5

  /// The record as numbers; one that is missing is not a number.
  var numbers: [Double] {
    [loss, accuracy ?? .nan, validationLoss ?? .nan, validationAccuracy ?? .nan, learningRate]
  }

  init(_ numbers: ArraySlice<Double>) {
    let numbers = Array(numbers)
    func optional(_ place: Int) -> Double? { numbers[place].isNaN ? nil : numbers[place] }
    self.init(
      loss: numbers[0], accuracy: optional(1), validationLoss: optional(2),
      validationAccuracy: optional(3), learningRate: numbers[4])
  }
}
