/// The training loop: batches, steps, epochs, validation, and when to stop.
///
/// ```swift
/// let trainer = Trainer(model, optimizer: AdamW(model.parameters), seed: 1) { output, target in
///   softmaxCrossEntropy(logits: output, label: Int(target[0]))
/// }
/// trainer.isCorrect = { output, target in output.firstIndex(of: output.max()!) == Int(target[0]) }
/// trainer.earlyStopping = EarlyStopping(patience: 5)
/// try trainer.fit(train, validation: validation, epochs: 50)
/// trainer.history.last!.validationAccuracy!
/// ```
///
/// Training can be interrupted after any step (``stop()``, a cancelled task, an error thrown by a
/// callback, or a kill) and goes on, with ``load(from:)`` if need be, as if nothing had happened:
/// the same numbers, bit for bit.
public final class Trainer<Model: Module> {
  /// What is trained.
  public let model: Model
  /// What changes its parameters.
  public let optimizer: any Optimizer
  /// The loss of one sample: the model's outputs against the targets.
  public let loss: (_ output: [Value], _ target: [Double]) -> Value

  /// Whether the model runs as a compiled program: the same numbers within rounding, sooner.
  ///
  /// ``fit(_:validation:epochs:)`` records what the model makes of the first sample in training; see
  /// ``Program`` for what is frozen then. A model that draws random numbers or uses statistics of
  /// the batch cannot be compiled. The loss and the penalty are recorded at each step.
  public var isCompiled = false
  /// How many samples a step learns from.
  public var batchSize = 32
  /// The learning rate at each step, counted over all epochs; else it is the optimiser's own.
  public var schedule: LearningRateSchedule?
  /// Lowers the learning rate when the validation loss stops falling.
  public var plateau: ReduceOnPlateau?
  /// A bound on the gradients of each step.
  public var clipping: GradientClipping?
  /// Stops when the validation loss stops falling, and restores the best parameters.
  public var earlyStopping: EarlyStopping?
  /// What is added to the mean loss of each batch, such as a penalty on large parameters.
  public var penalty: ((Model) -> Value)?
  /// Changes a training sample's features a little each time it is learnt from.
  public var augment: ((_ features: [Double], inout SeededGenerator) -> [Double])?
  /// Whether an answer counts as right, for the accuracy.
  public var isCorrect: ((_ output: [Double], _ target: [Double]) -> Bool)?
  /// Called after each step; the gradients are still there. What it throws ends the training.
  public var afterStep: ((Trainer) throws -> Void)?
  /// Called after each epoch. What it throws ends the training.
  public var afterEpoch: ((Trainer) throws -> Void)?

  /// What each epoch brought.
  public package(set) var history: [EpochRecord] = []
  /// How far the training has come.
  public package(set) var progress = TrainingProgress()
  /// The source of all randomness after the model's first weights.
  package var generator: SeededGenerator
  /// The model's numbers at the lowest validation loss, while early stopping watches.
  package var best: [[Double]] = []
  private var mustStop = false
  private var compiled: CompiledModel?

  /// A loop that has not begun.
  public init(
    _ model: Model, optimizer: any Optimizer, seed: UInt64,
    loss: @escaping (_ output: [Value], _ target: [Double]) -> Value
  ) {
    self.model = model
    self.optimizer = optimizer
    self.loss = loss
    generator = SeededGenerator(seed: seed)
    progress.orderSeed = generator.next()
  }

  /// Ends the training after the present step. ``fit(_:validation:epochs:)`` can then go on with it.
  public func stop() { mustStop = true }

  /// Trains until so many epochs are done, from where the last call ended.
  ///
  /// - Returns: why it ended.
  /// - Throws: ``TrainingError`` where the model cannot be compiled, and where the loss or a gradient
  ///   is not finite; the parameters are then those before the step. ``ProgramError`` where samples
  ///   differ in width. And what a callback throws.
  @discardableResult
  public func fit(
    _ training: Dataset, validation: Dataset? = nil, epochs: Int
  ) throws -> TrainingOutcome {
    require(training.count > 0, "There are no samples to train with.")
    require(batchSize > 0, "A batch cannot have \(batchSize) samples.")
    mustStop = false
    compiled = isCompiled ? try CompiledModel(model, sample: training.features[0]) : nil
    while progress.epoch < epochs {
      if earlyStopping?.isExhausted == true { break }
      var orderGenerator = SeededGenerator(seed: progress.orderSeed)
      let order = (0..<training.count).shuffled(using: &orderGenerator)
      while progress.batch * batchSize < order.count {
        if mustStop || Task.isCancelled { return .interrupted }
        let start = progress.batch * batchSize
        try step(on: training.subset(at: order[start..<min(start + batchSize, order.count)]))
        try afterStep?(self)
      }
      finishEpoch(training.count, validation)
      try afterEpoch?(self)
    }
    guard let earlyStopping else { return .finished }
    if !best.isEmpty { model.tensors.set(best) }
    return earlyStopping.isExhausted ? .stoppedEarly : .finished
  }

  /// Learns from a batch.
  package func step(on batch: Dataset) throws {
    if let schedule {
      optimizer.learningRate = schedule(progress.step) * progress.plateauFactor
    }
    let features = batch.features.map { augment?($0, &generator) ?? $0 }
    var (total, outputs) = try backward(features, batch.targets, compiled)
    guard total.data.isFinite, optimizer.parameters.allSatisfy({ $0.grad.isFinite }) else {
      // The graph of a compiled run ends at the outputs; the cause may lie before them.
      if compiled != nil { (total, outputs) = try backward(features, batch.targets, nil) }
      throw TrainingError.notFinite(
        epoch: progress.epoch, step: progress.step,
        cause: total.firstNonFinite().map { "\($0)" } ?? "a sum of gradients")
    }
    clipping?.clip(optimizer.parameters)
    optimizer.step()
    progress.batch += 1
    progress.step += 1
    progress.lossSum += total.data * Double(batch.count)
    if let isCorrect {
      progress.correctCount += zip(outputs, batch.targets).count { isCorrect($0.map(\.data), $1) }
    }
  }

  /// Gives the parameters the gradients of a batch's loss.
  private func backward(
    _ features: [[Double]], _ targets: [[Double]], _ compiled: CompiledModel?
  ) throws -> (total: Value, outputs: [[Value]]) {
    let outputs = try compiled?(features) ?? model.trainingOutputs(for: features, using: &generator)
    let mean = Value.mean(zip(outputs, targets).map(loss))
    let total = penalty.map { mean + $0(model) } ?? mean
    optimizer.zeroGrad()
    total.backward()
    try compiled?.backward(features, outputs: outputs)
    return (total, outputs)
  }

  private func finishEpoch(_ count: Int, _ validation: Dataset?) {
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
      best = model.tensors.map { $0.values.map(\.data) }
    }
  }

  /// The mean loss and the share of right answers on some samples, by plain inference.
  public func evaluate(_ data: Dataset) -> (loss: Double, accuracy: Double?) {
    require(data.count > 0, "There are no samples to evaluate on.")
    var sum = 0.0
    var right = 0
    for (x, target) in zip(data.features, data.targets) {
      let output: [Double] = model(x)
      sum += loss(output.map(Value.constant), target).data
      if isCorrect?(output, target) == true { right += 1 }
    }
    let count = Double(data.count)
    return (sum / count, isCorrect == nil ? nil : Double(right) / count)
  }
}
