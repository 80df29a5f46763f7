/// Causal self-attention of several heads: each token takes from those before it, and from itself, what
/// it looks for.
///
/// For each head, Σₜ wₜ vₜ with the weights w = softmax(q · kₜ / √d) over the tokens t so far, where
/// d is the head's part of the width. Then a layer mixes the heads.
///
/// ```swift
/// let attention = CausalSelfAttention(width: 4, heads: 2, using: &generator)
/// attention([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])  // two tokens of width 4 give two
/// ```
///
/// The sequence is one array, token after token. To read one token at a time, as for sampling, use a
/// ``Cache``: what was read before is stored there as keys and values.
///
/// - Complexity: O(tokens² · width + tokens · width²).
///
/// Source: Vaswani and others, *Attention is all you need*, 2017.
public struct CausalSelfAttention: Module {
  /// What each token looks for.
  public let query: Layer
  /// What each token is found by.
  public let key: Layer
  /// What each token gives.
  public let value: Layer
  /// Mixes the heads.
  public let output: Layer
  /// How many heads attend; they share the width.
  public let heads: Int

  /// Attention with random weights, by default those of Glorot, without biases unless asked for.
  ///
  /// - Precondition: The heads divide the width.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(
    width: Int, heads: Int, bias: Bool = false, initializer: Initializer? = nil,
    using generator: inout G
  ) {
    require(
      heads > 0 && width % heads == 0, "\(heads) heads cannot share a width of \(width) equally.")
    func layer() -> Layer {
      Layer(
        inputs: width, outputs: width, bias: bias, initializer: initializer, using: &generator)
    }
    (query, key, value, output) = (layer(), layer(), layer(), layer())
    self.heads = heads
  }

  /// How many numbers a token has.
  public var width: Int { query.inputs }

  /// The layers' tensors, inside `query`, `key`, `value` and `output`.
  public var tensors: [NamedTensor] {
    query.tensors.prefixed(with: "query") + key.tensors.prefixed(with: "key")
      + value.tensors.prefixed(with: "value") + output.tensors.prefixed(with: "output")
  }

  /// What attention remembers of the tokens it has read, head by head.
  public struct Cache<S: Scalar> {
    struct Head {
      /// The part of the width that the head works on.
      let axes: Range<Int>
      /// The keys, token by token.
      var keys: [[S]] = []
      /// The values, axis by axis: for each, its numbers over the tokens.
      var values: [[S]]
      /// What weight each token gave to those before it and to itself.
      var weights: [[S]] = []
    }

    var heads: [Head]

    /// For each head and each token, the weights that it gave to the tokens before it and to itself.
    public var weights: [[[S]]] { heads.map { $0.weights } }
  }

  /// A cache before the first token.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func cache<S: Scalar>() -> Cache<S> {
    let share = width / heads
    return Cache(
      heads: (0..<heads).map {
        Cache.Head(axes: $0 * share..<($0 + 1) * share, values: Array(repeating: [], count: share))
      })
  }

  /// The outputs for the token after those in the cache.
  ///
  /// ```swift
  /// let attention = CausalSelfAttention(width: 4, heads: 2, using: &generator)
  /// var cache: CausalSelfAttention.Cache<Double> = attention.cache()
  /// attention([0.1, 0.2, 0.3, 0.4], &cache)  // four numbers
  /// attention([0.5, 0.6, 0.7, 0.8], &cache)  // this token sees the one before it
  /// ```
  ///
  /// - Precondition: the token has ``width`` numbers.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func callAsFunction<S: NetworkScalar>(_ token: [S], _ cache: inout Cache<S>) -> [S] {
    let (query, key) = (query.outputs(for: token), key.outputs(for: token))
    let value = value.outputs(for: token)
    var mixed: [S] = []
    for head in cache.heads.indices {
      mixed += attend(Array(query[cache.heads[head].axes]), key, value, &cache.heads[head])
    }
    return output.outputs(for: mixed)
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    var cache: Cache<S> = cache()
    return x.rows(of: width).flatMap { self($0, &cache) }
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  private func attend<S: Scalar>(
    _ query: [S], _ key: [S], _ value: [S], _ head: inout Cache<S>.Head
  ) -> [S] {
    head.keys.append(Array(key[head.axes]))
    for (axis, number) in zip(head.values.indices, value[head.axes]) {
      head.values[axis].append(number)
    }
    let scale = 1 / Double(query.count).squareRoot()
    let weights = softmax(head.keys.map { S.dot(query, $0) * scale })
    head.weights.append(weights)
    return head.values.map { .dot(weights, $0) }
  }
}
