import ExampleSupport
import Foundation
import Leibniz
import LeibnizTools
import MicroGPTModel

// Three language models on the same text: how many bits each needs for a character that it has not seen.

@main
struct Characters {
  static func main() {
    runExample {
      var options = Options(
        "characters", "Compares a bigram table, a GRU and a GPT on documents, one per line.")
      let data = options.text("data", "a file of documents, one per line, for the built-in names")
      let steps = options.integer("steps", default: 300, in: 1...1_000_000, "training steps")
      let batch = options.integer("batch", default: 16, in: 1...4096, "documents per step")
      let width = options.integer("width", default: 48, in: 1...1024, "the state of the GRU")
      let context = options.integer(
        "context", default: 24, in: 1...1024, "the characters of a document; the rest is cut off")
      let seed = UInt64(options.integer("seed", default: 1, "the random seed"))
      let export = options.export("the trained GRU")
      let output = options.output("output", default: "characters.svg", "the picture to write")
      try options.finish()

      var generator = SeededGenerator(seed: seed)
      let corpus = try data.map { try Corpus(contentsOf: $0) } ?? Corpus(givenNames)
      let (train, test) = try parts(of: corpus, using: &generator)
      let unseen = test.tokens.map { $0.prefix(context + 1) }
      let vocabulary = corpus.vocabulary.count
      print(
        "\(train.documents.count) documents to learn from, \(unseen.count) to test on; one of "
          + "\(vocabulary) characters takes \(log2(Double(vocabulary)).rounded(to: 2)) bits")

      let bigram = Bigram(train.tokens, vocabulary: vocabulary)
      let batches = train.batches(of: batch, context: context, using: &generator)
      let recurrent = RecurrentTraining(
        of: RecurrentModel(vocabulary: vocabulary, width: width, using: &generator))
      try recurrent.train(on: batches, steps: steps, learningRate: 0.01)
      if let export { try recurrent.model.export(to: export, inputs: context) }
      var size = GPT.Size(vocabulary: vocabulary)
      (size.width, size.context) = (24, context)
      let gpt = try trained(GPT(size, using: &generator), on: batches, steps: steps)

      let results = [
        Result(
          name: "bigram table", numbers: vocabulary * vocabulary, losses: [],
          bits: bits(unseen) { bigram.loss($0) }),
        Result(
          name: "GRU", numbers: recurrent.model.parameters.count, losses: recurrent.losses,
          bits: bits(unseen) { recurrent.loss($0) }),
        Result(
          name: "GPT", numbers: gpt.model.parameters.count, losses: gpt.losses,
          bits: bits(unseen) { gpt.model.loss($0).data }),
      ]
      print("\nbits per character of documents that no model has seen:")
      for result in results {
        let name = result.name.padding(toLength: 13, withPad: " ", startingAt: 0)
        print("  \(name) \(result.bits.rounded(to: 3)), with \(result.numbers) numbers")
      }
      try picture(of: results).write(to: output)
      print("wrote \(output)")
      guard steps < 300 || results.dropFirst().allSatisfy({ $0.bits < results[0].bits }) else {
        throw MissedTarget("A network should need fewer bits than the bigram table.")
      }
    }
  }

  /// Nine tenths of the documents, and the last tenth.
  private static func parts<G: RandomNumberGenerator>(
    of corpus: Corpus, using generator: inout G
  ) throws -> (train: Corpus, test: Corpus) {
    let documents = corpus.documents.shuffled(using: &generator)
    let held = max(documents.count / 10, 1)
    guard documents.count > held else { throw UsageError("A single document cannot be divided.") }
    return (
      try Corpus(Array(documents[held...]), vocabulary: corpus.vocabulary),
      try Corpus(Array(documents[..<held]), vocabulary: corpus.vocabulary)
    )
  }

  private static func trained(
    _ model: GPT, on batches: [[ArraySlice<Int>]], steps: Int
  ) throws -> Training {
    var settings = Training.Settings()
    settings.steps = steps
    let training = Training(of: model, on: batches, settings)
    var progress = ProgressLine("GPT: step", of: steps)
    while training.step < steps {
      let loss = try training.advance()
      progress.update(training.step, "loss \(loss.rounded(to: 4))")
    }
    training.writeBack()
    return training
  }

  /// The mean over all characters of what a model gives for documents: their mean loss, in nats.
  private static func bits(
    _ documents: [ArraySlice<Int>], _ loss: (ArraySlice<Int>) -> Double
  ) -> Double {
    let sum = documents.reduce(0) { $0 + loss($1) * Double($1.count - 1) }
    return sum / Double(documents.reduce(0) { $0 + $1.count - 1 }) / log(2)
  }
}
