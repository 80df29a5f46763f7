import ExampleSupport
import Leibniz
import LeibnizTools

// What a network learns of a table, a kernel machine learns without backpropagation: both find the same
// directions, which the average gradient outer product shows.

@main
struct Features {
  static func main() {
    runExample {
      var options = Options(
        "features", "Compares the features of a recursive feature machine with those of an MLP.")
      let count = options.integer("rows", default: 300, in: 20...5000, "rows to learn from")
      let rounds = options.integer("rounds", default: 5, in: 1...100, "rounds of the machine")
      let seed = options.integer("seed", default: 1, "the random seed")
      let export = options.export("the trained MLP")
      let output = options.output("output", default: "features.svg", "the picture to write")
      try options.finish()

      var generator = SeededGenerator(seed: UInt64(seed))
      let train = Table(count: count, noise: 0.1, using: &generator)
      let test = Table(count: 500, noise: 0.1, using: &generator)
      print(
        "\(count) rows of \(Table.columns) columns; y = tanh 2u + v², u = (x₁ + x₂)/√2, "
          + "v = (x₄ − x₆)/√2\n\nunexplained share of the variance of \(test.rows.count) other rows"
      )

      var metric = (0..<Table.columns).map { i in (0..<Table.columns).map { i == $0 ? 1.0 : 0 } }
      var errors: [Double] = []
      for round in 0..<rounds {
        let machine = try KernelMachine(train.rows, train.targets, metric: metric, ridge: 1e-2)
        errors.append(test.error { machine($0) })
        print(
          "  kernel machine, \(round == 0 ? "the plain metric" : "metric \(round)")  ",
          percent(errors[round]))
        metric = scaled(averageGradientOuterProduct(of: { machine($0) }, over: train.rows))
      }
      let model = try network(train, &generator)
      if let export { try model.export(to: export, inputs: Table.columns) }
      let error = test.error { model.predict($0)[0] }
      print("  MLP                               ", percent(error))
      let learnt = scaled(averageGradientOuterProduct(of: { model($0) }, over: train.rows))
      let agreement = cosine(metric, learnt)
      print(
        """

        cosine of the two outer products   \(agreement.rounded(to: 4))
        the two directions of the machine  \(percent(share(of: metric))) in the plane of u and v
        the two directions of the MLP      \(percent(share(of: learnt))) in the plane of u and v
        """)
      try picture(metric, learnt, errors, error).write(to: output)
      print("wrote \(output)")
      guard count < 300 || rounds < 5 || (agreement > 0.9 && errors.last! < 0.5 * errors[0]) else {
        throw MissedTarget("The features should agree, and halve the machine's error.")
      }
    }
  }

  private static func network(
    _ train: Table, _ generator: inout SeededGenerator
  ) throws -> MLP {
    let model = MLP(
      inputs: Table.columns, layers: [64, 64, 1], activation: .tanh, using: &generator)
    let trainer = Trainer(
      model, optimizer: AdamW(model.parameters, learningRate: 0.005, weightDecay: 0.3), seed: 1
    ) { meanSquaredError(predicted: $0, expected: $1) }
    let epochs = 200
    trainer.schedule = .cosine(
      from: 0.005, steps: epochs * ((train.rows.count + trainer.batchSize - 1) / trainer.batchSize))
    try trainer.fit(Dataset(features: train.rows, targets: train.targets), epochs: epochs)
    return model
  }

  /// How much of the first two eigenvectors lies in the plane that the targets depend on.
  private static func share(of product: [[Double]]) -> Double {
    let vectors = SymmetricEigen(product).vectors.prefix(2)
    return vectors.reduce(0) { sum, vector in
      sum + Table.directions.reduce(0) { $0 + Double.dot($1, vector) * Double.dot($1, vector) } / 2
    }
  }

  /// With a mean of 1 on the diagonal, as the identity has.
  private static func scaled(_ product: [[Double]]) -> [[Double]] {
    let trace = product.indices.reduce(0) { $0 + product[$1][$1] }
    return product.map { $0.map { $0 * Double(product.count) / trace } }
  }

  private static func cosine(_ a: [[Double]], _ b: [[Double]]) -> Double {
    let (a, b) = (a.flatMap { $0 }, b.flatMap { $0 })
    return Double.dot(a, b) / (Double.dot(a, a) * Double.dot(b, b)).squareRoot()
  }
}

/// The two outer products, and how the machine's error falls to the network's.
private func picture(
  _ machine: [[Double]], _ network: [[Double]], _ errors: [Double], _ error: Double
) -> SVGFigure {
  let names = (1...Table.columns).map { "x\($0)" }
  func plot(_ title: String, _ product: [[Double]]) -> SVGPlot {
    let range = -0.5...Double(Table.columns) - 0.5
    var plot = SVGPlot(
      title, x: SVGPlot.Axis(categories: names),
      y: SVGPlot.Axis(categories: names, isReversed: true), width: 260, height: 260)
    plot.addHeatMap(
      product, x: range, y: range, colors: .diverging(negative: .orange, positive: .blue),
      label: "∂f/∂xᵢ · ∂f/∂xⱼ")
    return plot
  }
  var course = SVGPlot(
    "Unexplained variance", x: SVGPlot.Axis("round"), y: SVGPlot.Axis(scale: .logarithmic),
    width: 300, height: 260)
  course.addLine(errors, label: "kernel machine")
  course.addLine(
    x: [0, Double(max(errors.count - 1, 1))], y: [error, error], label: "MLP", style: .dashed)
  return SVGFigure(
    plot("Recursive feature machine", machine), plot("MLP", network), course, columns: 3)
}
