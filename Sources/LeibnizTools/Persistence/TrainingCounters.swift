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
  /// - Parameter batchSize: of the training that is to go on.
  init(_ numbers: [Double], batchSize: Int) throws(CheckpointError) {
    func wrong(_ place: Int) -> CheckpointError {
      .wrongMetadata(key: "training.progress[\(place)]", found: "\(numbers[place])")
    }
    func count(_ place: Int, atMost limit: Int = 1 << 53) throws(CheckpointError) -> Int {
      guard let count = Int(exactly: numbers[place]), (0...limit).contains(count) else {
        throw wrong(place)
      }
      return count
    }
    func number(
      _ place: Int, in range: ClosedRange<Double>
    ) throws(CheckpointError) -> Double {
      guard range.contains(numbers[place]) else { throw wrong(place) }
      return numbers[place]
    }
    let (most, least) = (Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude)
    progress = TrainingProgress()
    progress.step = try count(2)
    // An epoch has one step at least, and a batch is one.
    progress.epoch = try count(0, atMost: progress.step)
    progress.batch = try count(1, atMost: progress.step)
    guard !progress.batch.multipliedReportingOverflow(by: batchSize).overflow else {
      throw wrong(1)
    }
    progress.correctCount = try count(3)
    progress.lossSum = try number(4, in: least...most)
    progress.plateauFactor = try number(5, in: 0...most)
    optimizerSteps = try count(6)
    learningRate = try number(7, in: 0...most)
    plateau = (try number(8, in: least ... .infinity), try count(9))
    earlyStopping = (try number(10, in: least ... .infinity), try count(11))
  }
}

extension EpochRecord {
  static let width = 5

  /// The record as numbers; NaN for a missing one.
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
