import ExampleSupport
import Leibniz

/// Epochs of models with weights that are used again and again: along a sequence, over an image.
enum ModelWorkloads {
  static let rate = 0.01
  static let batchSize = 64

  static func run() throws -> [Measurement] {
    try [recurrent(), convolutionEpoch()] + normalised()
  }

  /// 1,626 windows of twelve numbers through a GRU of 48 and a linear layer: squared error, SGD.
  static func recurrent() throws -> Measurement {
    let work = Recurrence()
    let window = (0..<Recurrence.length).map { _ in Value(0) }, next = Value(0)
    let loss = meanSquaredError(predicted: work.model(window), expected: [next])
    let rows = zip(work.windows, work.targets).map { $0 + [$1] }
    return try epoch(
      "GRU epoch, compiled",
      try Program(loss, inputs: window + [next], parameters: work.parameters),
      rows)
  }

  /// 1,024 images of 8 × 8 through two convolutions, each followed by the largest of every four, and
  /// two layers: softmax cross-entropy, SGD.
  static func convolutionEpoch() throws -> Measurement {
    let work = DigitsWorkload()
    let model = convolution()
    let image = (0..<64).map { _ in Value(0) }, label = Value(0)
    let loss = softmaxCrossEntropy(logits: model(image), label: label)
    let rows = zip(work.images, work.labels).map { $0 + [Double($1)] }
    return try epoch(
      "convolution epoch, compiled",
      try Program(loss, inputs: image + [label], parameters: model.parameters), rows)
  }

  static func convolution() -> Sequential {
    convolutionalNetwork(over: ImageShape(height: 8, width: 8), hidden: 128, seed: 4)
  }

  /// A step of 64 images through 64-32-10 with batch normalisation after the first layer: in eager mode,
  /// as the trainer takes it, and as a program whose only sample is the whole batch.
  static func normalised() throws -> [Measurement] {
    let work = DigitsWorkload()
    var generator = SeededGenerator(seed: 6)
    let model = Sequential([
      Layer(inputs: 64, outputs: 32, using: &generator), BatchNorm(features: 32),
      Layer(inputs: 32, outputs: 10, using: &generator),
    ])
    let labels = work.labels[..<batchSize]
    func loss(_ batch: [[Value]]) -> Value {
      let logits = model.trainingOutputs(for: batch, using: &generator)
      return .mean(zip(logits, labels).map { softmaxCrossEntropy(logits: $0, label: $1) })
    }
    let images = Array(work.images[..<batchSize])
    let optimizer = SGD(model.parameters, learningRate: rate)
    let eager = Measurement.of("batch-normalised step, eager", unit: "ms", scale: 1e3) {
      optimizer.zeroGrad()
      loss(images.map { $0.map(Value.constant) }).backward()
      optimizer.step()
    }
    func program() throws -> Program {
      let x = images.map { $0.map { Value($0) } }
      return try Program(loss(x), inputs: x.flatMap { $0 }, parameters: model.parameters)
    }
    let whole = try program()
    let sample = try whole.samples([images.flatMap { $0 }])
    let session = TrainingSession(optimizer)
    return [
      eager,
      try .of("batch-normalised step, batch as one sample", unit: "ms", scale: 1e3) {
        try session.backward(whole, sample)
        session.step()
      },
      try .of("batch-normalised step, recorded and compiled", unit: "ms", scale: 1e3) {
        try session.backward(program(), sample)
      },
    ]
  }

  private static func epoch(
    _ name: String, _ program: Program, _ rows: [[Double]]
  ) throws -> Measurement {
    let batches = try stride(from: 0, to: rows.count, by: batchSize).map {
      try program.samples(Array(rows[$0..<min($0 + batchSize, rows.count)]))
    }
    let session = TrainingSession(SGD(program.parameters, learningRate: rate))
    let first = try program.backward(batches[0])
    return try Measurement.of(name, unit: "ms", scale: 1e3, runs: 1, repeats: 7, check: first) {
      for batch in batches {
        try session.backward(program, batch)
        session.step()
      }
    }
  }

  /// A wave with noise, its windows and what follows each, and the network that predicts it.
  struct Recurrence {
    static let length = 12
    let cell: GRUCell
    let head: Layer
    let windows: [[Double]]
    let targets: [Double]

    init() {
      var generator = SeededGenerator(seed: 5)
      cell = GRUCell(inputs: 1, outputs: 48, using: &generator)
      head = Layer(inputs: 48, outputs: 1, using: &generator)
      let series = (0..<1626 + Recurrence.length).map { i in
        (0.2 * Double(i)).sin() + 0.1 * generator.normal()
      }
      windows = (0..<1626).map { Array(series[$0..<$0 + Recurrence.length]) }
      targets = Array(series[Recurrence.length...])
    }

    var model: Sequential { Sequential([Recurrent(cell), head]) }
    var parameters: [Value] { model.parameters }

    /// Layer by layer, neuron by neuron: the weights, then the bias.
    var byNeuron: [Value] {
      [cell.reset, cell.update, cell.candidate, cell.recall, head].flatMap(\.parameters)
    }
  }
}
