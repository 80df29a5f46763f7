import Leibniz

/// A transformer that says which token comes next: microgpt's.
///
/// ```swift
/// let model = GPT(GPT.Size(vocabulary: 27), using: &generator)
/// var cache: GPT.Cache<Double> = model.cache()
/// let logits = model(26, &cache)  // for the token after token 26
/// ```
///
/// It reads one token at a time; what it read before is stored in the cache as keys and values. So the
/// same lines train it, on the nodes of a graph, and sample from it, on plain numbers. A token cannot
/// see those after it, for they are not in the cache yet.
///
/// Source: Radford and others, *Language models are unsupervised multitask learners*, 2019, with
/// RMSNorm, relu and no biases.
public struct GPT {
  /// How large a model is.
  public struct Size: Equatable, Sendable {
    /// How many different tokens there are.
    public var vocabulary: Int
    /// The length of the vector that represents a token.
    public var width = 16
    /// How many heads attend; they share the width.
    public var heads = 4
    /// How many blocks follow each other.
    public var layers = 1
    /// How many tokens it can look back on, the current one included.
    public var context = 16

    /// The size of microgpt.
    public init(vocabulary: Int) { self.vocabulary = vocabulary }

    /// How many parameters a model has: its embeddings, in each block four square matrices of
    /// attention and two of a network four times as wide, and the head.
    var parameterCount: Double {
      let (width, blocks) = (Double(width), Double(layers))
      return width * Double(2 * vocabulary + context) + blocks * 12 * width * width
    }
  }

  /// How large the model is.
  public let size: Size
  let tokenEmbedding: Embedding
  let positionEmbedding: Embedding
  let norm: RMSNorm
  let blocks: [Block]
  let head: Layer

  /// A model with small random weights.
  ///
  /// - Precondition: The heads divide the width.
  public init<G: RandomNumberGenerator>(_ size: Size, using generator: inout G) {
    guard size.width % size.heads == 0 else {
      fatalError("\(size.heads) heads cannot share a width of \(size.width) equally.")
    }
    self.size = size
    tokenEmbedding = Embedding(
      count: size.vocabulary, dimensions: size.width, standardDeviation: Block.standardDeviation,
      using: &generator)
    positionEmbedding = Embedding(
      count: size.context, dimensions: size.width, standardDeviation: Block.standardDeviation,
      using: &generator)
    norm = RMSNorm(features: size.width, learnsScale: false)
    blocks = (0..<size.layers).map { _ in Block(size, using: &generator) }
    head = Block.linear(size.width, size.vocabulary, using: &generator)
  }

  /// The logits of the next token after `token` and those in the cache.
  public func callAsFunction<S: NetworkScalar>(_ token: Int, _ cache: inout Cache<S>) -> [S] {
    self(.constant(Double(token)), &cache)
  }

  /// The logits of the next token after `token`, which may be an input of a program.
  @specialized(where S == Value)
  @specialized(where S == Double)
  public func callAsFunction<S: NetworkScalar>(_ token: S, _ cache: inout Cache<S>) -> [S] {
    var x = norm(sum(tokenEmbedding.outputs(for: [token]), positionEmbedding(cache.length)))
    for (block, number) in zip(blocks, cache.blocks.indices) {
      x = block(x, &cache.blocks[number])
    }
    cache.length += 1
    return head(x)
  }

  /// The mean cross-entropy of the tokens after the first, each predicted from those before it.
  public func loss(_ tokens: ArraySlice<Int>) -> Value {
    loss(tokens.map { .constant(Double($0)) })
  }

  /// The same of tokens that may be inputs of a program.
  func loss(_ tokens: [Value]) -> Value {
    var cache: Cache<Value> = cache()
    return .mean(
      zip(tokens, tokens.dropFirst()).map { token, next in
        softmaxCrossEntropy(logits: self(token, &cache), label: next)
      })
  }

  /// The keys and values of all blocks for the tokens read.
  public struct Cache<S: Scalar> {
    /// How many tokens were read.
    public fileprivate(set) var length = 0
    var blocks: [CausalSelfAttention.Cache<S>]
  }

  /// A cache before the first token.
  public func cache<S: Scalar>() -> Cache<S> {
    Cache(blocks: blocks.map { $0.attention.cache() })
  }

  /// The parameters with names and shapes; the token embedding comes first.
  public var tensors: [NamedTensor] {
    tokenEmbedding.tensors.prefixed(with: "token")
      + positionEmbedding.tensors.prefixed(with: "position")
      + blocks.enumerated().flatMap { $1.tensors.prefixed(with: "blocks.\($0)") }
      + head.tensors.prefixed(with: "head")
  }

  /// What training changes.
  public var parameters: [Value] { tensors.parameters }
}
