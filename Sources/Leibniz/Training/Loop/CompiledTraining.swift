/// A training step as a compiled program: model, loss and penalty together, as a function of a
/// sample's features, its targets, and the random numbers that the model draws.
struct CompiledTraining {
  /// The loss of a sample, with the penalty.
  private let loss: Program
  /// The same, and then what the model makes of a sample in training.
  private let lossWithOutputs: Program
  private let groups: [RandomInputRecorder.Group]
  private var samples = Samples(count: 0, width: 0)

  /// Why a training step is not compiled, in words.
  struct Refusal: Error {
    let reason: String
  }

  /// Records what a trainer does with one sample, and compares the program with eager mode on some.
  ///
  /// - Throws: ``Refusal`` where the programs would not compute the same.
  init<Model: Module>(_ trainer: Trainer<Model>, on data: Dataset) throws {
    let model = trainer.model
    let (x, target) = (data[0].features.map { Value($0) }, data[0].targets.map { Value($0) })
    let other = x.map { Value($0.data) }
    let recorder = RandomInputRecorder()
    let y = try CompiledTraining.keepingTensors(of: model) {
      var recorder = recorder
      return model.trainingOutputs(for: [x, other], using: &recorder)[0]
    }
    if recorder.drewPlainNumbers {
      throw Refusal(
        reason: "the model draws random numbers in another way than by values(_:samples:count:)")
    }
    groups = recorder.groups
    var total = trainer.loss(y, target)
    if let penalty = trainer.penalty { total = total + penalty(model) }
    let inputs = x + target + groups.flatMap { $0.placeholders }
    let parameters = trainer.optimizer.parameters
    do {
      lossWithOutputs = try Program(
        outputs: [total] + y, inputs: inputs, parameters: parameters)
    } catch {
      throw Refusal(reason: error.description)
    }
    loss = Program(
      lossWithOutputs.graph.ofFirstOutput, parameters: lossWithOutputs.parameters)
    if !Set(loss.parameters.map { $0.id }).isDisjoint(with: other.map { $0.id }) {
      throw Refusal(reason: CompiledTraining.usesTheBatch)
    }
    try check(trainer, on: data)
  }

  private static let usesTheBatch =
    "the model uses statistics of the batch, as batch normalisation does"

  /// Runs `body`, which must leave the model's numbers as they are.
  private static func keepingTensors<Result>(
    of model: some Module, _ body: () -> Result
  ) throws(Refusal) -> Result {
    let tensors = model.tensors
    let numbers = tensors.map { $0.values.map { $0.data } }
    let result = body()
    let isChanged = zip(tensors, numbers).contains { tensor, numbers in
      zip(tensor.values, numbers).contains { $0.data.bitPattern != $1.bitPattern }
    }
    tensors.set(numbers)
    if isChanged { throw Refusal(reason: usesTheBatch) }
    return result
  }

  /// Compares the program with eager mode on samples from all over the data, which finds code that
  /// decides on numbers, as on that of a label.
  private mutating func check<Model: Module>(_ trainer: Trainer<Model>, on data: Dataset) throws {
    let batch = data.subset(at: data.someIndices)
    var (eager, compiled) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    let y = trainer.model.trainingOutputs(for: batch.features, using: &eager)
    let penalty = trainer.penalty.map { $0(trainer.model).data } ?? 0
    fill(with: batch.features, batch.targets, &compiled)
    let losses = try loss(samples)
    for (i, y) in y.enumerated() {
      let expected = trainer.loss(y, batch.targets[i].map(Value.constant)).data + penalty
      let found = losses[i][0]
      // The step that meets a number that is not finite reports it.
      if !expected.isFinite && !found.isFinite { continue }
      if !((expected - found).magnitude <= 1e-6 * max(1, min(expected.magnitude, found.magnitude)))
      {
        throw Refusal(
          reason: "the model or the loss decides on numbers that change from sample to sample: "
            + "recorded for one sample it gives \(found) for another, where \(expected) is right")
      }
    }
  }

  /// The features, the targets and new random numbers, sample by sample.
  private mutating func fill(
    with features: [[Double]], _ targets: [[Double]], _ generator: inout SeededGenerator
  ) {
    if samples.count != features.count {
      samples = Samples(count: features.count, width: loss.graph.inputCount)
    }
    for sample in features.indices {
      for (i, number) in features[sample].enumerated() { samples[sample, i] = number }
      let width = features[sample].count
      for (i, number) in targets[sample].enumerated() { samples[sample, width + i] = number }
    }
    var place = features[0].count + targets[0].count
    // In the order in which eager mode draws: call by call, then sample by sample.
    for group in groups {
      for sample in features.indices {
        for i in group.placeholders.indices {
          samples[sample, place + i] = group.distribution.next(using: &generator)
        }
      }
      place += group.placeholders.count
    }
  }

  /// Adds the gradients of the batch's mean loss to the parameters'.
  ///
  /// - Returns: the mean loss with the penalty; and the model's outputs, if they are wanted.
  mutating func backward(
    _ features: [[Double]], _ targets: [[Double]], wantsOutputs: Bool, threads: Int,
    using generator: inout SeededGenerator
  ) throws -> (loss: Double, outputs: [[Double]]?) {
    fill(with: features, targets, &generator)
    guard wantsOutputs else { return (try loss.backward(samples, threads: threads), nil) }
    let (loss, outputs) = try lossWithOutputs.backwardFromFirst(samples, threads: threads)
    return (loss, Array(outputs))
  }

  /// The first number that is not finite in the last call of
  /// ``backward(_:_:wantsOutputs:threads:using:)``, in words: the sample of the batch, and the operation or label.
  func firstNonFinite() -> String? {
    do {
      try loss.checkNumbers(samples)
      return nil
    } catch {
      return error.description
    }
  }
}

extension Dataset {
  /// The indices of up to sixteen samples spread over the data.
  var someIndices: [Int] {
    let number = Swift.min(count, 16)
    return (0..<number).map { $0 * count / number }
  }
}
