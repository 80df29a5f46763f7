import Leibniz

/// An epoch of 1,024 images of 64 pixels through 64-32-10 in batches of 64: softmax cross-entropy, SGD.
struct DigitsWorkload {
  static let rate = 0.01
  static let batchSize = 64
  let images: [[Double]]
  let labels: [Int]
  let model: MLP

  init() {
    var generator = SeededGenerator(seed: 2)
    model = MLP(inputs: 64, layers: [32, 10], using: &generator)
    images = (0..<1024).map { _ in
      (0..<64).map { _ in Double.random(in: 0...1, using: &generator) }
    }
    // Of which tenth of the range the first pixel is.
    labels = images.map { Int(10 * $0[0]) }
  }

  private var batches: [Range<Int>] {
    stride(from: 0, to: images.count, by: DigitsWorkload.batchSize).map {
      $0..<$0 + DigitsWorkload.batchSize
    }
  }

  static func run() throws -> [Measurement] { [eager(), try compiled()] }

  private static func eager() -> Measurement {
    let workload = DigitsWorkload()
    let optimizer = SGD(workload.model.parameters, learningRate: rate)
    func loss(_ batch: Range<Int>) -> Value {
      .mean(
        batch.map { i in
          let logits: [Value] = workload.model(workload.images[i])
          return softmaxCrossEntropy(logits: logits, label: workload.labels[i])
        })
    }
    return Measurement.of(
      "digits epoch, eager", unit: "ms", scale: 1e3, repeats: 3,
      check: loss(workload.batches[0]).data
    ) {
      for batch in workload.batches {
        optimizer.zeroGrad()
        loss(batch).backward()
        optimizer.step()
      }
    }
  }

  private static func compiled() throws -> Measurement {
    let workload = DigitsWorkload()
    let optimizer = SGD(workload.model.parameters, learningRate: rate)
    // A sample is an image, then 1 at its label and 0 elsewhere.
    let program = try Program(inputs: 74, parameters: optimizer.parameters) { x in
      let logits = workload.model(Array(x[..<64]))
      return [Value.logSumExp(logits) - Value.dot(logits, Array(x[64...]))]
    }
    let batches = try workload.batches.map { batch in
      try program.samples(
        batch.map { i in
          workload.images[i] + (0..<10).map { $0 == workload.labels[i] ? 1 : 0 }
        })
    }
    let session = TrainingSession(optimizer)
    let first = try program.backward(batches[0])
    return try Measurement.of("digits epoch, compiled", unit: "ms", scale: 1e3, check: first) {
      for batch in batches {
        try session.backward(program, batch)
        session.step()
      }
    }
  }
}
