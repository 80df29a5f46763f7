import XCTest

@testable import Leibniz

/// Every row of one argument, found by `allCases`.
final class UnaryTests: XCTestCase {
  /// 500 points of the row's domain, and 500 of its mirror image where the row is smooth there too.
  private func points(_ f: UnaryFunction) -> [Double] {
    let points = samples(500, in: f.domain, seed: 42)
    return f.isSmoothOnMirroredDomain ? points + points.map { -$0 } : points
  }

  /// dy/dx as `backward()` has it.
  private func slope(_ f: UnaryFunction, at x: Double) -> Double {
    let x = Value(x)
    Value.apply(f, x).backward()
    return x.grad
  }

  func testFirstDerivativesAgainstCentralDifferences() {
    for f in UnaryFunction.allCases where f != .stopGradient {
      for x in points(f) {
        let expected = finiteDifference(at: x) { f.value($0) }
        assertClose(slope(f, at: x), expected, relative: 1e-7, "\(f)′(\(x))")
      }
    }
  }

  func testFirstDerivativesAgainstClosedForms() {
    for f in UnaryFunction.allCases {
      for x in points(f) {
        assertClose(slope(f, at: x), f.expectedFirst(x), relative: 1e-12, "\(f)′(\(x))")
      }
    }
  }

  func testSecondDerivativesAgainstClosedForms() {
    for f in UnaryFunction.allCases {
      for number in points(f) {
        let x = Value(number)
        f.derivative(x, .apply(f, x))?.backward()
        assertClose(x.grad, f.expectedSecond(number), relative: 1e-10, "\(f)″(\(number))")
      }
    }
  }

  func testEagerValueIsTheRowsValue() {
    for f in UnaryFunction.allCases {
      for x in points(f).prefix(20) {
        XCTAssertEqual(Value.apply(f, Value(x)).data, f.value(x), "\(f)(\(x))")
        XCTAssertEqual(Double.apply(f, x), f.value(x), "\(f)(\(x))")
        XCTAssertEqual(Value.apply(f, Value(x)).operation, .unary(f))
      }
    }
  }

  func testIdentities() {
    for x in samples(200, in: -1.3...1.3, seed: 1) {
      let what = "at \(x)"
      assertClose(tan(x), sin(x) / cos(x), relative: 1e-14, what)
      assertClose(x.sin() * x.sin() + x.cos() * x.cos(), 1, relative: 1e-14, what)
      assertClose(x.cosh() * x.cosh() - x.sinh() * x.sinh(), 1, relative: 1e-13, what)
      assertClose(x.sinh() + x.cosh(), x.exp(), relative: 1e-14, what)
      assertClose(x.tanh(), x.sinh() / x.cosh(), relative: 1e-14, what)
      assertClose(x.sech() * x.cosh(), 1, relative: 1e-14, what)
      assertClose(x.tan().atan(), x, relative: 1e-13, what)
      assertClose(x.sinh().asinh(), x, relative: 1e-13, what)
      assertClose((x / 2).asin() + (x / 2).acos(), .pi / 2, relative: 1e-14, what)
      assertClose(x.tanh().atanh(), x, relative: 1e-13, what)
      assertClose((1 + x * x).acosh().cosh(), 1 + x * x, relative: 1e-13, what)
      assertClose(x.expm1().log1p(), x, relative: 1e-13, what)
      assertClose(x.erf() + x.erfc(), 1, relative: 1e-14, what)
      assertClose(x.sigmoid() + (-x).sigmoid(), 1, relative: 1e-14, what)
      assertClose((2 * x).sigmoid(), (1 + x.tanh()) / 2, relative: 1e-13, what)
      assertClose(x.softplus() - (-x).softplus(), x, relative: 1e-13, what)
      assertClose(x.gelu() - (-x).gelu(), x, relative: 1e-13, what)
      assertClose(x.silu() - (-x).silu(), x, relative: 1e-13, what)
      assertClose(x.relu() - (-x).relu(), x, relative: 1e-15, what)
      assertClose(x.sign() * x.abs(), x, relative: 1e-15, what)
    }
  }

  func testMethodsNameTheirRows() {
    for f in UnaryFunction.allCases {
      for x in points(f).prefix(10) {
        XCTAssertEqual(f.method(Value(x)).operation, .unary(f))
        XCTAssertEqual(f.freeFunction?(Value(x)).operation ?? .unary(f), .unary(f))
      }
    }
  }
}

extension UnaryFunction {
  /// The method that users call.
  fileprivate func method(_ x: Value) -> Value {
    switch self {
    case .negate: -x
    case .reciprocal: x.reciprocal()
    case .sqrt: x.sqrt()
    case .exp: x.exp()
    case .log: x.log()
    case .log1p: x.log1p()
    case .expm1: x.expm1()
    case .sin: x.sin()
    case .cos: x.cos()
    case .tan: x.tan()
    case .asin: x.asin()
    case .acos: x.acos()
    case .atan: x.atan()
    case .sinh: x.sinh()
    case .cosh: x.cosh()
    case .tanh: x.tanh()
    case .sech: x.sech()
    case .asinh: x.asinh()
    case .acosh: x.acosh()
    case .atanh: x.atanh()
    case .erf: x.erf()
    case .erfc: x.erfc()
    case .normalDensity: x.normalDensity()
    case .normalDistribution: x.normalDistribution()
    case .abs: x.abs()
    case .sign: x.sign()
    case .step: x.step()
    case .stopGradient: x.stopGradient()
    case .relu: x.relu()
    case .sigmoid: x.sigmoid()
    case .softplus: x.softplus()
    case .gelu: x.gelu()
    case .silu: x.silu()
    }
  }

  /// The function as Foundation spells it, where Foundation has it.
  fileprivate var freeFunction: ((Value) -> Value)? {
    switch self {
    case .sqrt: Leibniz.sqrt
    case .exp: Leibniz.exp
    case .log: Leibniz.log
    case .log1p: Leibniz.log1p
    case .expm1: Leibniz.expm1
    case .sin: Leibniz.sin
    case .cos: Leibniz.cos
    case .tan: Leibniz.tan
    case .asin: Leibniz.asin
    case .acos: Leibniz.acos
    case .atan: Leibniz.atan
    case .sinh: Leibniz.sinh
    case .cosh: Leibniz.cosh
    case .tanh: Leibniz.tanh
    case .asinh: Leibniz.asinh
    case .acosh: Leibniz.acosh
    case .atanh: Leibniz.atanh
    case .erf: Leibniz.erf
    case .erfc: Leibniz.erfc
    case .abs: Leibniz.abs
    default: nil
    }
  }
}
