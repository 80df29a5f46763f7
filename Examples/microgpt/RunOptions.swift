import ExampleSupport
import Leibniz
import LeibnizTools
import MicroGPTModel

/// What the command line asks for.
struct RunOptions {
  let seed: UInt64
  let data: String?
  let settings: Training.Settings
  let batch: Int
  let samples: Int
  let temperature: Double
  let output: String
  let save: String?
  let export: String?
  let resume: String?
  private let layers, width, heads, context: Int
  private let promptText: String
  private let limit: Double

  init(_ options: inout Options) {
    var settings = Training.Settings()
    settings.steps = options.integer("steps", default: 1000, in: 1...10_000_000, "training steps")
    batch = options.integer("batch", default: 1, in: 1...4096, "documents per step")
    settings.learningRate = options.number(
      "learning-rate", default: 0.01, in: 0...1, "the initial learning rate")
    settings.isEager = options.flag("eager", "rebuild the graph for each document")
    self.settings = settings
    data = options.text("data", "a file of documents, one per line, instead of the built-in names")
    seed = UInt64(options.integer("seed", default: 42, "the seed of weights, order and samples"))
    layers = options.integer("layers", default: 1, in: 1...64, "the number of transformer blocks")
    width = options.integer("width", default: 16, in: 1...1024, "the width of the embedding")
    heads = options.integer(
      "heads", default: 4, in: 1...64, "attention heads, a divisor of the width")
    context = options.integer("context", default: 16, in: 1...1024, "the context length in tokens")
    samples = options.integer(
      "samples", default: 20, in: 0...1_000_000, "the number of documents to sample")
    temperature = options.number(
      "temperature", default: 0.5, in: 0.01...100, "the sampling temperature")
    promptText = options.text("prompt", "how they begin", placeholder: "TEXT") ?? ""
    output = options.output("output", default: "microgpt.svg", "the picture to write")
    // The given names at the usual sizes are the demonstration, which promises something.
    let isDemonstration =
      data == nil && settings == Training.Settings() && batch == 1
      && (layers, width, heads, context) == (1, 16, 4, 16)
    limit = options.number(
      "at-most", default: isDemonstration ? 2.4 : 1000, in: 0...1000,
      "the mean loss that the last 100 steps must reach")
    save = options.output("save", "a file to save the run to, for --resume")
    export = options.export("the loss of a document of all positions")
    resume = options.text("resume", "a saved run to continue; its sizes are kept")
  }

  /// What no single option can tell.
  func check() throws(UsageError) {
    guard width % heads == 0 else {
      throw UsageError("--heads \(heads) does not divide --width \(width).")
    }
  }

  func size(_ vocabulary: Vocabulary) -> GPT.Size {
    var size = GPT.Size(vocabulary: vocabulary.count)
    (size.layers, size.width, size.heads, size.context) = (layers, width, heads, context)
    return size
  }

  /// How samples begin. A prompt that the model cannot read is found before the training.
  func prompt(_ model: GPT, _ vocabulary: Vocabulary) throws(UsageError) -> [Int] {
    do {
      let tokens = try vocabulary.tokens(beginning: promptText)
      try model.checkPrompt(tokens)
      return tokens
    } catch {
      throw UsageError("--prompt: \(error)")
    }
  }

  /// Holds the last 100 steps to what they should reach.
  func checkTarget(_ losses: [Double]) throws(MissedTarget) {
    let last = losses.suffix(100)
    let loss = last.reduce(0, +) / Double(last.count)
    guard loss > limit else { return }
    throw MissedTarget(
      "The mean loss of the last \(last.count) steps is \(loss.rounded(to: 4)), above \(limit).")
  }
}
