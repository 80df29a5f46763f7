import ExampleSupport
import Leibniz
import LeibnizTools
import MicroGPTModel

// Trains a small transformer on names, then lets it make up some: Karpathy's microgpt.

@main
struct MicroGPT {
  static func main() {
    runExample {
      var options = Options(
        "microgpt", "Trains a GPT on documents, one per line, and samples from it.")
      let run = RunOptions(&options)
      try options.finish()
      try run.check()

      var generator = SeededGenerator(seed: run.seed)
      let checkpoint = try run.resume.map(Checkpoint.init(contentsOf:))
      let corpus =
        try run.data.map { try Corpus(contentsOf: $0, vocabulary: checkpoint?.vocabulary) }
        ?? Corpus(givenNames, vocabulary: checkpoint?.vocabulary)
      let model = GPT(checkpoint?.size ?? run.size(corpus.vocabulary), using: &generator)
      let prompt = try run.prompt(model, corpus.vocabulary)
      let batches = corpus.batches(
        of: run.batch, context: model.size.context, using: &generator)
      let training = Training(of: model, on: batches, run.settings)
      print(
        "\(corpus.documents.count) documents, \(corpus.vocabulary.count) tokens, "
          + "\(model.parameters.count) parameters")

      try checkpoint?.restore(training)
      try train(training) { try run.save.map { try training.save(to: $0, corpus.vocabulary) } }
      if let path = run.export {
        let program = try model.lossProgram(length: model.size.context + 1)
        try program.export(to: path, naming: model.tensors)
      }
      var samples: [String] = []
      for _ in 0..<run.samples {
        let tokens = try model.sample(
          after: prompt, boundary: corpus.vocabulary.boundary, temperature: run.temperature,
          using: &generator)
        samples.append(corpus.vocabulary.text(tokens))
        print("sample \(samples.count): \(samples.last!)")
      }
      let shown = samples.max { $0.count < $1.count } ?? corpus.documents[0]
      try picture(of: model, corpus.vocabulary, shown, training.losses).write(to: run.output)
      print("wrote \(run.output)")
      try run.checkTarget(training.losses)
    }
  }

  /// Makes all steps that are left, tells how it goes and saves it ten times.
  static func train(_ training: Training, save: () throws -> Void) throws {
    let steps = training.settings.steps
    var progress = ProgressLine("step", of: steps)
    let start = ContinuousClock.now
    var tokens = 0
    while training.step < steps {
      tokens += training.batch.reduce(0) { $0 + $1.count - 1 }
      try training.advance()
      let losses = training.losses.suffix(100)
      progress.update(training.step, describe(losses, tokens, since: start))
      if training.step % max(steps / 10, 1) == 0 || training.step == steps { try save() }
    }
    training.writeBack()
  }

  private static func describe(
    _ losses: ArraySlice<Double>, _ tokens: Int, since start: ContinuousClock.Instant
  ) -> String {
    let loss = losses.reduce(0, +) / Double(losses.count)
    let rate = Double(tokens) / ((ContinuousClock.now - start) / .seconds(1))
    return "loss \(loss.rounded(to: 4))  \(Int(rate)) tokens/s"
  }
}
