import Leibniz
import LeibnizTools

/// What a trained network looks at: one picture for each question.
struct Explanation<Model: Module> {
  let model: Model
  /// What comes out of the first layer.
  let firstLayer: ([Double]) -> [Double]
  let images: LabelledImages

  /// Writes the pictures beside the file: `digits-saliency.svg`, …
  func write(to path: String) throws {
    let stem = path.hasSuffix(".svg") ? String(path.dropLast(4)) : path
    for (name, plot) in [
      ("saliency", sensitivity), ("attributions", contributions), ("ideals", ideals),
      ("directions", directions), ("neurons", neurons),
    ] {
      try SVGFigure(plot).write(to: "\(stem)-\(name).svg")
      print("wrote \(stem)-\(name).svg: \(plot.title)")
    }
  }

  /// One image of each digit that the network reads correctly.
  private var samples: [(image: [Double], label: Int)] {
    (0...9).compactMap { label in
      images.labels.indices.first {
        images.labels[$0] == label && digit(model.predict(images.images[$0])) == label
      }.map { (images.images[$0], label) }
    }
  }

  private static var signed: SVGPlot.ColorMap { .diverging(negative: .orange, positive: .blue) }

  private var sensitivity: SVGPlot {
    let maps = samples.map { sample in
      saliency(of: { model($0)[sample.label] }, at: sample.image)
    }
    return SVGPlot(
      "Which pixels would change the score?", images: samples.map(\.image) + maps,
      imageWidth: images.width,
      captions: samples.map { "\($0.label)" } + samples.map { _ in "|slope|" }, size: 72)
  }

  private var contributions: SVGPlot {
    let blank = [Double](repeating: 0, count: images.images[0].count)
    let maps = samples.map { sample in
      integratedGradients(
        of: { model($0)[sample.label] }, at: sample.image, from: blank, tolerance: 1e-3)
    }
    let sums = maps.map { "sum \(($0.reduce(0, +) * 100).rounded() / 100)" }
    return SVGPlot(
      "Which pixels make the score, against a blank image? Blue for, orange against",
      images: samples.map(\.image) + maps, imageWidth: images.width,
      captions: samples.map { sample in
        let rise = model.predict(sample.image)[sample.label] - model.predict(blank)[sample.label]
        return "\(sample.label): \((rise * 100).rounded() / 100)"
      } + sums, size: 72, colors: Self.signed)
  }

  private var ideals: SVGPlot {
    let start = [Double](repeating: 0.1, count: images.images[0].count)
    let found = (0...9).map { label in
      inputMaximizing(
        { x in
          // The score of the class against the others.
          let logits = model(x)
          return logits[label] - Value.logSumExp(logits)
        }, from: start, in: 0...1, decay: 0.01)
    }
    let probabilities = found.enumerated().map { label, image in
      "\(label): p \((softmax(model.predict(image))[label] * 1000).rounded() / 1000)"
    }
    return SVGPlot(
      "What would each class like to see?", images: found, imageWidth: images.width,
      captions: probabilities, size: 72)
  }

  private var directions: SVGPlot {
    let product = averageGradientOuterProduct(
      of: { model($0) }, over: Array(images.images.prefix(100)))
    let eigen = SymmetricEigen(product)
    let total = eigen.values.reduce(0, +)
    return SVGPlot(
      "Along which directions does the network change most?",
      images: Array(eigen.vectors.prefix(10)), imageWidth: images.width,
      captions: eigen.values.prefix(10).map { "\(($0 / total * 1000).rounded() / 10) %" }, size: 72,
      colors: Self.signed)
  }

  /// For the neurons that differ most from image to image, the images that they answer to most.
  private var neurons: SVGPlot {
    let activations = images.images.map(firstLayer)
    func variance(_ neuron: Int) -> Double {
      let numbers = activations.map { $0[neuron] }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let chosen = activations[0].indices.map { (neuron: $0, variance: variance($0)) }
      .sorted { ($1.variance, $0.neuron) < ($0.variance, $1.neuron) }.prefix(8).map(\.neuron)
    let rows = chosen.map { neuron in
      images.images.indices.sorted { activations[$0][neuron] > activations[$1][neuron] }.prefix(10)
    }
    return SVGPlot(
      "What does a neuron of the first layer look for? Its highest images, row by row",
      images: rows.flatMap { $0.map { images.images[$0] } }, imageWidth: images.width,
      captions: zip(chosen, rows).flatMap { neuron, row in
        row.map { "\((activations[$0][neuron] * 10).rounded() / 10)" }
      }, size: 48)
  }
}
