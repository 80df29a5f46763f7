import Leibniz

extension Mistakes {
  private static var newGenerator: SeededGenerator { SeededGenerator(seed: 1) }

  private static func layer(inputs: Int, outputs: Int) -> Layer {
    var generator = newGenerator
    return Layer(inputs: inputs, outputs: outputs, using: &generator)
  }

  /// Models of impossible sizes, and numbers that do not fit them.
  static let networks = [
    Mistake(
      name: "layer-of-negative-size", sentence: "A layer cannot have 3 inputs and -1 outputs."
    ) { _ = layer(inputs: 3, outputs: -1) },
    Mistake(name: "layer-width", sentence: "A layer with 2 inputs was called with 3.") {
      _ = layer(inputs: 2, outputs: 1)([1, 2, 3])
    },
    Mistake(name: "neuron-width", sentence: "A neuron with 1 input was called with 2.") {
      _ = Neuron(weights: [Value(1)], bias: nil)([1, 2])
    },
    Mistake(
      name: "embedding-of-negative-size",
      sentence: "An embedding cannot have -1 vectors of 3 numbers."
    ) {
      var generator = newGenerator
      _ = Embedding(count: -1, dimensions: 3, using: &generator)
    },
    Mistake(
      name: "embedding-past-the-end", sentence: "There is no vector 2 in an embedding of 2 vectors."
    ) {
      var generator = newGenerator
      let vector: [Double] = Embedding(count: 2, dimensions: 3, using: &generator)(2)
      _ = vector
    },
    Mistake(
      name: "batch-normalisation-of-negative-size",
      sentence: "A normalisation cannot have -1 features."
    ) { _ = BatchNorm(features: -1) },
    Mistake(
      name: "layer-normalisation-of-negative-size",
      sentence: "A normalisation cannot have -2 features."
    ) { _ = LayerNorm(features: -2) },
    Mistake(
      name: "root-mean-square-of-negative-size",
      sentence: "A normalisation cannot have -3 features."
    ) { _ = RMSNorm(features: -3) },
    Mistake(
      name: "normalisation-width", sentence: "A normalisation of 2 features was called with 1."
    ) { _ = LayerNorm(features: 2)([1]) },
    Mistake(
      name: "batch-of-one",
      sentence: "Batch normalisation needs at least two samples; the batch has 1."
    ) {
      var generator = newGenerator
      _ = BatchNorm(features: 1).trainingOutputs(for: [[1.0]], using: &generator)
    },
    Mistake(name: "dropout-of-all", sentence: "The rate of dropout is 1.0, outside 0..<1.") {
      _ = Dropout(rate: 1)
    },
    Mistake(name: "residual-width", sentence: "A residual block has 2 inputs but 3 outputs.") {
      _ = Residual(layer(inputs: 2, outputs: 3))([1, 2])
    },
    Mistake(
      name: "uniform-weights", sentence: "Weights cannot be drawn from -bound...bound for -1.0."
    ) {
      var generator = newGenerator
      _ = Initializer.uniform(bound: -1).weight(inputs: 1, outputs: 1, using: &generator)
    },
    Mistake(name: "tensor-shape", sentence: "1 number cannot fill the shape [-1, -1].") {
      _ = NamedTensor("weight", shape: [-1, -1], [Value(1)])
    },
    Mistake(name: "label-past-the-end", sentence: "There is no class 2 among 2 logits.") {
      _ = softmaxCrossEntropy(logits: [1.0, 2.0], label: 2)
    },
    Mistake(
      name: "too-many-labels", sentence: "1 prediction cannot be compared with 2 targets."
    ) { _ = softmaxCrossEntropy(logits: [[1.0, 2.0]], labels: [1, 0]) },
    Mistake(name: "smoothing", sentence: "A label cannot be smoothed by 2.0, outside 0...1.") {
      _ = softmaxCrossEntropy(logits: [1.0, 2.0], label: 1, smoothing: 2)
    },
  ]
}
