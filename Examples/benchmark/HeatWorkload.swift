import Leibniz

/// One step of a physics-informed network: what an MLP 2-20-20-1 with tanh leaves of the heat equation
/// uₜ = uₓₓ at 500 points, squared, and Adam.
struct HeatWorkload {
  static let rate = 1e-3
  let points: [[Double]]
  let model: MLP

  init() {
    var generator = SeededGenerator(seed: 5)
    model = MLP(inputs: 2, layers: [20, 20, 1], activation: .tanh, using: &generator)
    points = (0..<500).map { _ in
      (0..<2).map { _ in Double.random(in: 0...1, using: &generator) }
    }
  }

  static func run() throws -> [Measurement] {
    let workload = HeatWorkload()
    let optimizer = Adam(workload.model.parameters, learningRate: rate)
    let program = try Program(inputs: 2, parameters: optimizer.parameters) { point in
      let u = workload.model(point)[0]
      let slopes = gradients(of: u, withRespectTo: point)
      let curvature = gradients(of: slopes[0], withRespectTo: [point[0]])[0]
      return [(slopes[1] - curvature).power(2)]
    }
    let samples = try program.samples(workload.points)
    let session = TrainingSession(optimizer)
    let first = try session.backward(program, samples)
    session.step()
    return [
      try Measurement.of("heat equation step, compiled", unit: "µs", scale: 1e6, check: first) {
        try session.backward(program, samples)
        session.step()
      }
    ]
  }
}
