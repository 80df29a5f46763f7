import Leibniz

/// A perceptron that learns to read digits, by a compiled program.
struct DigitReader {
  let model: MLP
  private let program: Program
  private let optimizer: AdamW
  private let width: Int

  init<G: RandomNumberGenerator>(hidden: Int, on images: LabelledImages, using generator: inout G)
    throws
  {
    let pixels = images.images[0].map { _ in Value(0) }
    let oneHot = (0..<10).map { _ in Value(0) }
    model = MLP(
      inputs: pixels.count, layers: [hidden, hidden, 10], activation: .relu, using: &generator)
    // The cross-entropy of a label that is known only when the program runs.
    let logits = model(pixels)
    program = try Program(
      Value.logSumExp(logits) - Value.dot(logits, oneHot), inputs: pixels + oneHot)
    optimizer = AdamW(model.parameters, learningRate: 0.003, weightDecay: 0.01)
    width = images.width
  }

  /// Passes once over the images in random order, each moved a little.
  ///
  /// - Returns: The mean loss.
  func epoch<G: RandomNumberGenerator>(
    _ number: Int, of epochs: Int, on images: LabelledImages, using generator: inout G
  ) -> Double {
    optimizer.learningRate = LearningRateSchedule.cosine(from: 0.003, steps: epochs)(number)
    let data = Dataset(features: images.images, labels: images.labels).oneHot(classes: 10)
    var sum = 0.0
    for batch in data.batches(of: 32, using: &generator) {
      let samples = zip(batch.features, batch.targets).map { image, oneHot in
        shifted(image, using: &generator) + oneHot
      }
      optimizer.zeroGrad()
      sum += program.backward(samples) * Double(batch.count)
      optimizer.step()
    }
    return sum / Double(images.count)
  }

  /// The digit that the model sees in each image.
  func predictions(for images: LabelledImages) -> [Int] {
    images.images.map { image in
      let logits: [Double] = model(image)
      return logits.indices.max { logits[$0] < logits[$1] }!
    }
  }

  /// The image moved by up to so many pixels in each direction, between the pixels too.
  private func shifted<G: RandomNumberGenerator>(
    _ image: [Double], using generator: inout G
  ) -> [Double] {
    let largest = 0.05 * Double(width)
    let dx = Double.random(in: -largest...largest, using: &generator)
    let dy = Double.random(in: -largest...largest, using: &generator)
    return image.indices.map { i in
      let (row, column) = (i / width, i % width)
      let (x, y) = (Double(column) + dx, Double(row) + dy)
      let (left, top) = (x.rounded(.down), y.rounded(.down))
      func pixel(_ x: Double, _ y: Double) -> Double {
        guard x >= 0, Int(x) < width, y >= 0, Int(y) * width < image.count else { return 0 }
        return image[Int(y) * width + Int(x)]
      }
      let (u, v) = (x - left, y - top)
      return (1 - v) * ((1 - u) * pixel(left, top) + u * pixel(left + 1, top))
        + v * ((1 - u) * pixel(left, top + 1) + u * pixel(left + 1, top + 1))
    }
  }
}
