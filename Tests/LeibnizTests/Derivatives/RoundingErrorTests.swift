import XCTest

@testable import Leibniz

final class RoundingErrorTests: XCTestCase {
  func testFormula() {
    let a = Value(1e17), b = Value(-1e17), c = Value(3)
    let partial = a + b
    let y = (partial + c) * 2
    // Of a, b, a + b = 0, c and 3, each with ∂y/∂v = 2, and of y = 6. A plain number is not a node.
    XCTAssertEqual(y.roundingError, (4e17 + 6 + 6 + 6) * 4 * .ulpOfOne, accuracy: 1e-6)
    XCTAssertEqual(Value(0).roundingError, 0)
    XCTAssertFalse((Value(-1).sqrt() + 1).roundingError.isFinite)
  }

  /// Any two orders of a sum differ by less.
  func testCoversOtherOrders() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      var terms = (0..<50).map { _ in
        Value(generator.normal() * pow(10, Double.random(in: 0..<8, using: &generator)))
      }
      let one = terms.dropFirst().reduce(terms[0]) { $0 + $1 }
      terms.shuffle(using: &generator)
      let other = terms.dropFirst().reduce(terms[0]) { $0 + $1 }
      XCTAssertLessThanOrEqual(abs(one.data - other.data), one.roundingError)
      XCTAssertLessThan(one.roundingError, 1e-3)
    }
  }
}
