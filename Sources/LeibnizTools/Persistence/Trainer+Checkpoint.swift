import Leibniz

extension Trainer {
  /// Writes everything that training goes on from: the model, the optimiser, the generator, the
  /// progress, the history and, with early stopping, the best parameters so far.
  ///
  /// ```swift
  /// trainer.afterEpoch = { try $0.save(to: "run.safetensors") }
  /// // later, in another process, with the same model and options:
  /// try trainer.load(from: "run.safetensors")
  /// try trainer.fit(train, epochs: 50)  // the same numbers as without the interruption
  /// ```
  ///
  /// The metadata are texts to store with it.
  public func save(to path: String, metadata: [String: String] = [:]) throws(CheckpointError) {
    try checkpoint(metadata: metadata).write(to: path)
  }

  /// The contents of a checkpoint.
  func checkpoint(metadata: [String: String] = [:]) -> Safetensors {
    let counters = TrainingCounters(
      progress: progress, optimizerSteps: optimizer.state.steps,
      learningRate: optimizer.learningRate,
      plateau: (plateau?.best ?? .infinity, plateau?.failures ?? 0),
      earlyStopping: (earlyStopping?.best ?? .infinity, earlyStopping?.failures ?? 0))
    let memory = optimizer.state.memory
    var file = Safetensors(tensors: model.tensors.map(\.numbers), metadata: metadata)
    file.metadata["generator"] = String(generator.state)
    file.metadata["order"] = String(progress.orderSeed)
    file.tensors += [
      .init(name: "optimizer.memory", shape: [memory.count], values: memory),
      .init(
        name: "training.progress", shape: [TrainingCounters.width], values: counters.numbers),
      .init(
        name: "training.history", shape: [history.count, EpochRecord.width],
        values: history.flatMap(\.numbers)),
    ]
    for (tensor, numbers) in zip(model.tensors.prefixed(with: "best"), best) {
      file.tensors.append(.init(name: tensor.name, shape: tensor.shape, values: numbers))
    }
    return file
  }

  /// Takes everything from a file that ``save(to:metadata:)`` wrote: all, or nothing where anything
  /// does not fit.
  ///
  /// - Returns: the file, for its metadata.
  @discardableResult
  public func load(from path: String) throws(CheckpointError) -> Safetensors {
    let file = try Safetensors(contentsOf: path)
    try restore(file)
    return file
  }

  /// Takes everything from the contents of a checkpoint: all, or nothing.
  func restore(_ file: Safetensors) throws(CheckpointError) {
    let tensors = model.tensors
    let numbers = try file.matching(tensors)
    let memory = try file.tensor("optimizer.memory", shape: [optimizer.state.memory.count])
    let counters = try TrainingCounters(
      file.tensor("training.progress", shape: [TrainingCounters.width]), batchSize: batchSize)
    let rows = try file.tensor(
      "training.history", shape: [counters.progress.epoch, EpochRecord.width])
    let hasBest = file.tensors.contains { $0.name.hasPrefix("best.") }
    let best = hasBest ? try file.matching(tensors.prefixed(with: "best")) : []
    let (generatorState, orderSeed) = (try file.word("generator"), try file.word("order"))
    try file.requireNothing(
      beside: (tensors + tensors.prefixed(with: "best")).map(\.name)
        + ["optimizer.memory", "training.progress", "training.history"])

    // Nothing can fail from here on.
    tensors.set(numbers)
    optimizer.learningRate = counters.learningRate
    optimizer.state.steps = counters.optimizerSteps
    optimizer.state.memory = memory
    generator.state = generatorState
    progress = counters.progress
    progress.orderSeed = orderSeed
    plateau?.best = counters.plateau.best
    plateau?.failures = counters.plateau.failures
    earlyStopping?.best = counters.earlyStopping.best
    earlyStopping?.failures = counters.earlyStopping.failures
    history = stride(from: 0, to: rows.count, by: EpochRecord.width).map {
      EpochRecord(rows[$0..<($0 + EpochRecord.width)])
    }
    self.best = best
  }
}

extension Safetensors {
  /// A 64-bit number of the metadata.
  fileprivate func word(_ key: String) throws(CheckpointError) -> UInt64 {
    guard let word = metadata[key].flatMap({ UInt64($0) }) else {
      throw .wrongMetadata(key: key, found: metadata[key])
    }
    return word
  }
}
