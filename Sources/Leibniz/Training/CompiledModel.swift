/// A model's training call as two compiled programs: its outputs, and their derivatives by the
/// parameters.
///
/// The loss is not compiled: it may depend on the targets in any way, as on a class that chooses
/// among the outputs.
struct CompiledModel {
  private let outputs: Program
  /// Σ g · output, with inputs g. Where these are the derivatives of the loss by the outputs, the
  /// derivatives of the sum by the parameters are those of the loss.
  private let chain: Program

  /// Records what the model makes of one sample in training.
  ///
  /// - Throws: ``TrainingError/cannotBeCompiled(reason:)`` where that is not all there is to it, and
  ///   ``ProgramError``.
  init(_ model: some Module, sample: [Double]) throws {
    let x = sample.map { Value($0) }
    let y = try CompiledModel.record(model, x)
    let gradients = y.map { _ in Value(1) }
    outputs = try Program(outputs: y, inputs: x)
    chain = try Program(Value.dot(gradients, y), inputs: x + gradients)
  }

  /// The outputs for one sample, if neither chance nor another sample takes part in them.
  private static func record(_ model: some Module, _ x: [Value]) throws(TrainingError) -> [Value] {
    let other = x.map { Value($0.data) }
    let tensors = model.tensors
    let numbers = tensors.map { $0.values.map(\.data) }
    var generator = SeededGenerator(seed: 0)
    let state = generator.state
    let y = model.trainingOutputs(for: [x, other], using: &generator)[0]
    if generator.state != state {
      throw .cannotBeCompiled(reason: "it draws random numbers, as dropout does")
    }
    let isChanged = zip(tensors, numbers).contains { tensor, numbers in
      zip(tensor.values, numbers).contains { $0.data.bitPattern != $1.bitPattern }
    }
    tensors.set(numbers)
    let graph = Graph(y)
    let isMixed = graph.withIndices { other.contains { $0.node.mark != 0 } }
    if isChanged || isMixed {
      throw .cannotBeCompiled(
        reason: "it uses statistics of the batch, as batch normalisation does")
    }
    return y
  }

  /// The outputs for each sample, as variables.
  func callAsFunction(_ features: [[Double]]) throws(ProgramError) -> [[Value]] {
    try outputs(outputs.samples(features)).map { $0.map { Value($0) } }
  }

  /// Adds to the parameters' gradients what the gradients of the outputs make of them.
  func backward(_ features: [[Double]], outputs: [[Value]]) throws(ProgramError) {
    let rows = zip(features, outputs).map { $0 + $1.map(\.grad) }
    try chain.backward(chain.samples(rows), reduction: .sum)
  }
}
