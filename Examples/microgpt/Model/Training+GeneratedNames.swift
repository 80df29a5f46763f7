import Leibniz

extension Training {
  /// Training at the usual sizes on generated names, for measurements.
  ///
  /// ```swift
  /// let training = Training.onGeneratedNames(batch: 16)
  /// for _ in 0..<100 { try training.advance() }
  /// ```
  public static func onGeneratedNames(
    batch: Int = 1, isEager: Bool = false, seed: UInt64 = 1
  ) -> Training {
    var generator = SeededGenerator(seed: seed)
    let corpus = Corpus.ofSyllables(count: 1000, using: &generator)
    let model = GPT(GPT.Size(vocabulary: corpus.vocabulary.count), using: &generator)
    let batches = corpus.batches(of: batch, context: model.size.context, using: &generator)
    var settings = Settings()
    settings.isEager = isEager
    return Training(of: model, on: batches, settings)
  }
}
