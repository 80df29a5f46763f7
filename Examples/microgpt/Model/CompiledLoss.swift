import Leibniz

/// The loss of documents as compiled programs, one for each length that occurs; a sample is a document.
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
    var samples = Samples(count: batch.count, width: batch[0].count)
    for (number, document) in batch.enumerated() { samples[number] = document.map(Double.init) }
    return try session.backward(program(length: batch[0].count), samples)
  }

  private func program(length: Int) throws(ProgramError) -> Program {
    if let known = programs[length] { return known }
    let program = try model.lossProgram(length: length)
    programs[length] = program
    return program
  }
}

extension GPT {
  /// The loss of documents of so many tokens, as a program whose inputs they are.
  public func lossProgram(length: Int) throws(ProgramError) -> Program {
    try Program(inputs: length, parameters: parameters) { tokens in [self.loss(tokens)] }
  }
}
