import XCTest

@testable import Leibniz

final class ODETests: XCTestCase {
  private func spring<T: Scalar>(_ y: [T]) -> [T] { [y[1], -y[0]] }

  /// The error of an oscillation over 2 time units.
  private func error(ofSteps steps: Int) -> Double {
    var state = [1.0, 0.0]
    for _ in 0..<steps { state = rungeKutta4(state, step: 2 / Double(steps), of: spring) }
    return (state[0] - 2.0.cos()).magnitude
  }

  func testRungeKuttaIsOfOrderFour() {
    for steps in [20, 40, 80] {
      let ratio: Double = error(ofSteps: steps) / error(ofSteps: 2 * steps)
      let order = ratio.log() / 2.0.log()
      XCTAssertEqual(order, 4, accuracy: 0.1)
    }
  }

  func testRungeKuttaTakesTime() {
    var y = [0.0]
    for i in 0..<10 { y = rungeKutta4(y, time: 0.1 * Double(i), step: 0.1) { t, _ in [3 * t * t] } }
    XCTAssertEqual(y[0], 1, accuracy: 1e-14)
  }

  /// One step of each size: the error of order 6, of the polynomial of order 5.
  func testDormandPrinceIsOfOrderFive() throws {
    func errors(_ h: Double) throws -> (end: Double, middle: Double, estimate: Double) {
      let step = try DormandPrinceStep(at: 0, [1.0, 0.0], slopes: [0, -1], step: h) { _, y in
        spring(y)
      }
      return (
        (step.end[0] - h.cos()).magnitude, (step(0.3)[1] + (0.3 * h).sin()).magnitude,
        step.error[1].magnitude
      )
    }
    typealias Errors = (end: Double, middle: Double, estimate: Double)
    func order(_ error: (Errors) -> Double) throws -> Double {
      let ratio: Double = error(try errors(0.4)) / error(try errors(0.2))
      return ratio.log() / 2.0.log()
    }
    XCTAssertEqual(try order({ $0.end }), 6, accuracy: 0.3)
    XCTAssertEqual(try order({ $0.middle }), 5, accuracy: 0.4)
    XCTAssertGreaterThan(try order({ $0.estimate }), 4.5)
  }

  func testTolerancesAreKeptForwardsAndBackwards() throws {
    for tolerance in [1e-5, 1e-8, 1e-11] {
      for end in [10.0, -10.0] {
        let solution = try solveODE(
          from: 0, to: end, at: [1.0, 0.0], relativeTolerance: tolerance,
          absoluteTolerance: tolerance
        ) { _, y in spring(y) }
        XCTAssertEqual(solution.times.last, end)
        XCTAssertEqual(solution.end[0], end.cos(), accuracy: 100 * tolerance)
        for part in [0.0, 0.123, 0.5, 0.987, 1] {
          let time = part * end
          XCTAssertEqual(solution(time)[0], time.cos(), accuracy: 200 * tolerance)
        }
      }
    }
  }

  func testItCostsWhatSciPyDoes() throws {
    // SciPy 1.17: solve_ivp(lambda t, y: [y[1], -y[0]], (0, 10), [1, 0], rtol=1e-6, atol=1e-9).nfev
    let solution = try solveODE(from: 0, to: 10, at: [1.0, 0.0]) { _, y in spring(y) }
    XCTAssertEqual(solution.evaluations, 368)
    XCTAssertEqual(solution.times.count, 53)
    XCTAssertEqual(solution.states.count, 53)
  }

  func testDerivativesOfSolutions() throws {
    // y = y₀ exp(−k t): by Value, Dual and second order.
    func end<T: EvaluatedScalar>(_ start: T, _ rate: T) throws -> T {
      try solveODE(
        from: 0, to: 2, at: [start], relativeTolerance: 1e-11, absoluteTolerance: 1e-12
      ) { _, y in [-rate * y[0]] }.end[0]
    }
    let (start, rate) = (Value(3), Value(0.7))
    let y = try end(start, rate)
    let first = gradients(of: y, withRespectTo: [start, rate])
    XCTAssertEqual(first[0].data, (-1.4).exp(), accuracy: 1e-9)
    XCTAssertEqual(first[1].data, -6 * (-1.4).exp(), accuracy: 1e-9)
    let second = gradients(of: first[1], withRespectTo: [rate])[0].data
    XCTAssertEqual(second, 12 * (-1.4).exp(), accuracy: 1e-7)
    XCTAssertEqual(
      try end(Dual(3), Dual(0.7, tangent: 1)).tangent, -6 * (-1.4).exp(), accuracy: 1e-9)
  }

  /// A ball thrown up from a height h: it lands at t = (v + √(v² + 2 g h)) / g.
  func testEventsAreFoundAndDifferentiated() throws {
    let (gravity, height, speed) = (9.81, 1.5, Value(3))
    let ground = ODEEvent<Value>(isTerminal: true, direction: .falling) { _, y in y[0] }
    let top = ODEEvent<Value>(direction: .falling) { _, y in y[1] }
    let solution = try solveODE(
      from: 0, to: 10, at: [Value.constant(height), speed], relativeTolerance: 1e-10,
      events: [ground, top]
    ) { _, y in [y[1], .constant(-gravity)] }
    XCTAssertEqual(solution.events.map(\.event), [1, 0])
    let square: Double = 9 + 2 * gravity * height
    let root = square.squareRoot()
    let landing = solution.events[1].time
    XCTAssertEqual(landing.data, (3 + root) / gravity, accuracy: 1e-12)
    XCTAssertEqual(solution.times.last!, landing.data)
    XCTAssertEqual(solution.end[0].data, 0, accuracy: 1e-12)
    let first = gradients(of: landing, withRespectTo: [speed])[0]
    XCTAssertEqual(first.data, (1 + 3 / root) / gravity, accuracy: 1e-9)
    let second = gradients(of: first, withRespectTo: [speed])[0]
    let curvature: Double = 2 * height / (root * root * root)
    XCTAssertEqual(second.data, curvature, accuracy: 1e-6)
    // The speed at the ground is −√(v² + 2gh), however long it takes.
    let impact = gradients(of: solution.events[1].state[1], withRespectTo: [speed])[0]
    XCTAssertEqual(impact.data, -3 / root, accuracy: 1e-9)
    XCTAssertEqual(solution.events[0].time.data, 3 / gravity, accuracy: 1e-12)
  }

  func testDirectionsOfEvents() throws {
    func times(_ direction: ODEEvent<Double>.Direction) throws -> [Double] {
      try solveODE(
        from: 0, to: 10, at: [0.0, 1.0], relativeTolerance: 1e-9,
        events: [ODEEvent(direction: direction) { _, y in y[0] }]
      ) { _, y in spring(y) }.events.map(\.time)
    }
    let pi = Double.pi
    for (direction, expected) in [
      (ODEEvent<Double>.Direction.either, [pi, 2 * pi, 3 * pi]), (.rising, [2 * pi]),
      (.falling, [pi, 3 * pi]),
    ] {
      let found = try times(direction)
      XCTAssertEqual(found.count, expected.count)
      for (found, expected) in zip(found, expected) {
        XCTAssertEqual(found, expected, accuracy: 1e-7)
      }
    }
  }

  func testErrors() {
    func error(
      to end: Double = 1, at state: [Double], tolerance: Double = 1e-6, steps: Int = 1000,
      _ f: @escaping (Double, [Double]) -> [Double]
    ) -> SimulationError? {
      do throws(SimulationError) {
        _ = try solveODE(
          from: 0, to: end, at: state, relativeTolerance: tolerance, steps: steps, of: f)
        return nil
      } catch {
        XCTAssertFalse(error.description.isEmpty)
        return error
      }
    }
    XCTAssertEqual(error(at: []) { $1 }, .emptyState)
    XCTAssertEqual(error(at: [1]) { _, _ in [] }, .wrongDerivativeCount(expected: 1, found: 0))
    XCTAssertEqual(error(at: [.infinity]) { $1 }, .notFinite(time: 0))
    XCTAssertEqual(error(at: [1]) { _, _ in [.nan] }, .notFinite(time: 0))
    XCTAssertEqual(
      error(at: [1], tolerance: 0) { $1 }, .unusable(setting: "relative tolerance", found: 0))
    XCTAssertEqual(
      error(to: .infinity, at: [1]) { $1 }, .unusable(setting: "last time", found: .infinity))
    XCTAssertEqual(error(to: 1e9, at: [1], steps: 5) { _, y in [-y[0]] }?.isTooManySteps, true)
    // y = 1 / (1 − t) ends at t = 1; and numbers that stop being numbers.
    guard case .stepSizeUnderflow(let time) = error(to: 2, at: [1], { _, y in [y[0] * y[0]] })
    else {
      return XCTFail("no underflow")
    }
    XCTAssertEqual(time, 1, accuracy: 1e-3)
    guard case .stepSizeUnderflow = error(at: [1], { t, _ in [t > 0.5 ? .nan : 1] }) else {
      return XCTFail("no underflow")
    }
  }

  func testNothingToDo() throws {
    let solution = try solveODE(from: 1, to: 1, at: [2.0]) { _, y in y }
    XCTAssertEqual(solution.states, [[2]])
    XCTAssertEqual(solution(1), [2])
  }
}

extension SimulationError {
  fileprivate var isTooManySteps: Bool {
    if case .tooManySteps = self { true } else { false }
  }
}
