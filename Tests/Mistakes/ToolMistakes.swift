import Foundation
import Leibniz
import LeibnizTools

extension Mistakes {
  /// Charts, logs and files given what they cannot hold.
  static let tools = [
    Mistake(name: "chart-points", sentence: "A chart was given 2 numbers for x but 1 for y.") {
      var plot = SVGPlot("Loss")
      plot.addPoints(x: [1, 2], y: [1])
    },
    Mistake(
      name: "heat-map-rows", sentence: "The rows of a heat map differ in length: [1, 2]."
    ) {
      var plot = SVGPlot("Loss")
      plot.addHeatMap([[1], [1, 2]], x: 0...1, y: 0...1)
    },
    Mistake(name: "chart-size", sentence: "A chart cannot be -3.0 by 260.0 pixels large.") {
      _ = SVGFigure(SVGPlot("Loss", width: -3)).svg()
    },
    Mistake(name: "figure-columns", sentence: "A figure needs a column.") {
      _ = SVGFigure([], columns: 0)
    },
    Mistake(
      name: "captions", sentence: "There must be a caption for each image: 1 images, 0 captions."
    ) { _ = SVGPlot(images: [[1]], imageWidth: 1, captions: []) },
    Mistake(
      name: "image-width",
      sentence: "An image of 3 pixels stands beside one of 3, with rows of 2."
    ) { _ = SVGPlot(images: [[1, 2, 3]], imageWidth: 2, captions: ["a"]) },
    Mistake(
      name: "logged-image",
      sentence: "An image needs rows of one length, which is not 0; these have [1, 2]."
    ) {
      let board = try! TensorBoardWriter(directory: NSTemporaryDirectory() + "leibniz-mistakes")
      try! board.writeImage("image", [[1], [1, 2]], step: 1)
    },
    Mistake(name: "saved-shape", sentence: "1 number cannot fill the shape [2, 2].") {
      _ = Safetensors.Tensor(name: "weight", shape: [2, 2], values: [1])
    },
    Mistake(
      name: "saved-shape-too-large",
      sentence: "1 number cannot fill the shape [9223372036854775807, 2]."
    ) { _ = Safetensors.Tensor(name: "weight", shape: [.max, 2], values: [1]) },
  ]
}
