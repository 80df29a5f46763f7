import Leibniz

/// Training of a model, step by step, eagerly or compiled: both give the same losses.
///
/// ```swift
/// let training = Training(of: model, on: batches, settings)
/// while training.step < settings.steps { print(try training.advance()) }
/// training.writeBack()
/// ```
///
/// Adam, with a learning rate that falls to zero in a straight line.
public final class Training {
  /// How to train.
  public struct Settings: Equatable, Sendable {
    /// The number of steps after which the learning rate is zero.
    public var steps = 1000
    /// The learning rate of the first step.
    public var learningRate = 0.01
    /// Whether each document's graph is built anew, in place of programs compiled once.
    public var isEager = false

    /// The settings of microgpt.
    public init() {}
  }

  /// What learns.
  public let model: GPT
  /// How it learns.
  public let settings: Settings
  /// How many steps were made.
  public var step: Int { optimizer.state.steps }
  /// The loss of each step.
  public internal(set) var losses: [Double] = []
  let optimizer: Adam
  private let batches: [[ArraySlice<Int>]]
  private var compiled: CompiledLoss?

  /// - Parameter batches: each of documents of one length; they come again and again.
  public init(of model: GPT, on batches: [[ArraySlice<Int>]], _ settings: Settings) {
    self.model = model
    self.batches = batches
    self.settings = settings
    optimizer = Adam(model.parameters, learningRate: settings.learningRate, betas: (0.85, 0.99))
  }

  /// Learns from the next batch and gives its loss.
  ///
  /// - Throws: `ProgramError`, which would be a defect.
  @discardableResult
  public func advance() throws(ProgramError) -> Double {
    optimizer.learningRate = settings.learningRate * (1 - Double(step) / Double(settings.steps))
    let loss = settings.isEager ? learnEagerly(batch) : try learnCompiled(batch)
    losses.append(loss)
    return loss
  }

  /// The documents of the next step.
  public var batch: [ArraySlice<Int>] { batches[step % batches.count] }

  /// Gives the model's parameters what they have learnt so far.
  public func writeBack() { compiled?.session.writeBack() }

  private func learnEagerly(_ batch: [ArraySlice<Int>]) -> Double {
    optimizer.zeroGrad()
    var total = 0.0
    for document in batch {
      let loss = model.loss(document)
      loss.backward(seed: 1 / Double(batch.count))
      total += loss.data
    }
    optimizer.step()
    return total / Double(batch.count)
  }

  private func learnCompiled(_ batch: [ArraySlice<Int>]) throws(ProgramError) -> Double {
    let compiled = compiled ?? CompiledLoss(of: model, TrainingSession(optimizer))
    self.compiled = compiled
    let loss = try compiled.backward(batch)
    compiled.session.step()
    return loss
  }
}
