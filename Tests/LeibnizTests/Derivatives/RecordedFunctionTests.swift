import XCTest

@testable import Leibniz

/// That differentiation records once, visits no more than it has to, and leaves nothing behind.
final class RecordedFunctionTests: XCTestCase {
  func testFunctionsRunOnce() {
    var runs = 0
    func f(_ x: [Value]) -> [Value] {
      runs += 1
      return [x[0] * x[1], x[1] * x[2], x[0] * x[2], .sum(x)]
    }
    _ = jacobian(at: [1, 2, 3], of: f)
    XCTAssertEqual(runs, 1)
    _ = hessian(at: [1, 2, 3]) { f($0)[0] }
    XCTAssertEqual(runs, 2)
    _ = hessianVectorProduct(at: [1, 2, 3], direction: [1, 1, 1]) { f($0)[0] }
    XCTAssertEqual(runs, 3)
    _ = valueWithGradient(at: [1, 2, 3]) { f($0)[0] }
    XCTAssertEqual(runs, 4)
  }

  func testOnlyWhatDependsOnTheInputsIsVisited() {
    let parameters = (0..<100).map { Value(Double($0)) }
    let outside = parameters.reduce(Value(1)) { ($0 * $1).sin() }
    let x = Value(2)
    let y = Value.dot(parameters, parameters) * x + outside.exp() * x.sin()
    let graph = Graph([y], dependingOn: [x])
    // x, the two products with x, sin x, and the sum.
    XCTAssertEqual(graph.nodes.count, 5)
    XCTAssertEqual(graph.nodes.first?.value.id, x.id)
    XCTAssertEqual(graph.nodes.last?.value.id, y.id)
    XCTAssertEqual(Graph([y], dependingOn: [Value(1)]).nodes.count, 1)
    XCTAssertEqual(Graph([y], dependingOn: []).nodes.count, 0)
  }

  func testNumericPartialsAwayFromTheInputsAreNotAsked() {
    let numeric = CustomOperation(
      "numeric", value: { $0[0] },
      partials: { (_: [Double], _: Double) in preconditionFailure("was asked for its partials") })
    let other = Value(5)
    XCTAssertEqual(hessian(at: [2.0]) { x in x[0] * x[0] * numeric([other]) }, [[10]])
    let x = Value(2)
    XCTAssertEqual(gradients(of: x * numeric([other]), withRespectTo: [x])[0].data, 5)
  }

  func testNoMarkIsLeft() {
    let x = Value(0.3), w = Value(2)
    let inner = (x * w).tanh()
    let y = inner * inner + x
    _ = gradients(of: y, withRespectTo: [x, inner, w])
    _ = gradient(at: [1.0]) { u in u[0] * y }
    _ = hessian(at: [1.0, 2.0]) { u in u[0] * u[1] * y }
    _ = jacobian(at: [1.0]) { u in [u[0] * y, u[0], inner] }
    for value in [x, w, inner, y] { XCTAssertEqual(value.node.mark, 0) }
    y.backward()
    XCTAssertEqual(y.grad, 1)
  }

  func testRecordingsAreReleased() {
    weak var recorded: Value?
    _ = hessian(at: [1.0, 2.0]) { x in
      let y = x[0] * x[1].exp()
      recorded = y
      return y * y
    }
    XCTAssertNil(recorded)
  }

  func testGradientsKeepOnlyWhatTheyNeed() {
    weak var product: Value?
    weak var slope: Value?
    let x = Value(3)
    do {
      let y = x * x.exp()
      product = y
      let first = gradients(of: y, withRespectTo: [x])[0]
      slope = first
      XCTAssertEqual(first.data, 4 * 3.0.exp(), accuracy: 1e-12)
      XCTAssertEqual(
        gradients(of: first, withRespectTo: [x])[0].data, 5 * 3.0.exp(), accuracy: 1e-12)
    }
    XCTAssertNil(product)
    XCTAssertNil(slope)
  }

  func testLongChains() {
    let steps = 50_000
    func decay(_ x: [Value]) -> Value {
      var y = x[0]
      for _ in 0..<steps { y = y - 1e-6 * x[1] * y }
      return y
    }
    let factor = 1 - 1e-6 * 0.5
    let value = 2 * factor.power(Double(steps))
    let slopes = gradient(at: [2.0, 0.5], of: decay)
    XCTAssertEqual(slopes[0], value / 2, accuracy: 1e-9)
    XCTAssertEqual(slopes[1], -1e-6 * Double(steps) * value / factor, accuracy: 1e-9)
    let product = hessianVectorProduct(at: [2.0, 0.5], direction: [1, 0], of: decay)
    XCTAssertEqual(product[0], 0, accuracy: 1e-12)
    XCTAssertEqual(product[1], slopes[1] / 2, accuracy: 1e-9)
  }
}
