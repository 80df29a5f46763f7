import Leibniz

/// What modules take, for each product of a weight and a number; where a module has none, for each of
/// its numbers.
extension Measurements {
  func measureModules() {
    func numbers(
      _ name: String, _ module: some Module, inputs: Int, work: Int, atMost limit: Double
    ) {
      let x = (0..<inputs).map { Double($0 % 7) / 7 - 0.4 }
      let values = x.map { Value($0) }
      report(
        name, nanoseconds(100 * work) { for _ in 0..<100 { use(module.predict(x)) } }, atMost: limit
      )
      report(
        "\(name), values", nanoseconds(100 * work) { for _ in 0..<100 { use(module(values)) } },
        atMost: 10 * limit)
    }
    var generator = SeededGenerator(seed: 1)
    numbers(
      "Layer", Layer(inputs: 64, outputs: 64, using: &generator), inputs: 64, work: 4096, atMost: 10
    )
    numbers(
      "MLP", MLP(inputs: 64, layers: [64, 64], using: &generator), inputs: 64, work: 8192,
      atMost: 10)
    numbers(
      "Residual", Residual(Layer(inputs: 32, outputs: 32, using: &generator)), inputs: 32,
      work: 1024,
      atMost: 10)
    numbers("Residual of relu", Residual(Activation.relu), inputs: 256, work: 256, atMost: 25)
    numbers("Sequential of relu", Sequential([Activation.relu]), inputs: 256, work: 256, atMost: 25)
    numbers("Activation.tanh", Activation.tanh, inputs: 256, work: 256, atMost: 100)
    numbers("LayerNorm", LayerNorm(features: 256), inputs: 256, work: 256, atMost: 60)
    numbers("RMSNorm", RMSNorm(features: 256), inputs: 256, work: 256, atMost: 60)
    numbers("BatchNorm", BatchNorm(features: 256), inputs: 256, work: 256, atMost: 60)
    numbers("Dropout", Dropout(rate: 0.5), inputs: 256, work: 256, atMost: 10)
    numbers(
      "Recurrent GRU", Recurrent(GRUCell(inputs: 16, outputs: 16, using: &generator)),
      inputs: 16 * 8,
      work: 8 * 6 * 256, atMost: 20)
    numbers(
      "Recurrent LSTM", Recurrent(LSTMCell(inputs: 16, outputs: 16, using: &generator)),
      inputs: 16 * 8,
      work: 8 * 8 * 256, atMost: 20)
    numbers(
      "CausalSelfAttention", CausalSelfAttention(width: 16, heads: 4, using: &generator),
      inputs: 16 * 8, work: 8 * 4 * 256, atMost: 20)
    let shape = ImageShape(channels: 1, height: 12, width: 12)
    numbers(
      "Convolution", Convolution(over: shape, filters: 4, size: 3, using: &generator),
      inputs: 144, work: 100 * 9 * 4, atMost: 20)
    numbers("Pooling", Pooling(.maximum, over: shape, size: 2), inputs: 144, work: 144, atMost: 60)
    numbers(
      "LearntPositions", LearntPositions(count: 8, width: 16, using: &generator), inputs: 128,
      work: 128,
      atMost: 60)
    numbers(
      "SinusoidalPositions", SinusoidalPositions(width: 16), inputs: 128, work: 128, atMost: 100)
  }
}
