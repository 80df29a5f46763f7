import ExampleSupport
import Leibniz
import PlainC

/// One training step of micrograd's demo: 100 points, MLP 2-16-16-1, hinge loss + 10⁻⁴ Σp², SGD.
struct MoonsWorkload {
  static let rate = 0.01
  let data: LabelledPoints
  let model: MLP
  let parameters: [Value]

  init() {
    var generator = SeededGenerator(seed: 1)
    data = .twoMoons(count: 100, noise: 0.1, using: &generator)
    model = MLP(inputs: 2, layers: [16, 16, 1], using: &generator)
    parameters = model.parameters
  }

  private var penalty: Value { 1e-4 * Value.dot(parameters, parameters) }

  private func eagerLoss() -> Value {
    let losses = zip(data.points, data.labels).map { point, label -> Value in
      let score: [Value] = model(point)
      return hingeLoss(predicted: score[0], expected: label)
    }
    return Value.mean(losses) + penalty
  }

  /// A sample: a point and its label.
  private var samples: [[Double]] { zip(data.points, data.labels).map { $0 + [$1] } }

  /// The loss for the placeholders of a sample.
  private func loss(of x: [Value]) -> Value {
    hingeLoss(predicted: model([x[0], x[1]])[0], expected: x[2]) + penalty
  }

  /// The step in eager mode, as a program, and by hand in C; then second derivatives.
  static func run() throws -> [Measurement] {
    [try eager(), try compiled(), plainC()] + (try secondOrder())
  }

  private static func eager() throws -> Measurement {
    let workload = MoonsWorkload()
    let optimizer = SGD(workload.parameters, learningRate: rate)
    return Measurement.of(
      "moons step, eager", unit: "µs", scale: 1e6, check: workload.eagerLoss().data
    ) {
      optimizer.zeroGrad()
      workload.eagerLoss().backward()
      optimizer.step()
    }
  }

  private static func compiled() throws -> Measurement {
    let workload = MoonsWorkload()
    let optimizer = SGD(workload.parameters, learningRate: rate)
    let program = try Program(inputs: 3, parameters: optimizer.parameters) { x in
      [workload.loss(of: x)]
    }
    let samples = try program.samples(workload.samples)
    let session = TrainingSession(optimizer)
    let first = try session.backward(program, samples)
    session.step()
    return try Measurement.of("moons step, compiled", unit: "µs", scale: 1e6, check: first) {
      try session.backward(program, samples)
      session.step()
    }
  }

  private static func plainC() -> Measurement {
    let workload = MoonsWorkload()
    var parameters = workload.parameters.map(\.data)
    func padded(_ column: [Double]) -> [Double] { column + [0, 0, 0, 0] }
    let x = padded(workload.data.points.map { $0[0] })
    let y = padded(workload.data.points.map { $0[1] })
    let labels = padded(workload.data.labels)
    let first = plain_moons_step(&parameters, x, y, labels, rate)
    return Measurement.of("moons step, plain C loops", unit: "µs", scale: 1e6, check: first) {
      _ = plain_moons_step(&parameters, x, y, labels, rate)
    }
  }

  private static func secondOrder() throws -> [Measurement] {
    let workload = MoonsWorkload()
    let parameters = workload.parameters
    let direction = parameters.indices.map { 1 / Double($0 + 1) }
    let program = try Program(inputs: 3, parameters: parameters) { [workload.loss(of: $0)] }
    let samples = try program.samples(workload.samples)
    func eagerProduct() -> [Double] {
      hessianVectorProduct(
        of: workload.eagerLoss(), withRespectTo: parameters, direction: direction)
    }
    let first = program.hessianVectorProduct(samples, direction: direction)[0]
    return [
      Measurement.of("moons gradient, as values", unit: "µs", scale: 1e6) {
        _ = gradients(of: workload.eagerLoss(), withRespectTo: parameters)
      },
      Measurement.of(
        "moons Hessian-vector product, eager", unit: "µs", scale: 1e6, check: eagerProduct()[0]
      ) {
        _ = eagerProduct()
      },
      Measurement.of(
        "moons Hessian-vector product, compiled", unit: "µs", scale: 1e6, check: first
      ) {
        _ = program.hessianVectorProduct(samples, direction: direction)
      },
    ]
  }
}
