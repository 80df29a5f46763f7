import XCTest

@testable import Leibniz

final class DualTests: XCTestCase {
  func testDocumentedNumbers() {
    let x = Dual(3, tangent: 1)
    let y = x * x + x.sin()
    XCTAssertEqual(y.value, 9 + sin(3), accuracy: 1e-14)
    XCTAssertEqual(y.tangent, 6 + cos(3), accuracy: 1e-14)
  }

  func testTangentsScaleAndAdd() {
    let x = Dual(2, tangent: 3), y = Dual(5, tangent: -1)
    XCTAssertEqual((x * y).tangent, 13)
    XCTAssertEqual((x + y).tangent, 2)
    XCTAssertEqual((x - y).tangent, 4)
    XCTAssertEqual((x / y).tangent, 17 / 25, accuracy: 1e-15)
    XCTAssertEqual((-x).tangent, -3)
    XCTAssertEqual(
      [x + 1, 1 + x, x - 1, 1 - x, x * 2, 2 * x, x / 2].map(\.tangent), [3, 3, 3, -3, 6, 6, 1.5])
    XCTAssertEqual((2 / x).tangent, -1.5)
  }

  func testManyArguments() {
    let x = [Dual(1, tangent: 1), Dual(4, tangent: 10), Dual(2, tangent: 100)]
    XCTAssertEqual(Dual.sum(x), Dual(7, tangent: 111))
    XCTAssertEqual(Dual.maximum(x), Dual(4, tangent: 10))
    XCTAssertEqual(Dual.dot(x, x), Dual(21, tangent: 482))
    XCTAssertEqual(Dual.select(where: x[0], then: x[1], else: x[2]), Dual(4, tangent: 10))
  }

  func testConstantsCarryNothing() {
    XCTAssertEqual(Dual.constant(0).sqrt(), Dual(0))
    XCTAssertEqual((Dual(3, tangent: 1) + Dual.constant(0).log()).tangent, 1)
    XCTAssertEqual(Dual.lift(Value(4)), Dual(4))
  }

  func testAModelRunsOnIt() {
    var generator = SeededGenerator(seed: 3)
    let model = MLP(inputs: 2, layers: [4, 1], activation: .tanh, using: &generator)
    let direction = [0.3, -1.2]
    let forward = model([Dual(0.5, tangent: direction[0]), Dual(-1, tangent: direction[1])])[0]
    let numbers: [Double] = model([0.5, -1])
    XCTAssertEqual(forward.value, numbers[0], accuracy: 1e-15)
    let reverse = gradient(at: [0.5, -1]) { model($0)[0] }
    XCTAssertEqual(
      forward.tangent, reverse[0] * direction[0] + reverse[1] * direction[1], accuracy: 1e-14)
  }
}
