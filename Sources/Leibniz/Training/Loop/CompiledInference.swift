/// A model's inference as a compiled program, with the loss of each sample.
struct CompiledInference {
  /// The loss, then the model's outputs, as functions of features and targets; `nil` where a program
  /// would not compute the same as plain inference.
  private let program: Program?
  private let shape: (features: Int, targets: Int)

  /// Records the inference for one sample, and compares the program with plain inference on some.
  init<Model: Module>(_ trainer: Trainer<Model>, on data: Dataset) {
    let (x, target) = (data[0].features.map { Value($0) }, data[0].targets.map { Value($0) })
    shape = (x.count, target.count)
    let y = trainer.model.outputs(for: x)
    let program = try? Program(
      outputs: [trainer.loss(y, target)] + y, inputs: x + target,
      parameters: trainer.optimizer.parameters)
    let some = data.subset(at: data.someIndices)
    let isSame = zip(program.map { CompiledInference.rows($0, some) } ?? [], some)
      .allSatisfy { found, sample in
        let output: [Double] = trainer.model.outputs(for: sample.features)
        let targets = sample.targets.map(Value.constant)
        let loss = trainer.loss(output.map(Value.constant), targets).data
        return zip(found, [loss] + output).allSatisfy { found, expected in
          !expected.isFinite && !found.isFinite
            || (found - expected).magnitude <= 1e-6
              * max(1, min(expected.magnitude, found.magnitude))
        }
      }
    self.program = isSame ? program : nil
  }

  /// Whether there is a program to use.
  var isUsable: Bool { program != nil }

  /// Whether samples are of the widths it was recorded for.
  func fits(_ data: Dataset) -> Bool {
    shape == (data[0].features.count, data[0].targets.count)
  }

  /// Visits the loss and the outputs of each sample; the memory it takes does not grow with the data.
  func forEach(
    _ data: Dataset, _ body: (_ loss: Double, _ output: [Double], _ target: [Double]) -> Void
  ) {
    guard let program else { return }
    for start in stride(from: 0, to: data.count, by: 1024) {
      let part = data.subset(at: start..<min(start + 1024, data.count))
      for (row, targets) in zip(CompiledInference.rows(program, part), part.targets) {
        body(row[0], Array(row.dropFirst()), targets)
      }
    }
  }

  private static func rows(_ program: Program, _ data: Dataset) -> [[Double]] {
    program(zip(data.features, data.targets).map { $0 + $1 })
  }
}
