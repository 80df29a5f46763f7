import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class CustomOperationTests: XCTestCase {
  private let cube = CustomOperation(
    "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] as [Value] })
  /// x eʸ, whose partials use the result.
  private let scaled = CustomOperation(
    "scaled", value: { $0[0] * $0[1].exp() },
    partials: { x, z in [x[1].exp(), z] as [Value] })

  func testEager() {
    let x = Value(2)
    let y = cube([x]) + x
    y.backward()
    XCTAssertEqual(y.data, 10)
    XCTAssertEqual(x.grad, 13)
    x.data = 3
    y.recompute()
    XCTAssertEqual(y.data, 30)
  }

  /// What a closure captured may look for nodes when it dies with its operation, through weak
  /// references: it must not find any that are half taken apart.
  func testCodeThatRunsDuringReleaseFindsNoDyingNodes() {
    final class Finder: @unchecked Sendable {
      weak var weakly: Value?
      var found: Value?
    }
    final class Hook: @unchecked Sendable {
      let finder: Finder
      init(_ finder: Finder) { self.finder = finder }
      deinit { finder.found = finder.weakly }
    }
    func graph(_ finder: Finder, childIsLeaf: Bool) -> Value {
      let leaf = Value(2)
      let child = childIsLeaf ? leaf : leaf.exp() * (leaf + 1).tanh()
      finder.weakly = child
      let hook = Hook(finder)
      let operation = CustomOperation(
        "hooked", value: { x in withExtendedLifetime(hook) { x[0] } },
        partials: { _, _ in [1.0] as [Double] })
      return operation([child]) + 1
    }
    for childIsLeaf in [false, true] {
      let finder = Finder()
      do {
        let y = graph(finder, childIsLeaf: childIsLeaf)
        XCTAssertEqual(y.data - 1, try XCTUnwrap(finder.weakly?.data), accuracy: 1e-12)
      }
      XCTAssertNil(finder.weakly)
      XCTAssertNil(finder.found, "it had died before")
    }
  }

  func testConvenience() {
    let x = Value(2)
    let y = Value.custom(
      "cube", inputs: [x], value: { $0[0] * $0[0] * $0[0] },
      partials: { x, y in [3 * x[0] * x[0]] })
    y.backward()
    XCTAssertEqual([y.data, x.grad], [8, 12])
    let second = gradients(
      of: gradients(of: y, withRespectTo: [x])[0], withRespectTo: [x])[0]
    XCTAssertEqual(second.data, 12)
    let numeric = Value.custom(
      "cube", inputs: [x], value: { $0[0] * $0[0] * $0[0] },
      partials: { (x: [Double], _: Double) in [3 * x[0] * x[0]] })
    XCTAssertEqual(gradient(at: [1.0]) { u in u[0] * numeric }, [8])
    x.zeroGrad()
    numeric.backward()
    XCTAssertEqual(x.grad, 12)
  }

  func testSecondOrderInEveryWay() {
    func f(_ x: [Value]) -> Value { scaled([x[0] * x[1], cube([x[1]])]) * x[0] }
    let point = [0.7, 0.4]
    let matrix = hessian(at: point, of: f)
    let x = point.map { Value($0) }
    let first = gradients(of: f(x), withRespectTo: x)
    for i in 0..<2 {
      let row = gradients(of: first[i], withRespectTo: x)
      for j in 0..<2 {
        XCTAssertEqual(matrix[i][j], row[j].data, accuracy: 1e-13)
        // The same function without custom operations.
        func plain(_ x: [Value]) -> Value {
          x[0] * x[1] * (x[1] * x[1] * x[1]).exp() * x[0]
        }
        XCTAssertEqual(matrix[i][j], hessian(at: point, of: plain)[i][j], accuracy: 1e-13)
      }
    }
  }

  /// x⁴ whose partial is itself a derivative, found in four ways.
  func testPartialsMayDifferentiate() {
    @Sendable func f(_ x: Value) -> Value { x * x * x * x }
    let partials: [@Sendable ([Value], Value) -> [Value]] = [
      { x, _ in gradients(of: f(x[0]), withRespectTo: x) },
      { x, _ in [derivative(at: x[0], of: f)] },
      { x, _ in gradient(at: x) { f($0[0]) } },
      { x, _ in vectorJacobianProduct(at: x, cotangent: [.constant(1)]) { [f($0[0])] } },
    ]
    for partials in partials {
      let power = CustomOperation("fourth", value: { $0[0].power(4) }, partials: partials)
      let x = Value(2)
      let y = power([2 * x])
      y.backward()
      XCTAssertEqual(x.grad, 16 * 32)
      XCTAssertEqual(gradient(at: [2]) { power([2 * $0[0]]) }, [16 * 32])
      var slope = y
      for expected in [512.0, 768, 768, 384, 0] {
        slope = gradients(of: slope, withRespectTo: [x])[0]
        XCTAssertEqual(slope.data, expected)
      }
      XCTAssertEqual(hessian(at: [2]) { power([2 * $0[0]]) }, [[16 * 48]])
    }
  }

  func testForwardModeOnAGraph() {
    XCTAssertEqual(
      jacobianVectorProduct(at: [2.0], direction: [1.0]) { [self.cube([$0[0]]), $0[0]] }, [12, 1])
  }

  func testTheSameInputTwice() {
    let product = CustomOperation(
      "product", value: { $0[0] * $0[1] }, partials: { x, _ in [x[1], x[0]] as [Value] })
    let x = Value(3)
    let y = product([x, x])
    y.backward()
    XCTAssertEqual(x.grad, 6)
    XCTAssertEqual(hessian(at: [3.0]) { product([$0[0], $0[0]]) }, [[2]])
  }

  func testDrawing() {
    let x = Value(2, label: "x")
    let y = cube([x])
    XCTAssertEqual(y.operation, .custom("cube"))
    XCTAssertTrue(y.graphviz().contains("cube"))
  }

  func testCompiled() throws {
    let samples = [[0.5], [-1.5], [2.0]]
    let x = Value(0), w = Value(0.8)
    func loss(_ x: Value) -> Value { scaled([x * w, cube([w])]) + x }
    let program = try Program(loss(x), inputs: [x])
    let mean = program.backward(samples)
    let gradient = w.grad
    w.zeroGrad()
    let eager = Value.mean(samples.map { loss(.constant($0[0])) })
    eager.backward()
    XCTAssertEqual(mean, eager.data, accuracy: 1e-14)
    XCTAssertEqual(gradient, w.grad, accuracy: 1e-14)
  }
}
