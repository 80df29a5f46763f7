import Leibniz

/// Training of a recurrent model by programs, one for each length of a document.
///
/// Tokens are inputs of the programs: what looks them up in the table of embeddings is compiled with
/// the rest.
final class RecurrentTraining {
  let model: RecurrentModel
  /// The loss of each step.
  private(set) var losses: [Double] = []
  private var programs: [Int: Program] = [:]

  init(of model: RecurrentModel) { self.model = model }

  /// Adam, with a learning rate that falls to zero in a straight line.
  func train(on batches: [[ArraySlice<Int>]], steps: Int, learningRate: Double) throws {
    let optimizer = Adam(model.parameters, learningRate: learningRate)
    var progress = ProgressLine("GRU: step", of: steps)
    try optimizer.withSession { session in
      for step in 0..<steps {
        optimizer.learningRate = learningRate * (1 - Double(step) / Double(steps))
        let batch = batches[step % batches.count]
        let program = try program(length: batch[0].count - 1)
        losses.append(try session.backward(program, Samples(batch.map(sample))))
        session.step()
        progress.update(step + 1, "loss \(losses[step])")
      }
    }
  }

  /// The mean cross-entropy of the tokens after the first, on plain numbers.
  func loss(_ document: ArraySlice<Int>) -> Double {
    let numbers = sample(document)
    let length = document.count - 1
    return model.loss(of: Array(numbers[..<length]), next: Array(numbers[length...]))
  }

  /// The tokens to read, then those to predict.
  private func sample(_ document: ArraySlice<Int>) -> [Double] {
    (document.dropLast() + document.dropFirst()).map(Double.init)
  }

  private func program(length: Int) throws -> Program {
    if let known = programs[length] { return known }
    let (tokens, next) = (
      (0..<length).map { _ in Value(0) }, (0..<length).map { _ in Value(0) }
    )
    let program = try Program(
      model.loss(of: tokens, next: next), inputs: tokens + next, parameters: model.parameters)
    programs[length] = program
    return program
  }
}
