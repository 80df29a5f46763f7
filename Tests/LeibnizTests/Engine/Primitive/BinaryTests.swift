import XCTest

@testable import Leibniz

/// Every row of two arguments, found by `allCases`.
final class BinaryTests: XCTestCase {
  /// 500 points of the row's domain, and 500 of its mirror image where the row is smooth there too.
  private func points(_ f: BinaryFunction) -> [(Double, Double)] {
    let points = samples(500, in: f.domain.x, f.domain.y, seed: 42)
    return f.isSmoothOnMirroredDomain ? points + points.map { (-$0, -$1) } : points
  }

  /// ∂z/∂x and ∂z/∂y as `backward()` has them.
  private func slopes(_ f: BinaryFunction, _ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let x = Value(x)
    let y = Value(y)
    Value.apply(f, x, y).backward()
    return (x.grad, y.grad)
  }

  func testFirstDerivativesAgainstCentralDifferences() {
    for f in BinaryFunction.allCases {
      for (x, y) in points(f) {
        let actual = slopes(f, x, y)
        let byX = finiteDifference(at: x) { f.value($0, y) }
        let byY = finiteDifference(at: y, step: 0.005) { f.value(x, $0) }
        assertClose(actual.x, byX, relative: 1e-7, "∂(\(f))/∂x at \(x), \(y)")
        assertClose(actual.y, byY, relative: 1e-7, "∂(\(f))/∂y at \(x), \(y)")
      }
    }
  }

  func testFirstDerivativesAgainstClosedForms() {
    for f in BinaryFunction.allCases {
      for (x, y) in points(f) {
        let (actual, expected) = (slopes(f, x, y), f.expectedFirst(x, y))
        assertClose(actual.x, expected.x, relative: 1e-12, "∂(\(f))/∂x at \(x), \(y)")
        assertClose(actual.y, expected.y, relative: 1e-12, "∂(\(f))/∂y at \(x), \(y)")
      }
    }
  }

  func testSecondDerivativesAgainstClosedForms() {
    for f in BinaryFunction.allCases {
      for (a, b) in points(f) {
        let expected = f.expectedSecond(a, b)
        let what = "second derivative of \(f) at \(a), \(b)"
        var (x, y) = (Value(a), Value(b))
        f.derivativeByFirst(x, y, .apply(f, x, y))?.backward()
        assertClose(x.grad, expected.xx, relative: 1e-10, what)
        assertClose(y.grad, expected.xy, relative: 1e-10, what)
        (x, y) = (Value(a), Value(b))
        f.derivativeBySecond(x, y, .apply(f, x, y))?.backward()
        assertClose(x.grad, expected.xy, relative: 1e-10, what)
        assertClose(y.grad, expected.yy, relative: 1e-10, what)
      }
    }
  }

  func testPlainNumbersOnEachSide() {
    for f in BinaryFunction.allCases {
      for (a, b) in points(f).prefix(50) {
        let expected = f.value(a, b)
        let partials = slopes(f, a, b)
        let (x, y) = (Value(a), Value(b))
        let numberSecond = Value.apply(f, x, b)
        let numberFirst = Value.apply(f, a, y)
        numberSecond.backward()
        numberFirst.backward()
        XCTAssertEqual(numberSecond.data, expected, "\(f)")
        XCTAssertEqual(numberFirst.data, expected, "\(f)")
        XCTAssertEqual(Double.apply(f, a, b), expected, "\(f)")
        XCTAssertEqual(x.grad, partials.x, "\(f)")
        XCTAssertEqual(y.grad, partials.y, "\(f)")
        XCTAssertEqual(numberSecond.children.map(\.id), [x.id], "a number is no node")
        XCTAssertEqual(numberFirst.children.map(\.id), [y.id], "a number is no node")
        XCTAssertEqual(numberFirst.operation, .binary(f))
        XCTAssertEqual(numberSecond.operation, .binary(f))
      }
    }
  }

  func testOperatorsNameTheirRows() {
    let (x, y) = (Value(5), Value(3))
    let cases: [(Value, Primitive, Double)] = [
      (x + y, .binary(.add), 8), (x - y, .binary(.subtract), 2),
      (x * y, .binary(.multiply), 15), (x / y, .binary(.divide), 5.0 / 3),
      (x + 2, .binary(.add), 7), (2 + x, .binary(.add), 7),
      (x - 2, .binary(.subtract), 3), (2 - x, .binary(.subtract), -3),
      (x * 2, .binary(.multiply), 10), (2 * x, .binary(.multiply), 10),
      (x / 2, .binary(.divide), 2.5), (2 / x, .binary(.divide), 0.4),
      (x.power(2), .binary(.power), 25), (x.power(y), .binary(.power), 125),
      (pow(x, 2), .binary(.power), 25), (pow(2, x), .binary(.power), 32),
      (pow(x, y), .binary(.power), 125),
      (atan2(x, y), .binary(.atan2), 1.0303768265243125),
      (min(x, y), .binary(.minimum), 3), (max(x, y), .binary(.maximum), 5),
      (min(x, 2), .binary(.minimum), 2), (max(x, 7), .binary(.maximum), 7),
      (min(2, x), .binary(.minimum), 2), (max(7, x), .binary(.maximum), 7),
      (x.greater(than: y), .binary(.greater), 1),
      ((-x).leakyReLU(slope: 0.1), .binary(.leakyReLU), -0.5),
      ((-x).elu(alpha: 2), .binary(.elu), -1.986524106001829),
    ]
    for (value, operation, number) in cases {
      XCTAssertEqual(value.operation, operation)
      XCTAssertEqual(value.data, number, accuracy: 1e-14, "\(operation)")
    }
    XCTAssertEqual((-x).leakyReLU().data, -0.05, "the slope is 0.01 unless told")
    XCTAssertEqual((-x).elu().data, expm1(-5), "alpha is 1 unless told")
  }

  func testPowerOfNegativeBase() {
    for x in samples(50, in: -3 ... -0.1, seed: 3) {
      for y in [-3.0, -2, -1, 0, 1, 2, 3, 4] {
        let variable = Value(x)
        variable.power(y).backward()
        let expected = y == 0 ? 0 : y * pow(x, y - 1)
        assertClose(variable.grad, expected, relative: 1e-12, "∂(xʸ)/∂x at \(x), \(y)")
      }
    }
  }

  func testAtan2InEveryQuadrant() {
    for (y, x) in samples(200, in: 0.1...3, -3 ... -0.1, seed: 4) {
      for sign in [1.0, -1] {
        let actual = slopes(.atan2, sign * y, x)
        let byY = finiteDifference(at: sign * y) { Foundation.atan2($0, x) }
        let byX = finiteDifference(at: x) { Foundation.atan2(sign * y, $0) }
        assertClose(actual.x, byY, relative: 1e-7, "∂atan2/∂y at \(sign * y), \(x)")
        assertClose(actual.y, byX, relative: 1e-7, "∂atan2/∂x at \(sign * y), \(x)")
      }
    }
  }
}
