import XCTest

@testable import Leibniz

final class SequenceTests: XCTestCase {
  private let sequence = [0.5, -1.0, 0.3, 0.8, 2.0, -0.7]

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + (-x).exp()) }

  /// W x + b, by the tensors of a layer.
  private func affine(_ layer: Layer, _ x: [Double]) -> [Double] {
    let tensors = layer.tensors
    let (weight, bias) = (tensors[0].values.map(\.data), tensors[1].values.map(\.data))
    return bias.indices.map { row in
      var sum = bias[row]
      for (i, number) in x.enumerated() { sum += weight[row * x.count + i] * number }
      return sum
    }
  }

  private func makeGRU() -> GRUCell {
    var generator = SeededGenerator(seed: 1)
    let cell = GRUCell(inputs: 2, outputs: 3, using: &generator)
    for value in cell.tensors.parameters { value.data += 0.1 * generator.normal() }
    return cell
  }

  func testGRUAgainstItsFormulas() {
    let cell = makeGRU()
    var h = [0.0, 0, 0]
    for x in sequence.rows(of: 2) {
      let (r, z) = (affine(cell.reset, x + h).map(sigmoid), affine(cell.update, x + h).map(sigmoid))
      let (a, b) = (affine(cell.candidate, x), affine(cell.recall, h))
      h = h.indices.map { i in
        let n = (a[i] + r[i] * b[i]).tanh()
        return (1 - z[i]) * n + z[i] * h[i]
      }
    }
    let found: [Double] = Recurrent(cell)(sequence)
    assertClose(found, h)
    XCTAssertEqual(
      cell.tensors.map(\.shape), [[3, 5], [3], [3, 5], [3], [3, 2], [3], [3, 3], [3]])
  }

  func testLSTMAgainstItsFormulas() {
    var generator = SeededGenerator(seed: 1)
    let cell = LSTMCell(inputs: 2, outputs: 3, using: &generator)
    XCTAssertEqual(cell.forget.neurons.map { $0.bias!.data }, [1, 1, 1])
    var (h, c) = ([0.0, 0, 0], [0.0, 0, 0])
    var all: [Double] = []
    for x in sequence.rows(of: 2) {
      let i = affine(cell.input, x + h).map(sigmoid), f = affine(cell.forget, x + h).map(sigmoid)
      let o = affine(cell.output, x + h).map(sigmoid)
      let g = affine(cell.candidate, x + h).map { $0.tanh() }
      c = c.indices.map { f[$0] * c[$0] + i[$0] * g[$0] }
      h = h.indices.map { o[$0] * c[$0].tanh() }
      all += h
    }
    let found: [Double] = Recurrent(cell, givesAllSteps: true)(sequence)
    assertClose(found, all)
    XCTAssertEqual(Recurrent(cell).tensors.first?.name, "cell.input.weight")
  }

  private func assertClose(_ found: [Double], _ expected: [Double], line: UInt = #line) {
    XCTAssertEqual(found.count, expected.count, line: line)
    for (a, b) in zip(found, expected) { XCTAssertEqual(a, b, accuracy: 1e-14, line: line) }
  }

  private func attention() -> CausalSelfAttention {
    var generator = SeededGenerator(seed: 2)
    return CausalSelfAttention(width: 2, heads: 2, using: &generator)
  }

  func testGradientsOfEveryPart() throws {
    var generator = SeededGenerator(seed: 3)
    let lstm = Recurrent(LSTMCell(inputs: 2, outputs: 2, using: &generator), givesAllSteps: true)
    let positions = LearntPositions(count: 4, width: 2, using: &generator)
    let modules: [any Module] = [
      Recurrent(makeGRU()), lstm, attention(), positions,
      EachToken(width: 2, Layer(inputs: 2, outputs: 3, activation: .tanh, using: &generator)),
    ]
    for module in modules {
      try module.checkGradients {
        let y = module.outputs(for: sequence.map(Value.constant))
        return Value.dot(y, y.indices.map { .constant(Double($0 + 1)) })
      }
    }
  }

  /// Σ wₜ vₜ, written out for heads of one axis.
  func testAttentionAgainstItsFormula() {
    let attention = attention()
    func product(_ layer: Layer, _ x: [Double]) -> [Double] {
      layer.neurons.map { $0.weights[0].data * x[0] + $0.weights[1].data * x[1] }
    }
    let tokens = sequence.rows(of: 2)
    var expected: [Double] = []
    for t in tokens.indices {
      let query = product(attention.query, tokens[t])
      let heads = (0..<2).map { head in
        let scores = (0...t).map { query[head] * product(attention.key, tokens[$0])[head] }
        let weights = scores.map { $0.exp() }
        let sum = (0...t).reduce(0) {
          $0 + weights[$1] * product(attention.value, tokens[$1])[head]
        }
        return sum / weights.reduce(0, +)
      }
      expected += product(attention.output, heads)
    }
    assertClose(attention.outputs(for: sequence), expected)
  }

  func testTokensDoNotSeeThoseAfterThem() {
    let x = sequence.map { Value($0) }
    let y = attention().outputs(for: x)
    Value.sum(Array(y[2..<4])).backward()
    XCTAssertEqual(x[4...].map(\.grad), [0, 0])
    XCTAssert(x[..<4].allSatisfy { $0.grad != 0 })
  }

  func testWeightsOfAttentionAreProbabilities() {
    let attention = attention()
    var cache: CausalSelfAttention.Cache<Double> = attention.cache()
    for token in sequence.rows(of: 2) { _ = attention(token, &cache) }
    XCTAssertEqual(cache.weights.map { $0.map(\.count) }, [[1, 2, 3], [1, 2, 3]])
    for row in cache.weights.joined() {
      XCTAssertEqual(row.reduce(0, +), 1, accuracy: 1e-15)
    }
  }

  func testPositions() {
    let waves = SinusoidalPositions(width: 4).outputs(for: [Double](repeating: 0, count: 12))
    let angles = [2, 0.02]
    assertClose(Array(waves[8...]), angles.flatMap { [$0.sin(), $0.cos()] })
    var generator = SeededGenerator(seed: 1)
    let learnt = LearntPositions(count: 3, width: 2, using: &generator)
    let y: [Double] = learnt(sequence)
    XCTAssertEqual(y[3], sequence[3] + learnt.vectors.vectors[1][1].data)
  }

  /// Masks of dropout are drawn for each token, and the tokens come back to their sequences.
  func testEachTokenKeepsSequencesApart() {
    var generator = SeededGenerator(seed: 1)
    let part = Layer(inputs: 2, outputs: 1, using: &generator)
    let batch = [sequence, Array(sequence[..<4])].map { $0.map(Value.constant) }
    let outputs = EachToken(width: 2, part).trainingOutputs(for: batch, using: &generator)
    XCTAssertEqual(outputs.map(\.count), [3, 2])
    XCTAssertEqual(outputs[1].map(\.data), outputs[0][..<2].map(\.data))
  }

  /// A model of token indices, trained compiled: which of two tokens came first, three steps ago.
  func testARecurrentClassifierOfTokensLearns() throws {
    var generator = SeededGenerator(seed: 6)
    var (features, labels): ([[Double]], [Int]) = ([], [])
    for _ in 0..<64 {
      let tokens = (0..<3).map { _ in Double(Int.random(in: 0..<2, using: &generator)) }
      features.append(tokens)
      labels.append(Int(tokens[0]))
    }
    let model = Sequential([
      Embedding(count: 2, dimensions: 3, using: &generator),
      Recurrent(GRUCell(inputs: 3, outputs: 4, using: &generator)),
      Layer(inputs: 4, outputs: 2, using: &generator),
    ])
    let optimizer = Adam(model.parameters, learningRate: 0.03)
    let trainer = Trainer(model, optimizer: optimizer, seed: 1) {
      softmaxCrossEntropy(logits: $0, label: $1[0])
    }
    trainer.isCorrect = { ($0[1] > $0[0]) == ($1[0] == 1) }
    try trainer.fit(Dataset(features: features, labels: labels), epochs: 40)
    XCTAssertNil(trainer.whyNotCompiled)
    XCTAssertEqual(trainer.history.last?.accuracy, 1)
  }
}
