import Leibniz
import MicroGPTModel

extension ExportedCase {
  static func all() throws -> [ExportedCase] {
    var generator = SeededGenerator(seed: 15)
    let rows = try unaryRows() + binaryRows(&generator) + listRows(&generator)
    return try rows + [
      try line(),
      try network("small", [2, 3, 1], using: &generator) { y, x in (y[0] - x[0]).power(2) },
      try moons(&generator), try digits(&generator), try microgpt(&generator),
      try curvature(&generator), try third(&generator),
    ] + (1...3).map { try random("random\($0)", operations: 20 * $0, &generator) }
      + [random("walked", operations: 300, unjoinedLimit: 100, &generator)]
  }

  /// The line of the article *Taking a program elsewhere*.
  static func line() throws -> ExportedCase {
    let w = Value(3)
    let (x, t) = (Value(0), Value(0))
    let program = try Program((w * x - t).power(2), inputs: [x, t])
    return ExportedCase(name: "line", program: program, samples: try Samples([[1, 2], [3, 4]]))
  }

  /// Numbers at which functions over- and underflow, cancel, or are not defined.
  static let specialNumbers: [Double] =
    [
      0, 0x1p-1074, 0x1p-1030, 1e-300, 1e-160, 1e-8, 0.1, 0.5, 1, 1.5, 20, 710, 1e160, 1e300,
      .infinity,
    ].flatMap { [$0, -$0] } + [.nan, 3]

  /// Each function of one number, and each derivative: the gradient of the sum over functions of inputs
  /// of their own has every derivative, whatever the values of others.
  static func unaryRows() throws -> [ExportedCase] {
    let rows = UnaryFunction.allCases
    return try table("unary", specialNumbers.map { [$0] }, count: rows.count) {
      Value.apply(rows[$0], $1[0])
    }
  }

  static func binaryRows(_ generator: inout SeededGenerator) throws -> [ExportedCase] {
    let rows = BinaryFunction.allCases
    let others = specialNumbers.shuffled(using: &generator)
    return try table(
      "binary", zip(specialNumbers, others).map { [$0, $1] }, count: rows.count
    ) { Value.apply(rows[$0], $1[0], $1[1]) }
  }

  /// Functions of four numbers; the first input is the index of `lookup`.
  static func listRows(_ generator: inout SeededGenerator) throws -> [ExportedCase] {
    let rows = NaryFunction.allCases
    // Not so large that two products overflow: one that is not rounded before it is added may not.
    let others = specialNumbers.filter { $0.magnitude < 1e150 || $0.isInfinite || $0.isNaN }
    let samples = specialNumbers.enumerated().map { i, number in
      [Double(i % 4), number] + (0..<3).map { _ in others.randomElement(using: &generator)! }
    }
    return try table("list", samples, count: rows.count) { row, x in
      switch rows[row] {
      case .lookup: Value.apply(.lookup, x)
      case .select: Value.apply(.select, Array(x[1...3]))
      default: Value.apply(rows[row], Array(x[1...]))
      }
    }
  }

  private static func table(
    _ name: String, _ samples: [[Double]], count: Int, _ row: @escaping (Int, [Value]) -> Value
  ) throws -> [ExportedCase] {
    let values = try Program(inputs: samples[0].count) { x in (0..<count).map { row($0, x) } }
    let width = samples[0].count
    let sum = try Program(inputs: count * width) { x in
      [.sum((0..<count).map { row($0, Array(x[$0 * width..<($0 + 1) * width])) })]
    }
    return [
      ExportedCase(
        name: name, program: values, samples: try Samples(samples), hasONNX: name != "binary"),
      ExportedCase(
        name: "\(name)_slopes", program: sum,
        samples: try Samples(samples.map { sample in (0..<count).flatMap { _ in sample } }),
        gradients: .inputs, hasONNX: false),
    ]
  }

  /// A network whose last inputs are what its outputs are compared with.
  static func network(
    _ name: String, _ widths: [Int], using generator: inout SeededGenerator, count: Int = 37,
    loss: (_ outputs: [Value], _ targets: [Value]) -> Value
  ) throws -> ExportedCase {
    let model = MLP(
      inputs: widths[0], layers: Array(widths.dropFirst()), activation: .relu, using: &generator)
    let x = (0..<widths[0]).map { _ in Value(0) }
    let targets = (0..<1).map { _ in Value(0) }
    let program = try Program(
      loss(model(x), targets), inputs: x + targets, parameters: model.parameters)
    let samples = (0..<count).map { i -> [Double] in
      (0..<widths[0]).map { _ in .random(in: -1...1, using: &generator) } + [
        Double(i % widths.last!)
      ]
    }
    return ExportedCase(
      name: name, program: program, samples: try Samples(samples),
      gradients: [.parameters, .inputs],
      tensors: model.tensors)
  }

  static func moons(_ generator: inout SeededGenerator) throws -> ExportedCase {
    try network("moons", [2, 16, 16, 1], using: &generator, count: 100) { y, target in
      hingeLoss(predicted: y[0], expected: 2 * target[0] - 1)
    }
  }

  static func digits(_ generator: inout SeededGenerator) throws -> ExportedCase {
    try network("digits", [64, 64, 10], using: &generator, count: 100) { y, label in
      softmaxCrossEntropy(logits: y, label: label[0])
    }
  }

  static func microgpt(_ generator: inout SeededGenerator) throws -> ExportedCase {
    let model = GPT(GPT.Size(vocabulary: 27), using: &generator)
    let program = try model.lossProgram(length: 17)
    let samples = (0..<3).map { _ in
      (0..<17).map { _ in Double(Int.random(in: 0..<27, using: &generator)) }
    }
    return ExportedCase(name: "microgpt", program: program, samples: try Samples(samples))
  }

  /// A derivative as a program, and a loss that contains one.
  static func curvature(_ generator: inout SeededGenerator) throws -> ExportedCase {
    let model = MLP(inputs: 1, layers: [8, 8, 1], activation: .tanh, using: &generator)
    let x = Value(0)
    let y = model([x])[0]
    let slope = Leibniz.gradients(of: y, withRespectTo: [x])[0]
    let second = Leibniz.gradients(of: slope, withRespectTo: [x])[0]
    let program = try Program(
      (second + y).power(2), inputs: [x], parameters: model.parameters)
    let samples = (0..<20).map { _ in [Double.random(in: -2...2, using: &generator)] }
    return ExportedCase(
      name: "curvature", program: program, samples: try Samples(samples),
      gradients: [.parameters, .inputs])
  }

  /// The second derivative of a network as a program, whose gradient is a third one.
  static func third(_ generator: inout SeededGenerator) throws -> ExportedCase {
    let model = MLP(inputs: 1, layers: [8, 1], activation: .tanh, using: &generator)
    let network = try Program(inputs: 1, parameters: model.parameters) { model($0) }
    let second = try network.gradient(withRespectTo: .inputs).gradient(withRespectTo: .inputs)
    return ExportedCase(
      name: "third", program: second, samples: try Samples([[-1.5], [0], [0.25], [2]]),
      gradients: [.parameters, .inputs])
  }

  /// A formula drawn from rows that are smooth and moderate everywhere.
  static func random(
    _ name: String, operations: Int, unjoinedLimit: Int = 2000, _ generator: inout SeededGenerator
  ) throws -> ExportedCase {
    let weights = (0..<5).map { _ in Value(.random(in: -1...1, using: &generator)) }
    let x = (0..<4).map { _ in Value(0) }
    let functions: [UnaryFunction] = [
      .sin, .cos, .tanh, .sigmoid, .softplus, .atan, .erf, .gelu, .silu, .asinh, .sech,
      .normalDensity, .relu, .abs,
    ]
    var values = x + weights
    for _ in 0..<operations {
      func pick() -> Value {
        let place = Int.random(in: 0..<min(values.count, 20), using: &generator)
        return values[values.count - 1 - place]
      }
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: values.append(pick() + pick())
      case 1: values.append((pick() * pick()).tanh())
      case 2: values.append(pick() - 0.5 * pick())
      case 3: values.append(Value.logSumExp([pick(), pick(), pick()]).tanh())
      case 4: values.append(Value.maximum([pick(), pick()]))
      case 5: values.append(Value.select(where: pick(), then: pick(), else: pick()))
      default:
        values.append(Value.apply(functions.randomElement(using: &generator)!, pick()).tanh())
      }
    }
    let program = try Program(
      .mean(Array(values.suffix(20))), inputs: x, parameters: weights)
    let samples = (0..<33).map { _ in
      (0..<4).map { _ in Double.random(in: -2...2, using: &generator) }
    }
    return ExportedCase(
      name: name, program: program, samples: try Samples(samples),
      gradients: [.parameters, .inputs], unjoinedLimit: unjoinedLimit)
  }
}
