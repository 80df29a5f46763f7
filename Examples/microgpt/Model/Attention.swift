import Leibniz

/// Causal self-attention of several heads: a token takes from those before it what it looks for.
///
/// For each head, Σₜ wₜ vₜ with the weights w = softmax(q · kₜ / √d) over the tokens t so far, where
/// d is the head's part of the width. Then a layer mixes the heads.
///
/// Source: Vaswani and others, *Attention is all you need*, 2017.
struct Attention {
  let query: Layer
  let key: Layer
  let value: Layer
  let output: Layer

  init<G: RandomNumberGenerator>(_ size: GPT.Size, using generator: inout G) {
    query = Block.linear(size.width, size.width, using: &generator)
    key = Block.linear(size.width, size.width, using: &generator)
    value = Block.linear(size.width, size.width, using: &generator)
    output = Block.linear(size.width, size.width, using: &generator)
  }

  /// What attention remembers of the tokens it has seen, head by head.
  struct Cache<S: Scalar> {
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

    init(_ size: GPT.Size) {
      let width = size.width / size.heads
      heads = (0..<size.heads).map {
        Head(axes: $0 * width..<($0 + 1) * width, values: Array(repeating: [], count: width))
      }
    }
  }

  @specialized(where S == Value)
  @specialized(where S == Double)
  func callAsFunction<S: NetworkScalar>(_ x: [S], _ cache: inout Cache<S>) -> [S] {
    let (query, key, value) = (query(x), key(x), value(x))
    var mixed: [S] = []
    for head in cache.heads.indices {
      mixed += attend(Array(query[cache.heads[head].axes]), key, value, &cache.heads[head])
    }
    return output(mixed)
  }

  @specialized(where S == Value)
  @specialized(where S == Double)
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

  var tensors: [NamedTensor] {
    query.tensors.prefixed(with: "query") + key.tensors.prefixed(with: "key")
      + value.tensors.prefixed(with: "value")
      + output.tensors.prefixed(with: "output")
  }
}
