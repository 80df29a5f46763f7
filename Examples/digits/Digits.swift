import ExampleSupport
import Leibniz
import LeibnizTools

// Trains a network to read handwritten digits, or digits that it draws itself.

@main
struct Digits {
  static func main() {
    runExample {
      var options = Options("digits", "Trains an MLP to read digits.")
      let trainFile = options.text("train", "images to train on: CSV, or MNIST's format")
      let trainLabels = options.text(
        "train-labels", "their labels in MNIST's format, if not next to the images")
      let testFile = options.text("test", "images of the same size to test on")
      let testLabels = options.text("test-labels", "their labels")
      let epochs = options.integer("epochs", default: 40, in: 1...10_000, "passes over the images")
      let hidden = options.integer(
        "hidden", default: 128, in: 2...4096,
        "neurons of the first layer; the second has half of them")
      let seed = options.integer("seed", default: 1, "the random seed")
      let target = options.number(
        "at-least", default: trainFile == nil ? 95 : 0, in: 0...100,
        "fail below this test accuracy in percent")
      let training = TrainingOptions(
        &options, optimizer: "adamw", schedule: "cosine", rates: (0.1, 0.003), decays: true)
      let compares = options.flag(
        "compare-batch-sizes", "train with batches of 1, 64, 512 and all, and print a table")
      let output = options.output("output", default: "digits.svg", "the picture to write")
      try options.finish()
      guard trainFile != nil || testFile == nil else { throw UsageError("--test needs --train.") }
      guard trainFile != nil || trainLabels == nil, testFile != nil || testLabels == nil else {
        throw UsageError("Labels need their images: --train, --test.")
      }

      var generator = SeededGenerator(seed: UInt64(seed))
      let (train, test) = try images(
        (trainFile, trainLabels), (testFile, testLabels), using: &generator)
      print("\(train.count) images to train on, \(test.count) to test on")
      let model = MLP(
        inputs: train.images[0].count, layers: [hidden, hidden / 2, 10], using: &generator)
      if compares {
        print(try comparison(hidden: hidden, train, epochs: epochs, seed: UInt64(seed)))
        return
      }
      let history = try fit(model, train, test, epochs: epochs, seed: UInt64(seed), training)
      let report = Report(images: test, predictions: test.images.map { digit(model($0)) })
      // A hundred images show it well enough.
      let importance = featureImportance(of: { model($0) }, over: Array(test.images.prefix(100)))
      try report.picture(of: history, pixelImportance: importance).write(to: output)
      print("\n\(report.confusionTable)\n")
      print("test accuracy \(percent(report.accuracy)); wrote \(output)")
      guard report.accuracy * 100 >= target else {
        throw MissedTarget("The test accuracy is below \(target) %.")
      }
    }
  }

  /// Trains a model and shows how well it does on the test images after each epoch.
  static func fit(
    _ model: MLP, _ train: LabelledImages, _ test: LabelledImages, epochs: Int, seed: UInt64,
    _ options: TrainingOptions
  ) throws -> [EpochRecord] {
    let optimizer = options.optimizer(model.parameters)
    let trainer = Trainer(model, optimizer: optimizer, seed: seed) { logits, label in
      softmaxCrossEntropy(logits: logits, label: label[0], smoothing: 0.05)
    }
    trainer.isCorrect = { logits, label in digit(logits) == Int(label[0]) }
    trainer.augment = { image, generator in
      moved(image, width: train.width, using: &generator)
    }
    var progress = ProgressLine("epoch", of: epochs)
    let steps = (train.count + trainer.batchSize - 1) / trainer.batchSize * epochs
    try options.attach(to: trainer, steps: steps) { trainer in
      let last = trainer.history.last!
      let accuracy = percent(last.validationAccuracy!)
      progress.update(
        trainer.progress.epoch, "loss \(last.loss.rounded(to: 4))  test accuracy \(accuracy)")
    }
    try trainer.fit(train.dataset, validation: test.dataset, epochs: epochs)
    return trainer.history
  }

  /// What the size of the batch does to plain descent on the images.
  static func comparison(
    hidden: Int, _ train: LabelledImages, epochs: Int, seed: UInt64
  ) throws -> BatchSizeComparison {
    try compareBatchSizes([1, 64, 512, train.count], on: train.dataset, epochs: epochs) {
      var generator = SeededGenerator(seed: seed)
      let model = MLP(
        inputs: train.images[0].count, layers: [hidden, hidden / 2, 10], using: &generator)
      let optimizer = SGD(model.parameters, learningRate: 0.05)
      return Trainer(model, optimizer: optimizer, seed: seed) { logits, label in
        softmaxCrossEntropy(logits: logits, label: label[0])
      }
    }
  }

  /// The digit with the largest logit.
  static func digit(_ logits: [Double]) -> Int {
    logits.indices.max { logits[$0] < logits[$1] }!
  }

  /// The images to train and to test on: of the files, or drawn. Where there is a training file
  /// alone, its last fifth is for testing.
  static func images<G: RandomNumberGenerator>(
    _ trainFile: (images: String?, labels: String?), _ testFile: (images: String?, labels: String?),
    using generator: inout G
  ) throws -> (train: LabelledImages, test: LabelledImages) {
    guard let trainPath = trainFile.images else {
      return (
        DrawnDigits.images(count: 3000, using: &generator),
        DrawnDigits.images(count: 1000, using: &generator)
      )
    }
    let train = try LabelledImages(contentsOf: trainPath, labels: trainFile.labels)
    guard let testPath = testFile.images else {
      let split = train.count * 4 / 5
      guard split > 0 else { throw UsageError("\(trainPath) has too few images to divide.") }
      return (train.part(0..<split), train.part(split..<train.count))
    }
    let test = try LabelledImages(contentsOf: testPath, labels: testFile.labels)
    guard test.images[0].count == train.images[0].count else {
      throw FileError.malformed(
        path: testPath, line: nil,
        reason: "expected images of \(train.images[0].count) pixels as in \(trainPath), "
          + "found \(test.images[0].count)")
    }
    return (train, test)
  }
}
