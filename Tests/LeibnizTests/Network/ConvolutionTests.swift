import XCTest

@testable import Leibniz

final class ConvolutionTests: XCTestCase {
  private func image(_ shape: ImageShape) -> [Double] {
    var generator = SeededGenerator(seed: 5)
    return (0..<shape.count).map { _ in generator.normal() }
  }

  /// The sum over a padded image, written with four coordinates.
  private func expected(
    _ convolution: Convolution, _ x: [Double], size: (Int, Int), stride: Int,
    padding: (Int, Int)
  ) -> [Double] {
    let (input, output) = (convolution.input, convolution.output)
    func pixel(_ channel: Int, _ row: Int, _ column: Int) -> Double {
      guard 0..<input.height ~= row, 0..<input.width ~= column else { return 0 }
      return x[(channel * input.height + row) * input.width + column]
    }
    var y: [Double] = []
    for filter in convolution.filters {
      for row in 0..<output.height {
        for column in 0..<output.width {
          var sum = filter.bias?.data ?? 0
          var weights = filter.weights.map(\.data)[...]
          for channel in 0..<input.channels {
            for u in 0..<size.0 {
              for v in 0..<size.1 {
                let (r, c) = (row * stride + u - padding.0, column * stride + v - padding.1)
                sum += weights.removeFirst() * pixel(channel, r, c)
              }
            }
          }
          y.append(max(sum, 0))
        }
      }
    }
    return y
  }

  func testImagesAgainstTheSum() {
    let shape = ImageShape(channels: 2, height: 5, width: 4)
    for (size, stride, padding) in [(3, 1, 1), (2, 2, 0), (3, 2, 1), (1, 1, 0), (4, 3, 2)] {
      var generator = SeededGenerator(seed: 1)
      let convolution = Convolution(
        over: shape, filters: 3, size: size, stride: stride, padding: padding, activation: .relu,
        using: &generator)
      XCTAssertEqual(convolution.output.height, (5 + 2 * padding - size) / stride + 1)
      XCTAssertEqual(convolution.output.width, (4 + 2 * padding - size) / stride + 1)
      let y: [Double] = convolution(image(shape))
      let sums = expected(
        convolution, image(shape), size: (size, size), stride: stride, padding: (padding, padding))
      XCTAssertEqual(y.count, sums.count)
      for (a, b) in zip(y, sums) { XCTAssertEqual(a, b, accuracy: 1e-13) }
      XCTAssertEqual(convolution.tensors.map(\.shape), [[3, 2, size, size], [3]])
    }
  }

  func testSignalsAgainstTheSum() {
    let shape = ImageShape.signal(channels: 3, length: 9)
    var generator = SeededGenerator(seed: 1)
    let convolution = Convolution(
      over: shape, filters: 2, size: 4, stride: 2, padding: 1, activation: .relu, bias: false,
      using: &generator)
    XCTAssertEqual(convolution.output, .signal(channels: 2, length: 4))
    XCTAssertEqual(convolution.tensors.map(\.shape), [[2, 3, 4]])
    let y: [Double] = convolution(image(shape))
    let sums = expected(convolution, image(shape), size: (1, 4), stride: 2, padding: (0, 1))
    for (a, b) in zip(y, sums) { XCTAssertEqual(a, b, accuracy: 1e-13) }
  }

  func testPooling() {
    let shape = ImageShape(channels: 2, height: 3, width: 4)
    let x = (0..<24).map(Double.init)
    let largest: [Double] = Pooling(.maximum, over: shape, size: 2)(x)
    XCTAssertEqual(largest, [5, 7, 17, 19])
    let means: [Double] = Pooling(.mean, over: shape, size: 2)(x)
    XCTAssertEqual(means, [2.5, 4.5, 14.5, 16.5])
    let overlapping: [Double] = Pooling(.maximum, over: .signal(length: 4), size: 2, stride: 1)([
      3, 1, 4, 1,
    ])
    XCTAssertEqual(overlapping, [3, 4, 4])
    XCTAssertEqual(
      Pooling(.maximum, over: shape, size: 2).output, ImageShape(channels: 2, height: 1, width: 2))
  }

  func testGradients() throws {
    let shape = ImageShape(height: 4, width: 4)
    var generator = SeededGenerator(seed: 1)
    let convolution = Convolution(
      over: shape, filters: 2, size: 3, padding: 1, activation: .tanh, using: &generator)
    let model = Sequential([
      convolution, Pooling(.maximum, over: convolution.output, size: 2),
      Pooling(.mean, over: ImageShape(channels: 2, height: 2, width: 2), size: 2),
    ])
    let x = image(shape)
    try model.checkGradients {
      let y = model(x)
      return y[0] * y[0] + 3 * y[1]
    }
  }

  /// A bar that stands is told from one that lies, wherever it is; compiled as in eager mode.
  func testAConvolutionLearnsBars() throws {
    let shape = ImageShape(height: 6, width: 6)
    var (features, labels): ([[Double]], [Int]) = ([], [])
    for start in 0..<6 {
      for place in 0..<4 {
        var (standing, lying) = (
          [Double](repeating: 0, count: 36), [Double](repeating: 0, count: 36)
        )
        for i in place..<place + 3 {
          standing[i * 6 + start] = 1
          lying[start * 6 + i] = 1
        }
        features += [standing, lying]
        labels += [0, 1]
      }
    }
    let data = try Dataset(features: features, labels: labels)
    func history(isCompiled: Bool) throws -> [EpochRecord] {
      var generator = SeededGenerator(seed: 2)
      let convolution = Convolution(
        over: shape, filters: 3, size: 3, padding: 1, activation: .relu, using: &generator)
      let pooling = Pooling(.maximum, over: convolution.output, size: 3)
      let model = Sequential([
        convolution, pooling, Layer(inputs: pooling.output.count, outputs: 2, using: &generator),
      ])
      let optimizer = Adam(model.parameters, learningRate: 0.02)
      let trainer = Trainer(model, optimizer: optimizer, seed: 3) {
        softmaxCrossEntropy(logits: $0, label: $1[0])
      }
      trainer.isCorrect = { ($0[1] > $0[0]) == ($1[0] == 1) }
      trainer.batchSize = 16
      trainer.isCompiled = isCompiled
      try trainer.fit(data, epochs: 30)
      XCTAssertNil(trainer.whyNotCompiled)
      return trainer.history
    }
    let (compiled, eager) = (try history(isCompiled: true), try history(isCompiled: false))
    for (a, b) in zip(compiled, eager) {
      assertClose(a.loss, b.loss, relative: 1e-9, floor: 1e-3, "loss")
    }
    XCTAssertEqual(compiled.last?.accuracy, 1)
  }
}
