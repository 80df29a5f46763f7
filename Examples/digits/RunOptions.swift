import ExampleSupport
import Leibniz
import LeibnizTools

/// What the command line asks for.
struct RunOptions {
  let train, test: (images: String?, labels: String?)
  let epochs, hidden: Int
  let seed: UInt64
  let target: Double
  let training: TrainingOptions
  let output: String
  let task: Task
  /// How many settings a search tries, how many at once, and the file it goes on from.
  let search: (settings: Int, atOnce: Int?, file: String?)

  /// What to do with the images.
  enum Task {
    case train
    case trainConvolution
    case compareBatchSizes
    case search
  }

  /// Whether to draw what the trained network looks at.
  let explains: Bool

  init(_ options: inout Options) {
    train = (
      options.text("train", "images to train on: CSV, or MNIST's format"),
      options.text("train-labels", "their labels in MNIST's format, if not next to the images")
    )
    test = (
      options.text("test", "images of the same size to test on"),
      options.text("test-labels", "their labels")
    )
    epochs = options.integer("epochs", default: 40, in: 1...10_000, "passes over the images")
    hidden = options.integer(
      "hidden", default: 128, in: 2...4096,
      "neurons of the first layer; the second has half of them")
    seed = UInt64(options.integer("seed", default: 1, "the random seed"))
    target = options.number(
      "at-least", default: train.images == nil ? 95 : 0, in: 0...100,
      "fail below this test accuracy in percent")
    training = TrainingOptions(
      &options, optimizer: "adamw", schedule: "cosine", rates: (0.1, 0.003), decays: true)
    let convolves = options.flag("convolution", "train a network of convolutions")
    let compares = options.flag(
      "compare-batch-sizes", "train with batches of 1, 64, 512 and all, and print a table")
    let searches = options.flag(
      "search", "search for settings on a part of the training images, and compare the best")
    let atOnce = options.integer(
      "at-once", default: 0, in: 0...1024, "how many it trains at once; 0 is one for each core")
    search = (
      options.integer("settings", default: 36, in: 2...10_000, "how many a search tries"),
      atOnce == 0 ? nil : atOnce,
      options.text("search-file", "where a search stores what it found, and goes on from")
    )
    task =
      searches
      ? .search : compares ? .compareBatchSizes : convolves ? .trainConvolution : .train
    explains = options.flag("explain", "draw what the network looks at, a picture a question")
    output = options.output("output", default: "digits.svg", "the picture to write")
  }

  /// What no single option can tell.
  func check() throws(UsageError) {
    guard train.images != nil || test.images == nil else {
      throw UsageError("--test needs --train.")
    }
    switch task {
    case .train, .trainConvolution: break
    case .compareBatchSizes, .search:
      guard training.exportPath == nil else {
        throw UsageError(
          "--export needs one network: it goes with neither --search nor --compare-batch-sizes.")
      }
    }
    guard train.images != nil || train.labels == nil, test.images != nil || test.labels == nil
    else { throw UsageError("Labels need their images: --train, --test.") }
  }
}
