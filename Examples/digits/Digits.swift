import ExampleSupport
import Leibniz

// Trains a network to read handwritten digits, or digits that it draws itself.

@main
struct Digits {
  static func main() {
    runExample {
      var options = Options("digits", "Trains an MLP to read digits.")
      let trainFile = options.text("train", "images to train on: CSV, or MNIST's format")
      let testFile = options.text("test", "images of the same size to test on")
      let epochs = options.integer("epochs", default: 30, in: 1...10_000, "passes over the images")
      let hidden = options.integer("hidden", default: 64, in: 1...4096, "neurons in each layer")
      let seed = options.integer("seed", default: 1, "the seed of all that is random")
      let target = options.number(
        "at-least", default: trainFile == nil ? 95 : 0, in: 0...100,
        "fail below this test accuracy in percent")
      let output = options.text("output", default: "digits.svg", "the picture to write")
      try options.finish()
      guard trainFile != nil || testFile == nil else { throw UsageError("--test needs --train.") }

      var generator = SeededGenerator(seed: UInt64(seed))
      let (train, test) = try images(trainFile, testFile, using: &generator)
      print("\(train.count) images to train on, \(test.count) to test on")
      let reader = try DigitReader(hidden: hidden, on: train, using: &generator)
      var losses: [Double] = []
      var accuracies: [Double] = []
      var progress = ProgressLine("epoch", of: epochs)
      for epoch in 0..<epochs {
        losses.append(reader.epoch(epoch, of: epochs, on: train, using: &generator))
        let report = Report(images: test, predictions: reader.predictions(for: test))
        accuracies.append(report.accuracy)
        progress.update(
          epoch + 1,
          "loss \(losses[epoch].rounded(to: 4))  test accuracy \(percent(report.accuracy))")
      }
      let report = Report(images: test, predictions: reader.predictions(for: test))
      try report.picture(losses: losses, accuracies: accuracies).write(to: output)
      print("\n\(report.confusionTable)\n")
      print("test accuracy \(percent(report.accuracy)); wrote \(output)")
      guard report.accuracy * 100 >= target else {
        throw MissedTarget("The test accuracy is below \(target) %.")
      }
    }
  }

  /// The images to train and to test on: of the files, or drawn. Where there is a training file
  /// alone, its last fifth is for testing.
  static func images<G: RandomNumberGenerator>(
    _ trainFile: String?, _ testFile: String?, using generator: inout G
  ) throws -> (train: LabelledImages, test: LabelledImages) {
    guard let trainFile else {
      return (
        DrawnDigits.images(count: 3000, using: &generator),
        DrawnDigits.images(count: 1000, using: &generator)
      )
    }
    let train = try LabelledImages(contentsOf: trainFile)
    guard let testFile else {
      let split = train.count * 4 / 5
      guard split > 0 else { throw UsageError("\(trainFile) has too few images to divide.") }
      return (train.part(0..<split), train.part(split..<train.count))
    }
    let test = try LabelledImages(contentsOf: testFile)
    guard test.images[0].count == train.images[0].count else {
      throw FileError.malformed(
        path: testFile, line: nil,
        reason: "expected images of \(train.images[0].count) pixels as in \(trainFile), "
          + "found \(test.images[0].count)")
    }
    return (train, test)
  }
}
