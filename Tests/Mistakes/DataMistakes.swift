import Leibniz

extension Mistakes {
  private static func dataset(_ features: [[Double]], targets: [[Double]]) -> Dataset {
    try! Dataset(features: features, targets: targets)
  }

  private static func trainer(batchSize: Int = 1) -> Trainer<Neurons> {
    let trainer = Trainer(
      Neurons(neuron: Neuron(weights: [Value(1)], bias: nil)), optimizer: SGD([], learningRate: 1),
      seed: 1
    ) { output, target in meanSquaredError(predicted: output, expected: target) }
    trainer.batchSize = batchSize
    return trainer
  }

  private struct Neurons: Module {
    let neuron: Neuron
    var tensors: [NamedTensor] { [] }
    func outputs<S: NetworkScalar>(for x: [S]) -> [S] { [neuron(x)] }
  }

  /// Datasets and trainers used wrongly.
  static let data = [
    Mistake(name: "no-samples", sentence: "There are no samples to train with.") {
      _ = try! trainer().fit(dataset([], targets: []), epochs: 1)
    },
    Mistake(name: "batches-of-none", sentence: "A batch cannot have 0 samples.") {
      _ = try! trainer(batchSize: 0).fit(dataset([[1]], targets: [[1]]), epochs: 1)
    },
    Mistake(name: "nothing-to-evaluate", sentence: "There are no samples to evaluate on.") {
      _ = trainer().evaluate(dataset([], targets: []))
    },
    Mistake(
      name: "label-between-classes",
      sentence: "The target 0.5 of sample 1 is not a whole number, as a label is."
    ) { _ = dataset([[1], [1]], targets: [[1], [0.5]]).labels },
    Mistake(
      name: "label-too-large",
      sentence: "The target 1e+30 of sample 0 is not a whole number, as a label is."
    ) { _ = dataset([[1]], targets: [[1e30]]).labels },
    Mistake(name: "no-label", sentence: "Sample 0 has no target to be its label.") {
      _ = dataset([[1]], targets: [[]]).labels
    },
    Mistake(
      name: "one-hot-label", sentence: "Sample 0 has the label 5, outside 0..<2."
    ) { _ = dataset([[1]], targets: [[5]]).oneHot(classes: 2) },
    Mistake(name: "subset", sentence: "There is no sample 4 in a dataset of 1.") {
      _ = dataset([[1]], targets: [[1]]).subset(at: [4])
    },
    Mistake(name: "slice", sentence: "There are no samples 0..<3 in a dataset of 1.") {
      _ = dataset([[1]], targets: [[1]])[0..<3]
    },
    Mistake(name: "split", sentence: "The fractions [0.5, 0.2] of a split do not sum to 1.") {
      var generator = SeededGenerator(seed: 1)
      _ = dataset([[1]], targets: [[1]]).split([0.5, 0.2], using: &generator)
    },
    Mistake(
      name: "standardiser-of-ragged-rows",
      sentence: "Sample 1 has 1 feature, not 2 as sample 0."
    ) { _ = Standardizer(fittedTo: [[1, 2], [1]]) },
    Mistake(
      name: "standardiser-without-deviations",
      sentence: "A standardiser was given 2 means, but 1 standard deviation."
    ) { _ = Standardizer(means: [1, 2], standardDeviations: [1]) },
    Mistake(
      name: "standardiser-width", sentence: "A standardiser of 2 features was called with 1."
    ) { _ = Standardizer(fittedTo: [[1, 2]])([1]) },
    Mistake(name: "negative-iterations", sentence: "L-BFGS cannot make -1 iterations.") {
      let x = Value(1)
      _ = LBFGS([x]).minimize(iterations: -1) { x * x }
    },
    Mistake(name: "negative-inputs", sentence: "A program cannot have -2 inputs.") {
      _ = try! Program(inputs: -2) { x in [x[0]] }
    },
    Mistake(
      name: "too-many-samples",
      sentence: "There cannot be 9223372036854775807 samples of 2 numbers."
    ) { _ = Samples(count: .max, width: 2) },
    Mistake(
      name: "direction",
      sentence: "A direction of length 1 was given for a point of length 2."
    ) { _ = hessianVectorProduct(at: [1, 2], direction: [1]) { x in x[0] * x[1] } },
    Mistake(name: "cotangent", sentence: "A cotangent of length 2 was given for 1 output.") {
      _ = vectorJacobianProduct(at: [1, 2], cotangent: [1, 2]) { x in [x[0] * x[1]] }
    },
  ]
}
