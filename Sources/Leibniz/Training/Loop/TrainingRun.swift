/// One training, from the present epoch to the last, in parts: what runs it may do other work, or
/// suspend, in between.
struct TrainingRun<Model: Module> {
  let trainer: Trainer<Model>
  private let training: Dataset
  private let validation: Dataset?
  private let epochs: Int
  private var order: (seed: UInt64, indices: [Int]) = (0, [])
  private var line: ProgressLine?

  /// What a part of the training was.
  enum Part {
    case step, epoch, end
  }

  init(_ trainer: Trainer<Model>, _ training: Dataset, _ validation: Dataset?, epochs: Int) {
    require(training.count > 0, "There are no samples to train with.")
    require(trainer.batchSize > 0, "A batch cannot have \(trainer.batchSize) samples.")
    self.trainer = trainer
    self.training = training
    self.validation = validation
    self.epochs = epochs
    trainer.mustStop = false
    trainer.outcome = nil
    trainer.compile(for: training)
    line = trainer.showsProgress ? ProgressLine.onTerminal("epoch", of: epochs) : nil
    if let reason = trainer.whyNotCompiled { line?.note("Trains in eager mode: \(reason).") }
  }

  /// Makes the next step and what follows the last one of an epoch, unless the training has ended.
  mutating func advance() throws -> Part {
    let progress = trainer.progress
    guard progress.epoch < epochs, trainer.earlyStopping?.isExhausted != true else {
      return end(trainer.finish())
    }
    let start = progress.batch * trainer.batchSize
    if start < training.count {
      if trainer.mustStop || Task.isCancelled { return end(.interrupted) }
      if order.seed != progress.orderSeed || order.indices.isEmpty {
        var generator = SeededGenerator(seed: progress.orderSeed)
        order = (progress.orderSeed, training.indices.shuffled(using: &generator))
      }
      let end = min(start + trainer.batchSize, training.count)
      try trainer.step(on: training.subset(at: order.indices[start..<end]))
      try trainer.afterStep?(trainer)
      if end < training.count { return .step }
    }
    trainer.finishEpoch(training.count, validation)
    show(trainer.history.last!)
    try trainer.afterEpoch?(trainer)
    return .epoch
  }

  private mutating func show(_ last: EpochRecord) {
    guard var shown = line else { return }
    shown.update(trainer.progress.epoch, last.summary)
    line = shown
  }

  private mutating func end(_ outcome: TrainingOutcome) -> Part {
    trainer.outcome = outcome
    line?.finish()
    return .end
  }
}

extension Trainer {
  func finishEpoch(_ count: Int, _ validation: Dataset?) {
    let result = validation.map(evaluate)
    history.append(
      EpochRecord(
        loss: progress.lossSum / Double(count),
        accuracy: isCorrect == nil ? nil : Double(progress.correctCount) / Double(count),
        validationLoss: result?.loss, validationAccuracy: result?.accuracy,
        learningRate: optimizer.learningRate))
    progress.finishEpoch(nextOrder: generator.next())
    let watched = result?.loss ?? history.last!.loss
    if let factor = plateau?.record(watched) {
      progress.plateauFactor *= factor
      if schedule == nil { optimizer.learningRate *= factor }
    }
    if earlyStopping?.record(watched) == true {
      best = model.tensors.map { $0.values.map { $0.data } }
    }
  }

  /// What follows the last epoch.
  func finish() -> TrainingOutcome {
    guard let earlyStopping else { return .finished }
    if !best.isEmpty { model.tensors.set(best) }
    return earlyStopping.isExhausted ? .stoppedEarly : .finished
  }
}
