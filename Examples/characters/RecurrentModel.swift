import Leibniz

/// A language model of gated recurrent units: tokens in, logits of the token after each out.
///
/// As a ``Module`` it takes a sequence of tokens as numbers, which may be inputs of a program.
struct RecurrentModel: Module {
  private let parts: Sequential
  let vocabulary: Int

  init<G: RandomNumberGenerator>(vocabulary: Int, width: Int, using generator: inout G) {
    self.vocabulary = vocabulary
    parts = Sequential([
      Embedding(count: vocabulary, dimensions: 16, standardDeviation: 0.5, using: &generator),
      Recurrent(GRUCell(inputs: 16, outputs: width, using: &generator), givesAllSteps: true),
      EachToken(
        width: width, Layer(inputs: width, outputs: vocabulary, using: &generator)),
    ])
  }

  var tensors: [NamedTensor] { parts.tensors }

  func outputs<S: NetworkScalar>(for tokens: [S]) -> [S] { parts.outputs(for: tokens) }

  /// The mean cross-entropy of the tokens after each.
  func loss<S: NetworkScalar>(of tokens: [S], next: [S]) -> S {
    .mean(
      zip(outputs(for: tokens).rows(of: vocabulary), next).map {
        softmaxCrossEntropy(logits: $0, label: $1)
      })
  }
}
