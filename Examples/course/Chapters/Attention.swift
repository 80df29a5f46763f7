import Leibniz
import LeibnizTools

func attention(picture: String) throws {
  let names = """
    ada alan albert alonzo andrey ann anna augustin barbara bernhard blaise carl david donald emmy
    ernst evelyn felix george gottfried grace henri isaac jacob johann john joseph karl katherine
    leonhard maria mary max niels paul pierre rene sofia sonja srinivasa stefan thomas wilhelm
    """.split { $0.isWhitespace }.map { Array($0.prefix(9)) }
  let letters = Array(Set(names.joined())).sorted()
  let context = 10, end = letters.count

  let rows = names.map { name in
    name.map { Double(letters.firstIndex(of: $0)!) }
      + [Double](repeating: Double(end), count: context + 1 - name.count)
  }
  let data = try Dataset(
    features: rows.map { [Double(end)] + $0.dropLast(2) },
    targets: rows.map { Array($0.dropLast()) })

  var generator = SeededGenerator(seed: 1)
  let width = 16
  let attention = CausalSelfAttention(width: width, heads: 2, using: &generator)
  let embedding = Embedding(
    count: letters.count + 1, dimensions: width, standardDeviation: 0.1, using: &generator)
  let positions = LearntPositions(
    count: context, width: width, standardDeviation: 0.1, using: &generator)
  let model = Sequential([
    embedding, positions, Residual(attention),
    Residual(
      EachToken(
        width: width, MLP(inputs: width, layers: [32, width], activation: .relu, using: &generator))
    ),
    EachToken(
      width: width, Layer(inputs: width, outputs: letters.count + 1, using: &generator)),
  ])

  let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 1) {
    let logits = $0.rows(of: letters.count + 1)
    return .mean(zip(logits, $1).map { softmaxCrossEntropy(logits: $0, label: $1) })
  }
  trainer.batchSize = names.count
  trainer.showsProgress = false
  try trainer.fit(data, epochs: 250)
  let losses = trainer.history.map(\.loss)
  print("loss: \(losses[0]), after 250 steps \(losses.last!)")
  guard losses.last! < 0.4 * losses[0] else {
    fatalError("The loss should fall to less than half.")
  }

  func sample() -> String {
    var tokens = [end]
    while tokens.count < context {
      let padded = tokens + [Int](repeating: end, count: context - tokens.count)
      let logits = model.predict(padded.map(Double.init)).rows(of: letters.count + 1)
      let odds = softmax(logits[tokens.count - 1])
      var share = Double.random(in: 0..<1, using: &generator)
      let next = odds.firstIndex {
        share -= $0
        return share < 0
      }
      guard let next, next != end else { break }
      tokens.append(next)
    }
    return String(tokens.dropFirst().map { letters[$0] })
  }
  print("new names: \((0..<8).map { _ in sample() }.joined(separator: ", "))")

  let text = Array("katherine")
  let tokens = [Double(end)] + text.map { Double(letters.firstIndex(of: $0)!) }
  var cache: CausalSelfAttention.Cache<Double> = attention.cache()
  for token in positions.predict(embedding.predict(tokens)).rows(of: width) {
    _ = attention(token, &cache)
  }
  let characters = ["⏎"] + text.map { String($0) }
  var plots: [SVGPlot] = []
  for (head, weights) in cache.weights.enumerated() {
    var plot = SVGPlot(
      "Head \(head + 1)", x: SVGPlot.Axis("looks at", categories: characters),
      y: SVGPlot.Axis("letter", categories: characters, isReversed: true))
    let square = weights.map { $0 + [Double](repeating: 0, count: context - $0.count) }
    plot.addHeatMap(square, x: -0.5...9.5, y: -0.5...9.5, range: 0...1, label: "weight")
    plots.append(plot)
  }
  try SVGFigure(plots, columns: 2).write(to: picture)
}

/// Attention with one key that fits: the softmax of a large product takes that value alone.
func attentionSolution() {
  let query = [4.0, 0]
  let keys = [[1.0, 0], [0, 1], [-1, 0]], values = [10.0, 20, 30]
  for scale in [0, 1, 4.0] {
    let weights = softmax(keys.map { key in scale * Double.dot(query, key) })
    print(weights, Double.dot(weights, values))  // 20, then nearly 10, then 10
  }
}
