import XCTest

@testable import Leibniz

/// Graphs of different tasks share nothing. Worth most under `--sanitize=thread`.
final class ConcurrencyTests: XCTestCase {
  /// One task's work: a network trained a little, from its own seed.
  private static func work(seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    let model = MLP(inputs: 2, layers: [4, 4, 1], activation: .tanh, using: &generator)
    for _ in 0..<50 {
      let x = [generator.normal(), generator.normal()]
      let loss = (model(x)[0] - x[0] * x[1]).power(2) + .logSumExp(model.parameters)
      model.zeroGrad()
      loss.backward()
      for p in model.parameters { p.data -= 0.05 * p.grad }
    }
    return model.parameters.map(\.data)
  }

  func testTasksDifferentiateTheirOwnGraphs() async {
    let alone = (0..<4).map { Self.work(seed: $0) }
    let together = await withTaskGroup(of: (Int, [Double]).self) { group in
      for seed in 0..<4 { group.addTask { (seed, Self.work(seed: UInt64(seed))) } }
      return await group.reduce(into: [Int: [Double]]()) { $0[$1.0] = $1.1 }
    }
    for seed in 0..<4 { XCTAssertEqual(together[seed], alone[seed]) }
  }

  /// A graph that nobody else holds may move to another task; the compiler checks it.
  func testGraphMovesToAnotherTask() async {
    let x = Value(3)
    let y = x * x + x.exp()
    let slope = await Task {
      y.backward()
      return x.grad
    }.value
    XCTAssertEqual(slope, 6 + exp(3.0), accuracy: 1e-12)
  }
}
