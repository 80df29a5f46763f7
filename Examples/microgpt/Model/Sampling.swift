import Leibniz

extension GPT {
  /// A document that the model makes up.
  ///
  /// Runs on plain numbers, token by token with cached keys and values, until the model ends the
  /// document or the context is full.
  ///
  /// - Parameters:
  ///   - prompt: the tokens to begin with, the boundary first.
  ///   - temperature: below 1 the likely becomes likelier; above 1, less so. Greater than 0.
  /// - Throws: ``TextError/promptTooLong(length:limit:)``.
  public func sample<G: RandomNumberGenerator>(
    after prompt: [Int], boundary: Int, temperature: Double, using generator: inout G
  ) throws(TextError) -> [Int] {
    try checkPrompt(prompt)
    var cache: Cache<Double> = cache()
    var tokens = prompt
    while cache.length < size.context {
      let logits = self(tokens[cache.length], &cache)
      if cache.length < tokens.count { continue }
      let next = draw(softmax(logits.map { $0 / temperature }), using: &generator)
      if next == boundary { break }
      tokens.append(next)
    }
    return tokens
  }

  /// Checks that the context has room for a prompt and what follows.
  ///
  /// - Throws: ``TextError/promptTooLong(length:limit:)``.
  public func checkPrompt(_ prompt: [Int]) throws(TextError) {
    guard prompt.count <= size.context else {
      throw .promptTooLong(length: prompt.count - 1, limit: size.context - 1)
    }
  }

  /// What weight each token of a document gives to those before it, for each head of a block.
  public func attentionWeights(_ tokens: [Int], block: Int = 0) -> [[[Double]]] {
    var cache: Cache<Double> = cache()
    for token in tokens.prefix(size.context) { _ = self(token, &cache) }
    return cache.blocks[block].weights
  }
}

/// An index, each with its probability.
private func draw<G: RandomNumberGenerator>(
  _ probabilities: [Double], using generator: inout G
) -> Int {
  var remainder = Double.random(in: 0..<1, using: &generator)
  for (index, probability) in probabilities.enumerated() {
    remainder -= probability
    if remainder < 0 { return index }
  }
  return probabilities.count - 1
}
