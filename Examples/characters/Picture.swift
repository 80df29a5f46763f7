import Foundation
import Leibniz
import LeibnizTools

/// What came of one model.
struct Result {
  let name: String
  /// How many numbers it has learnt.
  let numbers: Int
  /// The loss of each step, in nats.
  let losses: [Double]
  /// Of the documents that it has not seen.
  let bits: Double
}

/// How the losses fell, and what the models reached on documents that they had not seen.
func picture(of results: [Result]) -> SVGFigure {
  var plot = SVGPlot(
    "Bits per character", x: SVGPlot.Axis("step"), y: SVGPlot.Axis("bits"), width: 480)
  let last = Double(max(results.map(\.losses.count).max()! - 1, 1))
  for (result, color) in zip(results, [SVGPlot.Color.gray, .orange, .blue]) {
    let bits = "\((result.bits * 100).rounded() / 100)"
    if !result.losses.isEmpty {
      plot.addLine(
        means(result.losses).map { $0 / log(2) }, label: "\(result.name), learning", color: color)
    }
    plot.addLine(
      x: [0, last], y: [result.bits, result.bits], label: "\(result.name), unseen: \(bits)",
      color: color, style: .dashed)
  }
  return SVGFigure(plot)
}

/// The mean of each number and up to 49 before it.
private func means(_ numbers: [Double]) -> [Double] {
  numbers.indices.map { i in
    let some = numbers[max(0, i - 49)...i]
    return some.reduce(0, +) / Double(some.count)
  }
}
