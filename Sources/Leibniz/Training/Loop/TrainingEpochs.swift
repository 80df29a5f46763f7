/// The epochs of a training, one after the other, for tasks and views that must not be blocked.
///
/// ```swift
/// func learn() async throws {
///   for try await epoch in trainer.epochs(50, on: train, validation: validation) {
///     print(epoch.loss)
///   }
/// }
/// ```
///
/// Training runs where the loop runs, as on the actor that the trainer belongs to: a trainer is not
/// `Sendable`, and nothing of it leaves. It runs only while the next epoch is awaited, and suspends
/// after each epoch and every ten milliseconds within one, so that the actor answers others meanwhile.
/// To leave the loop, or to cancel the task, ends it between two steps; another loop, or
/// ``Trainer/fit(_:validation:epochs:)``, goes on from there.
public struct TrainingEpochs<Model: Module>: AsyncSequence {
  public typealias Element = EpochRecord
  let trainer: Trainer<Model>
  let training: Dataset
  let validation: Dataset?
  let count: Int

  public func makeAsyncIterator() -> Iterator {
    Iterator(run: TrainingRun(trainer, training, validation, epochs: count))
  }

  /// Trains an epoch at each call.
  public struct Iterator: AsyncIteratorProtocol {
    var run: TrainingRun<Model>

    /// Trains to the end of the epoch; `nil` when all are done, or the training was stopped or
    /// cancelled.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws -> EpochRecord? {
      var lastSuspension = ContinuousClock.now
      while true {
        switch try run.advance() {
        case .end: return nil
        case .epoch:
          await Task.yield()
          return run.trainer.history.last
        case .step:
          guard ContinuousClock.now - lastSuspension > .milliseconds(10) else { continue }
          await Task.yield()
          lastSuspension = .now
        }
      }
    }

    public mutating func next() async throws -> EpochRecord? {
      try await next(isolation: #isolation)
    }
  }
}

extension Trainer {
  /// Trains until `count` epochs are done, from where the last training ended, and yields the record
  /// of each epoch: as ``fit(_:validation:epochs:)``, without blocking the actor it runs on.
  public func epochs(
    _ count: Int, on training: Dataset, validation: Dataset? = nil
  ) -> TrainingEpochs<Model> {
    TrainingEpochs(trainer: self, training: training, validation: validation, count: count)
  }
}
