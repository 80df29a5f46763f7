import RandomGraphs
import XCTest

@testable import Leibniz

/// 2,000 random graphs, differentiated in every way there is: all must agree.
final class RandomGraphTests: XCTestCase {
  private static let seeds: Range<UInt64> = 0..<2000

  func testEveryPrimitiveIsDrawn() {
    var missing =
      UnaryFunction.allCases.map { Primitive.unary($0) }
      + BinaryFunction.allCases.map { .binary($0) }
      + NaryFunction.allCases.map { .nary($0) } + [.neuron(.relu), .neuron(.tanh)]
    var largest = 0
    for seed in Self.seeds {
      let graph = RandomGraph(seed: seed)
      largest = max(largest, graph.steps.count)
      missing.removeAll { primitive in graph.steps.contains { $0.primitive == primitive } }
    }
    XCTAssertEqual(missing, [])
    XCTAssertGreaterThan(largest, 180)
  }

  func testEqualSeedsGiveEqualGraphs() {
    for seed in Self.seeds.prefix(20) {
      let (a, b) = (randomGraph(seed: seed), randomGraph(seed: seed))
      XCTAssertEqual(a.output.data, b.output.data)
      XCTAssertEqual(a.inputs.map(\.data), b.inputs.map(\.data))
    }
  }

  func testFirstDerivativesAgree() {
    for seed in Self.seeds {
      let graph = RandomGraph(seed: seed)
      let inputs = graph.inputs.map { Value($0) }
      let output = graph(inputs)
      output.backward()
      let reverse = inputs.map(\.grad)
      let sizes = largest(reverse)
      for (i, derivative) in valueWithGradient(at: graph.inputs, of: graph.run).gradient
        .enumerated()
      {
        XCTAssertEqual(derivative, reverse[i], accuracy: 1e-13 * sizes, "graph \(seed)")
      }
      let direction = reverse.indices.map { 1 / Double($0 + 1) }
      let expected = zip(reverse, direction).map(*).reduce(0, +)
      let forward = directionalDerivative(at: graph.inputs, direction: direction) {
        (x: [Dual]) in graph(x)
      }
      XCTAssertEqual(forward, expected, accuracy: 1e-13 * sizes, "graph \(seed)")
      let onGraph = directionalDerivative(
        at: graph.inputs, direction: direction, of: graph.run)
      XCTAssertEqual(onGraph, expected, accuracy: 1e-13 * sizes, "graph \(seed)")
      let frozen = graph.withStopsFrozen
      let difference = graph.difference(along: direction) { frozen($0) }
      XCTAssertEqual(difference, expected, accuracy: 1e-7 * sizes, "graph \(seed)")
    }
  }

  func testSecondDerivativesAgree() {
    for seed in Self.seeds {
      let graph = RandomGraph(seed: seed)
      let direction = graph.inputs.indices.map { 1 / Double($0 + 1) }
      let product = hessianVectorProduct(
        at: graph.inputs, direction: direction, of: graph.run)
      let sizes = largest(product)

      let inputs = graph.inputs.map { Value($0) }
      let first = gradients(of: graph(inputs), withRespectTo: inputs)
      let slope = Value.dot(first, direction.map(Value.constant))
      slope.backward()
      for (i, x) in inputs.enumerated() {
        XCTAssertEqual(x.grad, product[i], accuracy: 1e-11 * sizes, "graph \(seed)")
      }

      let curvature = zip(product, direction).map(*).reduce(0, +)
      let frozen = graph.withStopsFrozen
      let difference = graph.difference(along: direction) { x in
        directionalDerivative(at: x, direction: direction) { (x: [Dual]) in frozen(x) }
      }
      XCTAssertEqual(difference, curvature, accuracy: 1e-6 * sizes, "graph \(seed)")
    }
  }

  /// The largest magnitude, and 1 at least: what errors are measured by.
  private func largest(_ numbers: [Double]) -> Double {
    numbers.reduce(1) { max($0, $1.magnitude) }
  }
}

extension RandomGraph {
  fileprivate func run(_ x: [Value]) -> Value { self(x) }

  /// The derivative of a function along a direction at the graph's inputs, by differences.
  fileprivate func difference(
    along direction: [Double], of f: ([Double]) -> Double
  ) -> Double {
    finiteDifference(at: 0, step: 0.002) { h in f(zip(inputs, direction).map { $0 + h * $1 }) }
  }
}
