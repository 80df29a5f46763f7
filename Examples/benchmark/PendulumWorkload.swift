import ExampleSupport
import Leibniz

/// A million Runge–Kutta steps of a double pendulum, and their gradient by checkpoints.
enum PendulumWorkload {
  private static let steps = 1_000_000
  private static let start = [0.5, -0.3, 0.0, 0.2]

  static func run() throws -> [Measurement] {
    let gravity = Value(9.81)
    let step = try Program(inputs: 4) { state in
      rungeKutta4(state, step: 1e-5) { accelerated($0, gravity: gravity) }
    }
    let memory = residentBytes() ?? 0
    let end = try step.iterate(steps, from: start)
    let simulation = try Measurement.of(
      "double pendulum, 10⁶ steps", unit: "ms", scale: 1e3, runs: 1, repeats: 5, check: end[0]
    ) {
      _ = try step.iterate(steps, from: start)
    }
    let gradient = try Measurement.of(
      "double pendulum with gradient, 10⁶ steps", unit: "ms", scale: 1e3, runs: 1, repeats: 5,
      check: try derivatives(of: step)[0]
    ) {
      _ = try derivatives(of: step)
    }
    let used = Double((residentBytes() ?? 0) - memory) / 1e6
    let ratio = gradient.fastest / simulation.fastest
    return [
      simulation, gradient,
      Measurement(
        name: "double pendulum: gradient / simulation", unit: "times", median: ratio,
        fastest: ratio, slowest: ratio),
      Measurement(
        name: "double pendulum: memory of the gradient", unit: "MB", median: used, fastest: used,
        slowest: used),
    ]
  }

  /// Of the first angle at the end, by the first state.
  private static func derivatives(of step: Program) throws -> [Double] {
    let state = start.map { Value($0) }
    try checkpointed(steps: steps, state: state, step: step)[0].backward()
    return state.map(\.grad)
  }

  /// The derivatives of the angles from the vertical and of their speeds, for equal masses and rods of
  /// length 1.
  private static func accelerated(_ state: [Value], gravity: Value) -> [Value] {
    let (a, b, u, v) = (state[0], state[1], state[2], state[3])
    let (sine, cosine) = ((a - b).sin(), (a - b).cos())
    let scale = 1 / (4 - 2 * cosine * cosine)
    let first = 3 * gravity * a.sin() + gravity * (a - 2 * b).sin()
    let second = 2 * gravity * a.cos() + 2 * u * u + v * v * cosine
    let pull = 2 * sine * (v * v + u * u * cosine)
    return [u, v, -(first + pull) * scale, 2 * sine * second * scale]
  }
}
