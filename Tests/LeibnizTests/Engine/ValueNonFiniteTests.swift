import XCTest

@testable import Leibniz

final class ValueNonFiniteTests: XCTestCase {
  func testFiniteGraphsHaveNone() {
    let x = Value(2)
    let y = x.log() / x
    y.backward()
    XCTAssertNil(y.firstNonFinite())
    XCTAssertNil(Value.constant(3).firstNonFinite())
  }

  func testTheFirstBadValueAndTheWayToIt() {
    let x = Value(-1, label: "x"), scale = Value(2, label: "scale")
    let depth = x.log()
    depth.label = "depth"
    let scaled = depth * scale
    let loss = (scaled + 1).exp()
    loss.label = "loss"
    let bad = loss.firstNonFinite()!
    XCTAssertEqual(bad.node.id, depth.id)
    XCTAssertEqual(bad.quantity, .value)
    XCTAssertTrue(bad.number.isNaN)
    XCTAssertEqual(bad.operation, .unary(.log))
    XCTAssertEqual(bad.operands, [-1])
    XCTAssertEqual(bad.label, "depth")
    XCTAssertEqual(bad.path, ["loss", "depth"])
    XCTAssertEqual(
      bad.description, "The value of depth = log(-1.0) is NaN; reached through: loss → depth")
  }

  func testOperandsThatArePlainNumbers() {
    let x = Value(0)
    XCTAssertEqual((1 / x).firstNonFinite()!.operands, [1, 0])
    XCTAssertEqual((x / 0).firstNonFinite()!.operands, [0, 0])
    XCTAssertEqual(
      Value.sum([Value(.greatestFiniteMagnitude), Value(.greatestFiniteMagnitude)])
        .firstNonFinite()!.operands.count, 2)
  }

  func testABadLeaf() {
    let x = Value(.infinity, label: "x")
    let bad = (x * 2).firstNonFinite()!
    XCTAssertEqual(bad.node.id, x.id)
    XCTAssertNil(bad.operation)
    XCTAssertEqual(bad.description, "The value of x = a leaf is inf; reached through: x")
  }

  /// √ at 0 has a sound value and an infinite slope; everything below inherits it.
  func testGradientsAreFollowedFromTheRoot() {
    let x = Value(0, label: "x")
    let square = x * x
    square.label = "square"
    let root = square.sqrt()
    root.label = "root"
    let loss = 3 * root
    loss.backward()
    let bad = loss.firstNonFinite()!
    XCTAssertEqual(bad.quantity, .gradient)
    XCTAssertEqual(bad.node.id, square.id)
    XCTAssertEqual(bad.number, .infinity)
    XCTAssertEqual(bad.path, ["root", "square"])
  }

  func testTheGraphIsLeftClean() {
    let x = Value(-1)
    let y = x.sqrt() * 2
    _ = y.firstNonFinite()
    _ = y.firstNonFinite()
    y.backward()
    XCTAssertTrue(x.grad.isNaN)
  }
}
