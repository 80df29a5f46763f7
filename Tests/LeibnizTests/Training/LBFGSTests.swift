import XCTest

@testable import Leibniz

final class LBFGSTests: XCTestCase {
  /// Rosenbrock's function; his own valley has the steepness 100.
  private func rosenbrock(_ x: [Value], steepness: Double = 100) -> Value {
    .sum(zip(x, x.dropFirst()).map { steepness * ($1 - $0 * $0).power(2) + (1 - $0).power(2) })
  }

  private func start() -> [Value] { (0..<10).map { Value($0 % 2 == 0 ? -1.2 : 1) } }

  /// The parameters after every fifth iteration, each a call of its own.
  private func path(
    from x: [Value], history: Int = 10, steps: Int = 50, _ problem: ([Value]) -> Value
  ) -> [Double] {
    let optimizer = LBFGS(x, history: history)
    var path: [Double] = []
    for step in 0..<steps {
      optimizer.minimize(iterations: 1, tolerance: 0) { problem(x) }
      if step % 5 == 4 { path += x.map(\.data) }
    }
    return path
  }

  func testTrajectories() {
    func small() -> [Value] { [Value(-1.2), Value(1), Value(2)] }
    assertReference(path(from: small()) { optimizationProblem($0) }, "lbfgs")
    assertReference(
      path(from: small(), history: 2) { optimizationProblem($0) }, "lbfgsShortHistory")
    assertReference(
      path(from: start()) { rosenbrock($0, steepness: 10) }, "lbfgsTenDimensions")
    // Here rounding grows tenfold every four iterations, in PyTorch too: its own path depends on
    // the order of the products by 1e-11 after 35 iterations, and by 4e-9 after 50.
    assertReference(path(from: start(), steps: 35) { rosenbrock($0) }, "lbfgsRosenbrock")
  }

  func testCallsGoOnWhereTheLastOneEnded() {
    let (whole, parts) = (start(), start())
    LBFGS(whole).minimize(iterations: 20) { rosenbrock(whole) }
    let optimizer = LBFGS(parts)
    for _ in 0..<20 { optimizer.minimize(iterations: 1) { rosenbrock(parts) } }
    XCTAssertEqual(whole.map(\.data), parts.map(\.data))
    XCTAssertEqual(whole.map(\.grad), parts.map(\.grad))
  }

  func testSolvesRosenbrockInTenDimensions() {
    let x = start()
    var evaluations = 0
    let loss = LBFGS(x).minimize(iterations: 500) {
      evaluations += 1
      return rosenbrock(x)
    }
    XCTAssertLessThan(loss, 1e-16)
    for value in x { XCTAssertEqual(value.data, 1, accuracy: 1e-8) }
    XCTAssertLessThan(evaluations, 200)
  }

  /// A program and its samples are minimised as the mean of the losses is.
  func testPrograms() throws {
    let samples = (0..<20).map { [0.1 * Double($0), (0.3 * Double($0)).sin()] }
    func loss(_ p: [Value], _ x: Value, _ y: Value) -> Value {
      ((p[0] * x + p[1]).sin() * p[2] - y).power(2)
    }
    func start() -> [Value] { [Value(2.5), Value(0.2), Value(0.7)] }
    let (closure, compiled) = (start(), start())
    let expected = LBFGS(closure).minimize {
      .mean(samples.map { loss(closure, .constant($0[0]), .constant($0[1])) })
    }
    let program = try Program(inputs: 2, parameters: compiled) { [loss(compiled, $0[0], $0[1])] }
    let found = try LBFGS(compiled).minimize(program, Samples(samples))
    XCTAssertEqual(found, expected, accuracy: 1e-12)
    XCTAssertLessThan(found, 1e-12)
    for (found, expected) in zip(compiled, closure) {
      XCTAssertEqual(found.data, expected.data, accuracy: 1e-6)
    }
    XCTAssertThrowsError(try LBFGS(compiled).minimize(program, Samples([[1]])))
  }

  func testFindsTheMinimumOfAQuadraticAndStops() {
    let x = [Value(5), Value(-3)]
    let optimizer = LBFGS(x)
    let loss = optimizer.minimize { (x[0] - 1).power(2) + 50 * (x[1] + 2).power(2) }
    XCTAssertEqual(loss, 0, accuracy: 1e-18)
    XCTAssertEqual(x[0].data, 1, accuracy: 1e-9)
    XCTAssertEqual(x[1].data, -2, accuracy: 1e-9)
  }

  func testStepsBackFromWhereTheLossIsNotANumber() {
    let x = Value(0.01)
    LBFGS([x]).minimize { x - x.log() }
    XCTAssertEqual(x.data, 1, accuracy: 1e-8)
  }
}
