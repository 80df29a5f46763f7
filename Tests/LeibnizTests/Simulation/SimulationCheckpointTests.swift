import XCTest

@testable import Leibniz

final class SimulationCheckpointTests: XCTestCase {
  /// Counts the steps, which add their number to the state.
  private struct Counter: SimulationStep {
    var advances = 0
    var visited: [Int] = []
    func assertState(_ state: [Double], at step: Int) {
      XCTAssertEqual(state, [Double(step * (step - 1) / 2)])
    }

    mutating func advance(_ state: inout [Double], step: Int) {
      assertState(state, at: step)
      advances += 1
      state[0] += Double(step)
    }
    mutating func pullBack(_ cotangent: inout [Double], from state: [Double], step: Int) {
      assertState(state, at: step)
      visited.append(step)
    }
  }

  private func binomial(_ n: Int, _ k: Int) -> Int {
    k < 0 ? 0 : (0..<min(k, n - k)).reduce(1) { $0 * (n - $1) / ($1 + 1) }
  }

  /// Revolve's theorem: with c states and the least r with β(c, r) ≥ n, the steps n r − β(c + 1, r − 1)
  /// before those that are reversed are the fewest.
  func testEachStepIsReversedAtTheLeastCost() {
    for steps in [1, 2, 3, 5, 10, 37, 100, 301] {
      for storage in [1, 2, 3, 5, 20, 400] {
        var (state, counter, cotangent) = ([0.0], Counter(), [1.0])
        let kept = Checkpoints(
          BinomialSchedule(steps: steps, storage: storage), from: &state, by: &counter)
        XCTAssertEqual(state[0], Double(steps * (steps - 1) / 2))
        XCTAssertEqual(counter.advances, steps)
        kept.pullBack(&cotangent, by: &counter)
        XCTAssertEqual(counter.visited, (0..<steps).reversed())
        var r = 0
        while binomial(storage + r, r) < steps { r += 1 }
        let fewest = r * steps - binomial(storage + r, r - 1)
        // The last step is taken for its value, and the way to it from the last state kept once more.
        let extra = counter.advances - 1 - fewest
        XCTAssertGreaterThanOrEqual(extra, 0, "\(steps) steps, \(storage) states")
        XCTAssertLessThanOrEqual(extra, steps, "\(steps) steps, \(storage) states")
        if storage >= steps { XCTAssertEqual(counter.advances, steps) }
      }
    }
  }

  func testByDefaultNoStepIsTakenThreeTimes() {
    for steps in [1, 2, 10, 100, 1000] {
      let schedule = BinomialSchedule(steps: steps)
      XCTAssertGreaterThanOrEqual(binomial(schedule.storage + 2, 2), steps)
      XCTAssertLessThanOrEqual(schedule.storage, Int((2 * Double(steps)).squareRoot()) + 1)
    }
    XCTAssertEqual(BinomialSchedule(steps: 1_000_000).storage, 1413)
  }

  /// A pendulum by the symplectic Euler method. Nothing in it is used more than twice, so that sums have
  /// one order.
  private static func pendulum(_ state: [Value], _ stiffness: Value) -> [Value] {
    let force = state[0].sin() * stiffness
    let speed = state[1] - 0.01 * force
    return [state[0] + 0.01 * speed, speed]
  }

  func testGradientsEqualPlainOnesBitForBit() {
    func results(_ simulate: ([Value], Value) -> [Value]) -> [Double] {
      let (state, stiffness) = ([Value(1), Value(0.3)], Value(2))
      let end = simulate(state, stiffness)
      let loss = end[0] * end[0] + end[1].exp()
      loss.backward()
      return [loss.data, state[0].grad, state[1].grad, stiffness.grad]
    }
    let plain = results { state, stiffness in
      (0..<200).reduce(state) { state, _ in Self.pendulum(state, stiffness) }
    }
    for storage in [nil, 1, 2, 7, 200] {
      let found = results { state, stiffness in
        checkpointed(steps: 200, state: state, parameters: [stiffness], storage: storage) {
          _, state, parameters in Self.pendulum(state, parameters[0])
        }
      }
      XCTAssertEqual(found, plain)
    }
  }

  private func compiledStep(_ stiffness: Value) throws -> Program {
    try Program(inputs: 2) { state in
      rungeKutta4(state, step: 0.02) { [$0[1], -stiffness * $0[0].sin()] }
    }
  }

  func testCompiledGradientsDoNotDependOnStorage() throws {
    var found: [[Double]] = []
    for storage in [nil, 1, 3, 300] {
      let (state, stiffness) = ([Value(1), Value(0.3)], Value(2))
      let end = try checkpointed(
        steps: 300, state: state, storage: storage, step: compiledStep(stiffness))
      (end[0] * end[1]).backward()
      found.append([end[0].data, state[0].grad, state[1].grad, stiffness.grad])
    }
    for other in found.dropFirst() { XCTAssertEqual(other, found[0]) }
    let (state, stiffness) = ([Value(1), Value(0.3)], Value(2))
    var plain = state
    for _ in 0..<300 {
      plain = rungeKutta4(plain, step: 0.02) { [$0[1], -stiffness * $0[0].sin()] }
    }
    (plain[0] * plain[1]).backward()
    for (found, plain) in zip(
      found[0], [plain[0].data, state[0].grad, state[1].grad, stiffness.grad])
    {
      assertClose(found, plain, relative: 1e-12, "checkpointed")
    }
  }

  func testControls() throws {
    // x′ = x a + u: the derivative by the control of step i is a^(n − 1 − i).
    let factor = Value(0.5)
    let step = try Program(inputs: 2) { [$0[0] * factor + $0[1]] }
    let controls = [Value(1), Value(2), Value(3)]
    let end = try checkpointed(
      steps: 3, state: [Value(8)], controls: controls.map { [$0] }, step: step)
    XCTAssertEqual(end[0].data, 5.25)
    end[0].backward()
    XCTAssertEqual(controls.map(\.grad), [0.25, 0.5, 1])
    XCTAssertEqual(factor.grad, 9)
    XCTAssertEqual(try step.iterate(3, from: [8], controls: [[1], [2], [3]]), [5.25])
  }

  func testOtherNumbersAreSimulatedAnew() throws {
    let (x, a) = (Value(1), Value(3))
    let step = try Program(inputs: 1) { [$0[0] * a] }
    let y = try checkpointed(steps: 4, state: [x], step: step)[0]
    XCTAssertEqual(y.data, 81)
    a.data = 2
    y.recompute()
    XCTAssertEqual(y.data, 16)
    y.backward()
    XCTAssertEqual([x.grad, a.grad], [16, 32])
  }

  func testSecondDerivatives() {
    let (x, a) = (Value(1.5), Value(1.1))
    let y = checkpointed(steps: 5, state: [x], parameters: [a]) { _, x, a in
      [x[0] * a[0]]
    }[0]
    let first = gradients(of: y, withRespectTo: [a])[0]
    let (cube, fourth) = (1.1 * 1.1 * 1.1, 1.1 * 1.1 * 1.1 * 1.1)
    assertClose(first.data, 7.5 * fourth, relative: 1e-13, "first")
    let second = gradients(of: first, withRespectTo: [a, x])
    assertClose(second[0].data, 30 * cube, relative: 1e-13, "second")
    assertClose(second[1].data, 5 * fourth, relative: 1e-13, "mixed")
  }

  func testInProgramsOverBatchesAndThreads() throws {
    let a = Value(0.9)
    let inner = try Program(inputs: 1) { [$0[0].sin() * a] }
    let program = try Program(inputs: 1) { x in
      [try! checkpointed(steps: 20, state: x, step: inner)[0].power(2)]
    }
    let samples = try program.samples((0..<50).map { [0.1 * Double($0)] })
    var results: [[Double]] = []
    for threads in [1, 2] {
      a.zeroGrad()
      let loss = try program.backward(samples, threads: threads)
      results.append([loss, a.grad])
    }
    XCTAssertEqual(results[0], results[1])
    a.zeroGrad()
    let plain = (0..<50).map { i -> Value in
      var x = Value.constant(0.1 * Double(i))
      for _ in 0..<20 { x = x.sin() * a }
      return x.power(2)
    }
    Value.mean(plain).backward()
    assertClose(results[0][1], a.grad, relative: 1e-12, "gradient")
  }

  func testNoSteps() throws {
    let x = Value(3)
    let y = checkpointed(steps: 0, state: [x]) { _, state, _ in state }[0]
    y.backward()
    XCTAssertEqual([y.data, x.grad], [3, 1])
  }

  func testErrors() throws {
    let step = try Program(inputs: 2) { [$0[0] + $0[1]] }
    func error(_ body: () throws -> Void) -> ProgramError? {
      do { try body() } catch { return error as? ProgramError }
      return nil
    }
    XCTAssertEqual(
      error { _ = try step.iterate(1, from: [1, 2]) }, .wrongStateCount(expected: 1, found: 2))
    XCTAssertEqual(
      error { _ = try step.iterate(1, from: [1]) },
      .wrongControlCount(expected: 1, found: 0, step: 0))
    XCTAssertEqual(
      error {
        _ = try checkpointed(steps: 2, state: [Value(1)], controls: [[Value(1)]], step: step)
      },
      .wrongControlCount(expected: 1, found: 0, step: 1))
    let table = try Program(inputs: 1) { x in
      [Value.lookup([Value(1), Value(5)], at: x[0])]
    }
    XCTAssertEqual(
      error { _ = try table.iterate(3, from: [0]) },
      .notAnIndex(sample: 2, input: nil, found: 5, count: 2))
  }
}
