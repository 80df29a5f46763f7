import ExampleSupport
import Leibniz
import LeibnizTools
import MicroGPTModel

/// How the loss fell, and where each head of the first block looks in one document.
func picture(
  of model: GPT, _ vocabulary: Vocabulary, _ document: String, _ losses: [Double]
) throws -> SVGFigure {
  var descent = SVGPlot("Loss", x: SVGPlot.Axis("step"), y: SVGPlot.Axis("cross-entropy"))
  descent.addPoints(
    x: losses.indices.map(Double.init), y: losses, label: "one step", color: .gray, radius: 1)
  descent.addLine(smoothed(losses), label: "mean of 100 steps", color: .blue)
  let tokens = try vocabulary.tokens(beginning: document)
  let heads = model.attentionWeights(tokens).enumerated().map { head, weights in
    attention(weights, of: ["·"] + document.map(String.init), head: head)
  }
  return SVGFigure([descent] + heads)
}

/// The mean of each number and the 99 before it.
private func smoothed(_ numbers: [Double]) -> [Double] {
  var sum = 0.0
  return numbers.indices.map { i in
    sum += numbers[i] - (i >= 100 ? numbers[i - 100] : 0)
    return sum / Double(min(i + 1, 100))
  }
}

/// A row for each token, the first on top: what weight it gives to which token.
private func attention(_ weights: [[Double]], of labels: [String], head: Int) -> SVGPlot {
  let count = weights.count
  let rows = weights.map { $0 + Array(repeating: .nan, count: count - $0.count) }
  let range = -0.5...Double(count) - 0.5
  let names = Array(labels.prefix(count))
  var plot = SVGPlot(
    "Head \(head + 1)", x: SVGPlot.Axis("key (attended to)", categories: names),
    y: SVGPlot.Axis("query", categories: names, isReversed: true))
  plot.addHeatMap(rows, x: range, y: range, range: 0...1, label: "weight")
  return plot
}
