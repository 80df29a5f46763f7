import XCTest

@testable import Leibniz

/// That a simplified graph has the number that the row of the table gives.
final class SimplifiedValueTests: XCTestCase {
  private let numbers = [0, -0.0, 1, -1, 2, -0.5, 1e-300, .infinity, -.infinity, .nan]

  private func assertEqual(_ formula: SimplifiedValue, _ expected: Double, _ what: String) {
    let number = formula.value.data
    let isSame = number == expected && number.sign == expected.sign
    XCTAssertTrue(
      isSame || number.isNaN && expected.isNaN, "\(what): \(number), not \(expected)")
  }

  func testBinaryRows() {
    for f in BinaryFunction.allCases {
      for x in numbers {
        for y in numbers {
          let (what, expected) = ("\(x) \(f) \(y)", f.value(x, y))
          let (a, b) = (SimplifiedValue(Value(x)), SimplifiedValue(Value(y)))
          assertEqual(.apply(f, a, b), expected, what)
          assertEqual(.apply(f, a, y), expected, what)
          assertEqual(.apply(f, x, b), expected, what)
          assertEqual(.apply(f, SimplifiedValue.constant(x), b), expected, what)
          assertEqual(.apply(f, a, SimplifiedValue.constant(y)), expected, what)
          assertEqual(
            .apply(f, SimplifiedValue.constant(x), SimplifiedValue.constant(y)), expected, what)
        }
      }
    }
  }

  func testUnaryRows() {
    for f in UnaryFunction.allCases {
      for x in numbers {
        assertEqual(.apply(f, SimplifiedValue(Value(x))), f.value(x), "\(f)(\(x))")
        assertEqual(.apply(f, -SimplifiedValue(Value(x))), f.value(-x), "\(f)(\(-x))")
      }
    }
  }

  func testSelectionByAKnownCondition() {
    for condition in numbers {
      let chosen = SimplifiedValue.select(
        where: .constant(condition), then: SimplifiedValue(Value(3)),
        else: SimplifiedValue(Value(4)))
      let expected = Double.select(where: condition, then: 3, else: 4)
      assertEqual(chosen, expected, "select \(condition)")
      if !condition.isNaN { XCTAssertTrue(chosen.value.isVariable) }
    }
  }

  func testConstantsAreFolded() {
    XCTAssertTrue(SimplifiedValue.sum([.constant(1), .constant(2)]).value.isConstant)
    XCTAssertTrue((SimplifiedValue.constant(1) + .constant(2)).value.isConstant)
    XCTAssertFalse(SimplifiedValue.sum([.constant(1), SimplifiedValue(Value(2))]).value.isConstant)
  }
}
