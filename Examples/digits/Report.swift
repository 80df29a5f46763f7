import Leibniz
import LeibnizTools

/// What a model makes of some images.
struct Report {
  let images: LabelledImages
  let predictions: [Int]
  let confusion: ConfusionMatrix

  init(images: LabelledImages, predictions: [Int]) throws {
    self.images = images
    self.predictions = predictions
    confusion = try ConfusionMatrix(labels: images.labels, predictions: predictions, classes: 10)
  }

  /// The confusion matrix, the course of training, the mistakes, and which pixels matter.
  func picture(of history: [EpochRecord], pixelImportance: [Double]) -> SVGFigure {
    var course = SVGPlot("Training", x: SVGPlot.Axis("epoch"), y: SVGPlot.Axis(scale: .logarithmic))
    let epochs = history.indices.map { Double($0 + 1) }
    course.addLine(x: epochs, y: history.map(\.loss), label: "loss")
    course.addLine(
      x: epochs, y: history.map { 1 - ($0.validationAccuracy ?? .nan) },
      label: "errors on the test images")
    let pixels = SVGPlot(
      "Pixel importance", images: [pixelImportance], imageWidth: images.width,
      captions: ["mean squared gradient"], columns: 1, size: 200)
    return SVGFigure(confusionPlot, course, mistakes, pixels)
  }

  private var confusionPlot: SVGPlot {
    let digits = (0..<10).map { "\($0)" }
    var plot = SVGPlot(
      "Confusion", x: SVGPlot.Axis("predicted", categories: digits),
      y: SVGPlot.Axis("true", categories: digits, isReversed: true))
    let counts = confusion.counts
    plot.addHeatMap(
      counts.map { $0.map(Double.init) }, x: -0.5...9.5, y: -0.5...9.5, colors: .ink(.blue))
    for (label, row) in counts.enumerated() {
      for (prediction, count) in row.enumerated() where count > 0 {
        plot.addText(
          "\(count)", x: Double(prediction), y: Double(label),
          color: label == prediction ? .white : .gray)
      }
    }
    return plot
  }

  /// The first mistakes; more would not be looked at.
  private var mistakes: SVGPlot {
    let wrong = images.labels.indices.filter { predictions[$0] != images.labels[$0] }
    let shown = wrong.prefix(60)
    return SVGPlot(
      shown.count < wrong.count ? "\(shown.count) of \(wrong.count) mistakes" : "The mistakes",
      images: shown.map { images.images[$0] }, imageWidth: images.width,
      captions: shown.map { "\(images.labels[$0]) as \(predictions[$0])" }, size: 48)
  }
}
