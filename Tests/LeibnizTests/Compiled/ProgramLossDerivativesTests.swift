import XCTest

@testable import Leibniz

/// Losses that contain derivatives, as programs.
final class ProgramLossDerivativesTests: XCTestCase {
  /// The heat equation uₜ = uₓₓ: the square of what a network leaves of it at a point.
  private func residual(_ model: MLP, _ point: [Value]) -> Value {
    let u: Value = model(point)[0]
    let slopes = gradients(of: u, withRespectTo: point)
    let curvature = gradients(of: slopes[0], withRespectTo: [point[0]])[0]
    return (slopes[1] - curvature - 1).power(2)
  }

  func testTrainingAgreesWithEagerMode() throws {
    var generator = SeededGenerator(seed: 11)
    let points = (0..<13).map { _ in (0..<2).map { _ in generator.normal() } }
    func model() -> MLP {
      var generator = SeededGenerator(seed: 12)
      return MLP(inputs: 2, layers: [6, 5, 1], activation: .tanh, using: &generator)
    }
    let (eager, compiled) = (model(), model())
    let optimizer = Adam(eager.parameters, learningRate: 0.01)
    var first = 0.0
    for step in 0..<25 {
      optimizer.zeroGrad()
      let loss = Value.mean(points.map { residual(eager, $0.map { Value($0) }) })
      if step == 0 { first = loss.data }
      loss.backward()
      optimizer.step()
    }
    let program = try Program(inputs: 2, parameters: compiled.parameters) {
      [self.residual(compiled, $0)]
    }
    let samples = try Samples(points)
    var last = 0.0
    try Adam(compiled.parameters, learningRate: 0.01).withSession { session in
      for _ in 0..<25 {
        last = try session.backward(program, samples)
        session.step()
      }
    }
    XCTAssertLessThan(last, 0.7 * first, "something was learnt")
    for (found, expected) in zip(compiled.parameters, eager.parameters) {
      XCTAssertEqual(found.data, expected.data, accuracy: 1e-9)
    }
  }

  /// A physics-informed loss keeps its matrices: so many instructions at any width.
  func testMatricesAreFound() throws {
    for width in [4, 20] {
      var generator = SeededGenerator(seed: 1)
      let model = MLP(inputs: 2, layers: [width, width, 1], activation: .tanh, using: &generator)
      let program = try Program(inputs: 2, parameters: model.parameters) {
        [self.residual(model, $0)]
      }
      XCTAssertLessThan(
        program.graph.executable(.parameterGradients).form.lanes.count, 90, "width \(width)")
    }
  }

  /// An operation of the user's whose partials are formulas, at second order.
  func testCustomOperations() throws {
    let product = CustomOperation(
      "x² sin y", value: { $0[0] * $0[0] * $0[1].sin() },
      partials: { (x: [Value], _) in [2 * x[0] * x[1].sin(), x[0] * x[0] * x[1].cos()] })
    let w = [Value(0.7), Value(-1.3)]
    func formula(_ x: [Value], by f: ([Value]) -> Value) -> Value {
      f([w[0] * x[0], w[1] + x[1]]).tanh() + f([x[1], w[0] * w[1]])
    }
    func plain(_ x: [Value]) -> Value { x[0] * x[0] * x[1].sin() }
    let custom = try Program(inputs: 2, parameters: w) { x in [formula(x) { product($0) }] }
    let expected = try Program(inputs: 2, parameters: w) { x in [formula(x, by: plain)] }
    let batch = stride(from: -1.0, through: 2, by: 0.3).map { (x: Double) in [x, 1 - x / 2] }
    for count in [1, 11] {
      let samples = try Samples(Array(batch.prefix(count)))
      func assertClose(_ found: [[Double]], _ expected: [[Double]]) {
        for (found, expected) in zip(found.joined(), expected.joined()) {
          XCTAssertEqual(found, expected, accuracy: 1e-12 * max(1, abs(expected)))
        }
      }
      assertClose(
        Array(custom.hessian(samples).joined()), Array(expected.hessian(samples).joined()))
      assertClose(
        [custom.hessianVectorProduct(samples, direction: [0.4, -2])],
        [expected.hessianVectorProduct(samples, direction: [0.4, -2])])
    }
  }
}
