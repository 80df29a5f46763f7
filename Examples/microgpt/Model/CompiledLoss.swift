import Leibniz

/// The loss of documents as compiled programs, one for each length that occurs.
///
/// The inputs of a program are, for each position, the token's row of the embedding, then the row
/// that is 1 at the next token and 0 elsewhere. So a program computes nothing for the tokens that do
/// not occur, and what comes back to a row is added to the table's gradient.
final class CompiledLoss {
  let session: TrainingSession
  private let model: GPT
  private var programs: [Int: Program] = [:]

  init(of model: GPT, _ session: TrainingSession) {
    self.model = model
    self.session = session
  }

  /// Adds the gradients of the mean loss of documents of one length to the session's.
  func backward(_ batch: [ArraySlice<Int>]) throws(ProgramError) -> Double {
    let program = try program(length: batch[0].count - 1)
    var samples = Samples(count: batch.count, width: program.graph.inputCount)
    for (number, document) in batch.enumerated() { samples[number] = sample(document) }
    var gradients = Samples(count: samples.count, width: samples.width)
    let loss = try session.backward(program, samples, inputGradients: &gradients)
    let width = model.size.width
    session.gradients.withUnsafeMutableBufferPointer { table in
      for (number, document) in batch.enumerated() {
        for (position, token) in document.dropLast().enumerated() {
          for axis in 0..<width {
            table[token * width + axis] += gradients[number, position * width + axis]
          }
        }
      }
    }
    return loss
  }

  /// The rows of a document's tokens but the last, which come first among the parameters; then the
  /// rows of what is to be predicted.
  private func sample(_ document: ArraySlice<Int>) -> [Double] {
    let (width, vocabulary) = (model.size.width, model.size.vocabulary)
    var numbers: [Double] = []
    numbers.reserveCapacity((document.count - 1) * (width + vocabulary))
    for token in document.dropLast() {
      numbers += session.parameters[token * width..<(token + 1) * width]
    }
    for token in document.dropFirst() {
      let start = numbers.count
      numbers += repeatElement(0, count: vocabulary)
      numbers[start + token] = 1
    }
    return numbers
  }

  private func program(length: Int) throws(ProgramError) -> Program {
    if let known = programs[length] { return known }
    func placeholders(_ count: Int) -> [[Value]] {
      (0..<length).map { _ in (0..<count).map { _ in Value(0) } }
    }
    let rows = placeholders(model.size.width)
    let targets = placeholders(model.size.vocabulary)
    var cache: GPT.Cache<Value> = model.cache()
    // The cross-entropy of logits against a row of zeros and a one.
    let losses = zip(rows, targets).map { row, target in
      let logits = model(embedded: row, &cache)
      return Value.logSumExp(logits) - .dot(target, logits)
    }
    let program = try Program(
      .mean(losses), inputs: (rows + targets).flatMap { $0 }, parameters: model.parameters)
    programs[length] = program
    return program
  }
}
