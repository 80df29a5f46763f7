import ExampleSupport
import Leibniz
import LeibnizTools

// Trains networks to read handwritten digits, or digits that it draws itself, and shows what they look at.

@main
struct Digits {
  static func main() async {
    await runExample {
      var options = Options("digits", "Trains a network to read digits.")
      let run = RunOptions(&options)
      try options.finish()
      try run.check()

      var generator = SeededGenerator(seed: run.seed)
      let (train, test) = try images(run.train, run.test, using: &generator)
      print("\(train.count) images to train on, \(test.count) to test on")
      switch run.task {
      case .train:
        let model = perceptron(inputs: train.images[0].count, hidden: run.hidden, seed: run.seed)
        try teach(model, firstLayer: { model.layers[0].predict($0) }, train, test, run)
      case .trainConvolution:
        let image = ImageShape(height: train.images[0].count / train.width, width: train.width)
        let model = convolutionalNetwork(over: image, hidden: run.hidden, seed: run.seed)
        let start = Sequential(Array(model.modules.prefix(2)))
        try teach(model, firstLayer: { start.predict($0) }, train, test, run)
      case .compareBatchSizes: print(try comparison(train, run))
      case .search: try await search(train, test, run)
      }
    }
  }

  /// Trains a model and reports what it makes of the test images.
  static func teach(
    _ model: some Module, firstLayer: @escaping ([Double]) -> [Double], _ train: LabelledImages,
    _ test: LabelledImages, _ run: RunOptions
  ) throws {
    let start = ContinuousClock.now
    let history = try fit(model, train, test, run)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let report = try Report(images: test, predictions: test.images.map { digit(model.predict($0)) })
    // A hundred images show it well enough.
    let importance = featureImportance(of: { model($0) }, over: Array(test.images.prefix(100)))
    try report.picture(of: history, pixelImportance: importance).write(to: run.output)
    print("\n\(report.confusion)\n")
    if run.explains {
      try Explanation(model: model, firstLayer: firstLayer, images: test).write(to: run.output)
    }
    print(
      "test accuracy \(percent(report.confusion.accuracy)) after \(seconds.rounded(to: 1)) s; "
        + "wrote \(run.output)")
    guard report.confusion.accuracy * 100 >= run.target else {
      throw MissedTarget("The test accuracy is below \(run.target) %.")
    }
  }

  /// Trains a model and shows how well it does on the test images after each epoch.
  static func fit(
    _ model: some Module, _ train: LabelledImages, _ test: LabelledImages, _ run: RunOptions
  ) throws -> [EpochRecord] {
    let trainer = digitTrainer(
      model, run.training.optimizer(model.parameters), motion: Settings().motion,
      width: train.width, seed: run.seed)
    trainer.isCorrect = { logits, label in digit(logits) == Int(label[0]) }
    var progress = ProgressLine("epoch", of: run.epochs)
    let steps = (train.count + trainer.batchSize - 1) / trainer.batchSize * run.epochs
    try run.training.attach(to: trainer, steps: steps) { trainer in
      let last = trainer.history.last!
      let accuracy = percent(last.validationAccuracy!)
      progress.update(
        trainer.progress.epoch, "loss \(last.loss.rounded(to: 4))  test accuracy \(accuracy)")
    }
    try trainer.fit(train.dataset, validation: test.dataset, epochs: run.epochs)
    try run.training.export(model, inputs: train.images[0].count)
    return trainer.history
  }

  /// What the size of the batch does to plain descent on the images.
  static func comparison(_ train: LabelledImages, _ run: RunOptions) throws -> BatchSizeComparison {
    try compareBatchSizes([1, 64, 512, train.count], on: train.dataset, epochs: run.epochs) {
      let model = perceptron(inputs: train.images[0].count, hidden: run.hidden, seed: run.seed)
      let optimizer = SGD(model.parameters, learningRate: 0.05)
      return Trainer(model, optimizer: optimizer, seed: run.seed) { logits, label in
        softmaxCrossEntropy(logits: logits, label: label[0])
      }
    }
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
