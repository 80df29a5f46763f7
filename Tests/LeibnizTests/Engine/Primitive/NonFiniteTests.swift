import XCTest

@testable import Leibniz

/// What is not a number, and infinities, flow through every row and never trap.
final class NonFiniteTests: XCTestCase {
  func testNotANumberFlowsThroughUnaries() {
    for f in UnaryFunction.allCases {
      let x = Value(.nan)
      let y = Value.apply(f, x)
      y.backward()
      XCTAssertTrue(y.data.isNaN, "\(f)(NaN) is \(y.data)")
      switch f {
      // Their derivative is a constant.
      case .negate: XCTAssertEqual(x.grad, -1)
      case .sign, .step, .stopGradient: XCTAssertEqual(x.grad, 0)
      default: XCTAssertTrue(x.grad.isNaN, "\(f)′(NaN) is \(x.grad)")
      }
    }
  }

  func testNotANumberFlowsThroughBinaries() {
    for f in BinaryFunction.allCases {
      for (x, y) in [(Double.nan, 2.0), (-2, .nan), (.nan, .nan)] {
        XCTAssertTrue(f.value(x, y).isNaN, "\(f)(\(x), \(y)) is \(f.value(x, y))")
        let (first, second) = (Value(x), Value(y))
        Value.apply(f, first, second).backward()
      }
    }
    XCTAssertEqual(
      BinaryFunction.power.value(.nan, 0), 1, "x⁰ is 1 for every x, as IEEE 754 has it")
    XCTAssertEqual(
      BinaryFunction.power.value(1, .nan), 1, "1ʸ is 1 for every y, as IEEE 754 has it")
    XCTAssertEqual(
      BinaryFunction.leakyReLU.value(2, .nan), 2, "the slope is not looked at for x > 0")
    XCTAssertEqual(BinaryFunction.elu.value(2, .nan), 2, "alpha is not looked at for x > 0")
  }

  func testNotANumberFlowsThroughNaries() {
    for f in NaryFunction.allCases where f != .select && f != .lookup {
      for place in 0..<4 {
        var x = [1.0, -2, 3, 4]
        x[place] = .nan
        XCTAssertTrue(Double.apply(f, x).isNaN, "\(f) of \(x)")
        let values = x.map { Value($0) }
        Value.apply(f, values).backward()
      }
    }
    XCTAssertTrue(Double.apply(.select, [.nan, 1, 2]).isNaN)
    XCTAssertTrue(Double.apply(.select, [1, .nan, 2]).isNaN)
    XCTAssertEqual(Double.apply(.select, [-1, .nan, 2]), 2)
    XCTAssertTrue(Double.lookup([1, .nan], at: 1).isNaN)
    XCTAssertEqual(Double.lookup([1, .nan], at: 0), 1)
  }

  /// The limits at ±∞, and what the functions are beyond their domains.
  func testInfinitiesFlowThroughUnaries() {
    let limits: [(UnaryFunction, atMinus: Double, atPlus: Double)] = [
      (.negate, .infinity, -.infinity), (.reciprocal, -0.0, 0), (.sqrt, .nan, .infinity),
      (.exp, 0, .infinity), (.log, .nan, .infinity), (.log1p, .nan, .infinity),
      (.expm1, -1, .infinity), (.sin, .nan, .nan), (.cos, .nan, .nan), (.tan, .nan, .nan),
      (.asin, .nan, .nan), (.acos, .nan, .nan), (.atan, -.pi / 2, .pi / 2),
      (.sinh, -.infinity, .infinity), (.cosh, .infinity, .infinity), (.tanh, -1, 1), (.sech, 0, 0),
      (.asinh, -.infinity, .infinity), (.acosh, .nan, .infinity), (.atanh, .nan, .nan),
      (.erf, -1, 1), (.erfc, 2, 0), (.normalDensity, 0, 0),
      (.normalDistribution, 0, 1), (.abs, .infinity, .infinity), (.sign, -1, 1), (.step, 0, 1),
      (.stopGradient, -.infinity, .infinity), (.relu, 0, .infinity), (.sigmoid, 0, 1),
      (.softplus, 0, .infinity), (.gelu, 0, .infinity), (.silu, 0, .infinity),
    ]
    XCTAssertEqual(limits.map(\.0), UnaryFunction.allCases)
    for (f, atMinus, atPlus) in limits {
      for (x, expected) in [(-Double.infinity, atMinus), (.infinity, atPlus)] {
        XCTAssertEqual(ulpDistance(f.value(x), expected), 0, "\(f)(\(x)) is \(f.value(x))")
        Value.apply(f, Value(x)).backward()
      }
    }
  }

  func testInfinitiesFlowThroughBinaries() {
    XCTAssertEqual(BinaryFunction.maximum.value(-.infinity, 1), 1)
    XCTAssertEqual(BinaryFunction.minimum.value(.infinity, 1), 1)
    XCTAssertEqual(BinaryFunction.maximum.value(.infinity, 1), .infinity)
    XCTAssertEqual(BinaryFunction.greater.value(.infinity, .infinity), 0.5)
    XCTAssertEqual(BinaryFunction.power.value(2, -.infinity), 0)
    XCTAssertEqual(BinaryFunction.atan2.value(.infinity, .infinity), .pi / 4)
    XCTAssertEqual(BinaryFunction.elu.value(-.infinity, 2), -2)
    XCTAssertEqual(BinaryFunction.leakyReLU.value(-.infinity, 0.01), -.infinity)
  }

  func testInfinitiesFlowThroughNaries() {
    XCTAssertEqual(Double.logSumExp([-.infinity, -.infinity]), -.infinity)
    XCTAssertEqual(Double.logSumExp([-.infinity, 3]), 3)
    XCTAssertEqual(Double.logSumExp([.infinity, 3]), .infinity)
    XCTAssertEqual(Double.logSumExp([.infinity, .infinity]), .infinity)
    XCTAssertEqual(Double.logSumExp([]), -.infinity)
    XCTAssertEqual(Double.maximum([]), -.infinity)
    XCTAssertEqual(Double.maximum([-.infinity, -.infinity]), -.infinity)
    XCTAssertEqual(Double.sum([]), 0)
    XCTAssertTrue(Double.mean([]).isNaN)
    XCTAssertEqual(Double.dot([], []), 0)
  }
}
