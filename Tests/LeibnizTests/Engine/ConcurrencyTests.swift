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

  /// `Sendable`, because it belongs to the main actor; but it dies wherever its last reference does.
  @MainActor
  private final class Holder {
    let graph: [Value]
    init(_ graph: [Value]) { self.graph = graph }
  }

  /// Graphs die on another thread while the main actor builds on the same weights.
  @MainActor
  func testGraphsDieElsewhere() async {
    struct Seen { weak var value: Value? }
    var seen: [Seen] = []
    do {
      let weights = [Value(0.5), Value(-1), Value(2)]
      let shared = weights[0] * weights[1]
      func graph() -> [Value] {
        (0..<50).flatMap { _ in [shared * weights[2], .dot(weights, weights, bias: shared)] }
      }
      var dying: [Task<Void, Never>] = []
      for _ in 0..<4000 {
        let holder = Holder(graph())
        dying.append(Task.detached { [holder] in _ = holder })
        XCTAssertEqual(graph().prefix(2).map(\.data), [-1, 4.75])
        if dying.count == 100 {
          for task in dying { await task.value }
          dying = []
        }
      }
      seen = (weights + [shared]).map { Seen(value: $0) }
    }
    // Each reference that was taken has been given up.
    XCTAssertEqual(seen.count { $0.value != nil }, 0)
  }

  /// Chains that die link by link on two threads at once, seen by weak references too.
  func testChainsDieOnTwoThreads() async {
    struct Links: @unchecked Sendable {
      var values: [Value]
    }
    for round in 0..<100 {
      weak var first: Value?
      var tasks: [Task<Void, Never>] = []
      do {
        var y = Value(1)
        first = y
        var links = Links(values: [])
        for _ in 0..<500 {
          y = round.isMultiple(of: 2) ? y * 1 : .sum([y])
          links.values.append(y)
        }
        for _ in 0..<2 {
          // A copy of its own: two arrays have each link once more.
          let copy = Links(values: links.values.map { $0 })
          tasks.append(Task.detached { [copy] in _ = copy })
        }
      }
      for task in tasks { await task.value }
      tasks = []
      XCTAssertNil(first)
    }
  }
}
