import Leibniz
import LeibnizTools

/// The options of examples that train: the optimiser, its schedule, and where to keep what.
///
/// ```swift
/// let training = TrainingOptions(&options, optimizer: "adamw", schedule: "cosine", rates: (0.1, 0.003), decays: true)
/// let optimizer = training.optimizer(model.parameters)
/// …
/// try training.attach(to: trainer)
/// ```
public struct TrainingOptions {
  private let optimizerName: String
  private let scheduleName: String
  private let rates: (plain: Double, adaptive: Double)
  private let decays: Bool
  /// The folder for TensorBoard's files, if they are wanted.
  public let boardDirectory: String?
  private let savePath: String?
  private let resumePath: String?
  /// The file to write the trained model to, if it is wanted.
  public let exportPath: String?
  private let isCompiled: Bool

  /// Whether the steps are made as the example makes them by itself.
  public let isDefault: Bool

  /// Declares the options.
  ///
  /// - Parameters:
  ///   - rates: the learning rates for plain descent, and for Adam and its kin.
  ///   - decays: whether the optimiser draws the weights to zero.
  public init(
    _ options: inout Options, optimizer: String, schedule: String,
    rates: (plain: Double, adaptive: Double), decays: Bool
  ) {
    optimizerName = options.choice(
      "optimizer", default: optimizer,
      of: ["sgd", "momentum", "adagrad", "rmsprop", "adam", "adamw"], "the optimiser")
    scheduleName = options.choice(
      "schedule", default: schedule,
      of: ["constant", "linear", "exponential", "step", "cosine", "warm-up", "plateau"],
      "the learning-rate schedule")
    boardDirectory = options.text(
      "tensorboard", "the folder for TensorBoard's files", placeholder: "DIRECTORY")
    savePath = options.output("save", "a checkpoint to write after each epoch")
    resumePath = options.text("resume", "a checkpoint to resume from")
    exportPath = options.export("the trained model")
    let asksForCompiled = options.flag("compiled", "run the model as a compiled program (default)")
    let isEager = options.flag("eager", "rebuild the graph for each batch")
    isCompiled = asksForCompiled || !isEager
    self.rates = rates
    isDefault = optimizerName == optimizer && scheduleName == schedule
    self.decays = decays
  }

  /// The optimiser that was asked for.
  public func optimizer(_ parameters: [Value]) -> any Optimizer {
    let decay = decays ? 1e-4 : 0
    return switch optimizerName {
    case "sgd": SGD(parameters, learningRate: rate, weightDecay: decay)
    case "momentum": SGD(parameters, learningRate: rate, momentum: 0.9, weightDecay: decay)
    case "adagrad": AdaGrad(parameters, learningRate: rate, weightDecay: decay)
    case "rmsprop": RMSProp(parameters, learningRate: rate, weightDecay: decay)
    case "adam": Adam(parameters, learningRate: rate, weightDecay: decay)
    default: AdamW(parameters, learningRate: rate, weightDecay: decays ? 0.05 : 0)
    }
  }

  private var rate: Double {
    switch optimizerName {
    case "sgd": rates.plain
    case "momentum": rates.plain / 10
    case "adagrad": 10 * rates.adaptive
    default: rates.adaptive
    }
  }

  private func schedule(steps: Int) -> LearningRateSchedule {
    let tenth = steps / 10
    return switch scheduleName {
    case "linear": .linear(from: rate, to: rate / 10, steps: steps)
    case "exponential": .exponential(from: rate, factor: pow(0.01, 1 / Double(steps)))
    case "step": .step(from: rate, factor: 0.1, every: max(steps / 3, 1))
    case "cosine": .cosine(from: rate, steps: steps)
    case "warm-up":
      .warmUp(to: rate, steps: tenth)
        .joined(after: tenth, to: .cosine(from: rate, steps: steps - tenth))
    default: .constant(rate)
    }
  }

  /// Writes the trained model's outputs where that was asked for.
  public func export(_ model: some Module, inputs: Int) throws {
    if let exportPath { try model.export(to: exportPath, inputs: inputs) }
  }

  /// Gives a trainer its mode and its schedule over so many steps, lets it go on from a checkpoint,
  /// and has it write after each epoch what was asked for; then it calls `afterEpoch`.
  public func attach<Model: Module>(
    to trainer: Trainer<Model>, steps: Int, afterEpoch: @escaping (Trainer<Model>) throws -> Void
  ) throws {
    trainer.isCompiled = isCompiled
    trainer.showsProgress = false  // the examples show their own
    trainer.schedule = schedule(steps: steps)
    if scheduleName == "plateau" { trainer.plateau = ReduceOnPlateau() }
    if let resumePath { try trainer.load(from: resumePath) }
    let board = try boardDirectory.map { try TensorBoardWriter(directory: $0) }
    trainer.afterEpoch = { [savePath] trainer in
      try board?.record(trainer)
      if let savePath { try trainer.save(to: savePath) }
      try afterEpoch(trainer)
    }
  }
}

extension TensorBoardWriter {
  /// The last epoch's numbers, and how weights and gradients are distributed.
  fileprivate func record(_ trainer: Trainer<some Module>) throws {
    guard let last = trainer.history.last else { return }
    let epoch = trainer.progress.epoch
    try writeScalar("loss/training", last.loss, step: epoch)
    if let loss = last.validationLoss { try writeScalar("loss/validation", loss, step: epoch) }
    if let share = last.accuracy { try writeScalar("accuracy/training", share, step: epoch) }
    if let share = last.validationAccuracy {
      try writeScalar("accuracy/validation", share, step: epoch)
    }
    try writeScalar("learning rate", last.learningRate, step: epoch)
    if epoch % 10 == 1 { try writeHistograms(of: trainer.model, step: epoch) }
  }
}
