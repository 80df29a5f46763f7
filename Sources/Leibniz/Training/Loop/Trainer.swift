/// The training loop: batches, steps, epochs, validation, and when to stop.
///
/// ```swift
/// let trainer = Trainer(model, optimizer: AdamW(model.parameters), seed: 1) { output, target in
///   softmaxCrossEntropy(logits: output, label: target[0])
/// }
/// trainer.isCorrect = { output, target in output.firstIndex(of: output.max()!) == Int(target[0]) }
/// trainer.earlyStopping = EarlyStopping(patience: 5)
/// try trainer.fit(train, validation: validation, epochs: 50)
/// trainer.history.last!.validationAccuracy!
/// ```
///
/// Training can be interrupted after any step (``stop()``, a cancelled task, an error thrown by a
/// callback, or a kill) and goes on, from a checkpoint if need be, as if nothing had happened: the
/// same numbers, bit for bit.
///
/// Where tasks or views wait meanwhile, ``epochs(_:on:validation:)`` trains without blocking them.
public final class Trainer<Model: Module> {
  /// The model to train.
  public let model: Model
  /// The optimiser that updates its parameters.
  public let optimizer: any Optimizer
  /// The loss of one sample: the model's outputs against the targets, which are values too, so that
  /// the loss can be compiled with the model. A label is an index for ``Scalar/lookup(_:at:)``.
  public let loss: (_ output: [Value], _ target: [Value]) -> Value

  /// Whether steps and validation run as compiled programs where that computes the same: the numbers
  /// of eager mode within rounding, sooner.
  ///
  /// ``fit(_:validation:epochs:)`` records model, loss and penalty for one sample, and compares the
  /// program with eager mode on up to sixteen. Where they differ, as with batch normalisation, it
  /// trains in eager mode and says why in ``whyNotCompiled``.
  public var isCompiled = true
  /// Why the last call of ``fit(_:validation:epochs:)`` ran in eager mode; `nil` if it did not, or
  /// was asked to.
  public internal(set) var whyNotCompiled: String?
  /// Whether a line shows the progress of the training, if the output is a terminal.
  public var showsProgress = true
  /// The number of samples per step.
  public var batchSize = 32
  /// The maximum number of threads of compiled steps; the numbers do not depend on it.
  public var threads = 1
  /// The learning rate at each step, counted over all epochs; if `nil`, the optimiser's own.
  public var schedule: LearningRateSchedule?
  /// Lowers the learning rate when the validation loss stops falling.
  public var plateau: ReduceOnPlateau?
  /// A bound on the gradients of each step.
  public var clipping: GradientClipping?
  /// Stops when the validation loss stops falling, and restores the best parameters.
  public var earlyStopping: EarlyStopping?
  /// A term added to the mean loss of each batch, such as a penalty on large parameters.
  public var penalty: ((Model) -> Value)?
  /// Perturbs a training sample's features each time it is used.
  public var augment: ((_ features: [Double], inout SeededGenerator) -> [Double])?
  /// Whether an answer counts as correct, for the accuracy.
  public var isCorrect: ((_ output: [Double], _ target: [Double]) -> Bool)?
  /// Called after each step; the gradients are still there. What it throws ends the training.
  public var afterStep: ((Trainer) throws -> Void)?
  /// Called after each epoch. What it throws ends the training.
  public var afterEpoch: ((Trainer) throws -> Void)?

  /// The record of each epoch.
  public package(set) var history: [EpochRecord] = []
  /// The progress of the training.
  public package(set) var progress = TrainingProgress()
  /// Why the last training ended; `nil` while it runs, and before.
  public internal(set) var outcome: TrainingOutcome?
  /// The source of all randomness after the model's first weights.
  package var generator: SeededGenerator
  /// The model's numbers at the lowest validation loss, while early stopping is on.
  package var best: [[Double]] = []
  var mustStop = false
  var compiled: CompiledTraining?
  var inference: CompiledInference?

  /// A trainer that has not started.
  public init(
    _ model: Model, optimizer: any Optimizer, seed: UInt64,
    loss: @escaping (_ output: [Value], _ target: [Value]) -> Value
  ) {
    self.model = model
    self.optimizer = optimizer
    self.loss = loss
    generator = SeededGenerator(seed: seed)
    progress.orderSeed = generator.next()
  }

  /// Ends the training after the present step. ``fit(_:validation:epochs:)`` can resume it.
  public func stop() { mustStop = true }

  /// Trains until `epochs` epochs are done, from where the last call ended.
  ///
  /// - Returns: why it ended.
  /// - Throws: ``TrainingError`` where the loss or a gradient is not finite; the parameters are then
  ///   those before the step. And what a callback throws.
  @discardableResult
  public func fit(
    _ training: Dataset, validation: Dataset? = nil, epochs: Int
  ) throws -> TrainingOutcome {
    var run = TrainingRun(self, training, validation, epochs: epochs)
    while try run.advance() != .end {}
    return outcome!
  }
}
