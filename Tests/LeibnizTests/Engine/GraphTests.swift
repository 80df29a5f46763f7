import RandomGraphs
import XCTest

@testable import Leibniz

final class GraphTests: XCTestCase {
  private func assertForwardOrder(
    _ graph: Graph, file: StaticString = #filePath, line: UInt = #line
  ) {
    graph.withIndices {
      for (index, node) in graph.nodes.enumerated() {
        XCTAssertEqual(node.index, index, file: file, line: line)
        node.expression.forEachChild { XCTAssertLessThan($0.index, index, file: file, line: line) }
      }
    }
  }

  func testEveryNodeOnceAndAfterItsChildren() {
    let (a, b) = (Value(1), Value(2))
    let shared = a * b
    let y = Value.sum([shared, a, shared.exp() + 1]) * shared
    let graph = Graph([y])
    assertForwardOrder(graph)
    // a, b, a·b, exp, + 1, sum, ·
    XCTAssertEqual(graph.nodes.count, 7)
    XCTAssertEqual(Set(graph.nodes.map { $0.value.id }).count, 7)
  }

  func testSeveralOutputsShareTheirNodes() {
    let x = Value(1)
    let square = x * x
    let graph = Graph([square, square.exp(), square, x])
    assertForwardOrder(graph)
    XCTAssertEqual(graph.nodes.count, 3)
  }

  func testLeavesAndNothing() {
    XCTAssertEqual(Graph([Value(1)]).nodes.count, 1)
    XCTAssertEqual(Graph([]).nodes.count, 0)
  }

  func testRandomGraphs() {
    for seed in 0..<50 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var nodes = (0..<3).map { _ in Value(.random(in: -1...1, using: &generator)) }
      for _ in 0..<100 {
        let pick = (0..<3).map { _ in nodes.randomElement(using: &generator)! }
        nodes.append([pick[0] + pick[1], .sum(pick), .dot(pick, pick), pick[0].tanh()][seed % 4])
      }
      assertForwardOrder(Graph(nodes.suffix(5)))
    }
  }

  func testRecompute() {
    let (x, w) = (Value(2), Value(-1))
    let shared = x * w
    let list = [shared, x, .constant(4)]
    let cube = CustomOperation(
      "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] })
    func formula(_ shared: Value, _ list: [Value]) -> Value {
      let sums = Value.sum(list) + .mean(list) + .maximum(list) + .logSumExp(list)
      let products = Value.dot(list, list, bias: x) * (1 - shared) + (2 / x) + cube([x])
      return .select(where: x, then: sums, else: w) + products + shared.tanh() + (w * 3 - 1)
    }
    let y = formula(shared, list)
    y.backward()
    x.data = 3
    w.data = 0.5
    y.recompute()
    let afresh = formula(x * w, [x * w, x, .constant(4)])
    XCTAssertEqual(y.data, afresh.data)
    XCTAssertEqual(shared.data, 1.5)
    x.zeroGrad()
    y.backward()
    let slope = x.grad
    x.zeroGrad()
    afresh.backward()
    assertClose(slope, x.grad, relative: 1e-14, "the order of additions is free")
  }

  func testNudgeByRecomputing() {
    let x = Value(1.2)
    let y = x.sin() * x.exp()
    y.backward()
    let expected = finiteDifference(at: 1.2) {
      x.data = $0
      y.recompute()
      return y.data
    }
    assertClose(x.grad, expected, relative: 1e-9, "dy/dx")
  }
}
