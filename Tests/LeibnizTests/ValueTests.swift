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
}
