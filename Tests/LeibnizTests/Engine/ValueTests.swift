import XCTest

@testable import Leibniz

final class ValueTests: XCTestCase {
  func testReadmeExpression() {
    let a = Value(2.0, label: "a")
    let b = Value(-3.0, label: "b")
    let c = Value(10.0, label: "c")
    let f = Value(-2.0, label: "f")
    let e = a * b
    e.label = "e"
    let d = e + c
    d.label = "d"
    let L = d * f
    L.label = "L"
    L.backward()
    XCTAssertEqual(L.description, "Value(data: -8.0, grad: 1.0, label: \"L\")")
    XCTAssertEqual([a, b, c, d, e, f].map(\.grad), [6, -4, -2, -2, -2, 4])
  }

  func testMicrogradReadme() {
    let a = Value(-4), b = Value(2)
    var c = a + b
    var d = a * b + b.power(3)
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    let e = c - d
    let f = e.power(2)
    var g = f / 2
    g += 10 / f
    g.backward()
    XCTAssertEqual(g.data, 24.7041, accuracy: 1e-4)
    XCTAssertEqual(a.grad, 138.8338, accuracy: 1e-4)
    XCTAssertEqual(b.grad, 645.5773, accuracy: 1e-4)
  }

  func testVariablesConstantsAndOperations() {
    let x = Value(2, label: "x")
    let c = Value.constant(3)
    let y = x * c
    XCTAssertTrue(x.isVariable && !x.isConstant && !x.isOperation)
    XCTAssertTrue(!c.isVariable && c.isConstant && !c.isOperation)
    XCTAssertTrue(!y.isVariable && !y.isConstant && y.isOperation)
    XCTAssertNil(x.operation)
    XCTAssertNil(c.operation)
    XCTAssertEqual(y.operation, .binary(.multiply))
    XCTAssertEqual(y.operation?.description, "*")
    XCTAssertEqual(y.children.map(\.id), [x.id, c.id])
    XCTAssertTrue(x.children.isEmpty && c.children.isEmpty)
  }

  func testConstantsGetNoGradient() {
    let (x, c) = (Value(2), Value.constant(3))
    (x * c + c).backward()
    XCTAssertEqual(x.grad, 3)
    XCTAssertEqual(c.grad, 0)
    c.backward()
    XCTAssertEqual(c.grad, 0)
  }

  func testOperationsOnConstantsAreConstants() {
    let (a, b) = (Value.constant(2), Value.constant(3))
    let twice = CustomOperation("twice", value: { 2 * $0[0] }, partials: { _, _ in [2.0] })
    let results: [(Value, Double)] = [
      (-a, -2), (a + b, 5), (a * 4, 8), (4 - a, 2), (a.power(b), 8), (a.relu(), 2),
      (Value.sum([a, b]), 5), (Value.mean([a, b]), 2.5), (Value.maximum([a, b]), 3),
      (Value.select(where: a, then: a, else: b), 2), (Value.sum([]), 0),
      (Value.dot([a, b], [b, b]), 15), (Value.dot([a], [b], bias: b), 9),
      (Value.dot([], []), 0), (twice([a]), 4),
    ]
    for (result, number) in results {
      XCTAssertEqual(result.data, number)
      XCTAssertTrue(result.isConstant && result.children.isEmpty)
    }
    XCTAssertTrue(Value.dot([a], [b], bias: Value(1)).isOperation)
    XCTAssertTrue(Value.sum([a, Value(1)]).isOperation)
  }

  func testCompoundAssignmentRebindsTheVariable() {
    let x = Value(2)
    var y = x
    y += x
    y *= 3
    y -= 1
    y /= x
    y -= x
    y += 10
    y *= x
    y /= 2
    XCTAssertEqual(x.data, 2, "the first node is as it was")
    XCTAssertEqual(y.data, 13.5)  // ((6x − 1) / x − x + 10) x / 2 = 8x − 1/2 − x²/2
    y.backward()
    XCTAssertEqual(x.grad, 6, accuracy: 1e-14)
  }

  func testLabelsCanBeSetAndTakenAway() {
    let x = Value(1.5)
    XCTAssertEqual(x.label, "")
    XCTAssertEqual(x.description, "Value(data: 1.5, grad: 0.0)")
    x.label = "x"
    XCTAssertEqual(x.label, "x")
    x.label = ""
    XCTAssertEqual(x.description, "Value(data: 1.5, grad: 0.0)")
  }

  func testIdentityIsTheObjects() {
    let (x, y) = (Value(1), Value(1))
    let z = x
    XCTAssertNotEqual(x.id, y.id)
    XCTAssertEqual(x.id, z.id)
  }
}
