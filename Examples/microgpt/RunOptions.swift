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
  let resume: String?
  private let layers, width, heads, context: Int
  private let promptText: String
  private let limit: Double

  init(_ options: inout Options) {
    var settings = Training.Settings()
    settings.steps = options.integer("steps", default: 1000, in: 1...10_000_000, "training steps")
    batch = options.integer("batch", default: 1, in: 1...4096, "documents in a step")
    settings.learningRate = options.number(
      "learning-rate", default: 0.01, in: 0...1, "the rate of the first step")
    settings.isEager = options.flag("eager", "build each document's graph anew")
    self.settings = settings
    data = options.text("data", "a file of documents, one a line, in place of some given names")
    seed = UInt64(options.integer("seed", default: 42, "the seed of weights, order and samples"))
    layers = options.integer("layers", default: 1, in: 1...64, "blocks of the model")
    width = options.integer("width", default: 16, in: 1...1024, "numbers for each token")
    heads = options.integer(
      "heads", default: 4, in: 1...64, "heads of attention; they divide the width")
    context = options.integer("context", default: 16, in: 1...1024, "tokens to look back on")
    samples = options.integer("samples", default: 20, in: 0...1_000_000, "documents to make up")
    temperature = options.number(
      "temperature", default: 0.5, in: 0.01...100, "how freely to make them up")
    promptText = options.text("prompt", "how they begin", placeholder: "TEXT") ?? ""
    output = options.output("output", default: "microgpt.svg", "the picture to write")
    // The given names at the usual sizes are the demonstration, which promises something.
    let isDemonstration =
      data == nil && settings == Training.Settings() && batch == 1
      && (layers, width, heads, context) == (1, 16, 4, 16)
    limit = options.number(
      "at-most", default: isDemonstration ? 2.4 : 1000, in: 0...1000,
      "the mean loss that the last 100 steps must reach")
    save = options.output("save", "where to keep the run, to go on with it later")
    resume = options.text("resume", "a kept run to go on with; it has its own sizes")
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
