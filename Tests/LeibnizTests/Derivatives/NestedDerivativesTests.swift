import XCTest

@testable import Leibniz

/// One derivative inside the function of another.
final class NestedDerivativesTests: XCTestCase {
  func testAnInnerDerivativeDependsOnTheOuterVariable() {
    // d/dx (x · d/dy (x y)) = d/dx x².
    XCTAssertEqual(derivative(at: 3) { x in x * derivative(at: .constant(1)) { y in x * y } }, 6)
    // At the outer variable itself, of x · ∂(x y²)/∂y = 2x³.
    XCTAssertEqual(derivative(at: 3) { x in x * derivative(at: x) { y in x * y * y } }, 54)
    // The variable inside is not the one outside: x · d(x)/dy = 0.
    XCTAssertEqual(derivative(at: 3) { x in x * derivative(at: x) { _ in x } }, 0)
    XCTAssertEqual(derivative(at: 3) { x in x * derivative(at: x) { y in x + y } }, 1)
  }

  func testThreeDeep() {
    // x · d/dy (y² · d/dz (x y z³)) at y = z = x: ∂z = 3 x y z², so y² · that with z = y would be
    // 3 x y⁵, whose derivative is 15 x y⁴.
    let found = derivative(at: 1.5) { x in
      x * derivative(at: x) { y in y * y * derivative(at: y) { z in x * y * z.power(3) } }
    }
    XCTAssertEqual(found, 6 * 15 * 1.5.power(5), accuracy: 1e-10)
  }

  func testPlainNumbersWhereNothingIsLost() {
    XCTAssertEqual(derivative(at: 1) { x in x * derivative(at: 1) { y in x + y } }, 1)
    XCTAssertEqual(derivative(at: 3) { x in x * derivative(at: 2) { y in y * y } }, 4)
    XCTAssertEqual(derivative(at: 3) { x in x * derivative(at: 1) { y in x.data * y } }, 3)
    XCTAssertEqual(derivative(at: 3) { x in x * jacobian(at: [2]) { [$0[0] + x] }[0][0] }, 1)
    XCTAssertEqual(gradient(at: [3]) { x in x[0] * hessian(at: [2]) { x[0] * $0[0] }[0][0] }, [0])
    XCTAssertEqual(
      derivative(at: 3) { (x: Dual) in x * derivative(at: 2) { (y: Dual) in y * y } }, 4)
    XCTAssertEqual(derivative(at: 3) { (x: Dual) in x * derivative(at: 2) { (_: Dual) in x } }, 0)
  }

  func testNothingIsLeft() {
    let w = Value(2)
    _ = derivative(at: 3) { x in x * w }
    XCTAssertEqual(gradient(at: [3]) { $0[0] * w }, [2])
    var leaked: Value?
    _ = derivative(at: 3) { x in
      leaked = x
      return x
    }
    XCTAssertEqual(gradient(at: [1]) { $0[0] * leaked! }, [3], "its derivative is over")
  }

  /// Every form at values against the form at numbers, and its derivative against differences.
  func testFormsAtValues() {
    func f(_ x: [Value]) -> Value { (x[0] * x[1]).sin() + x[0].exp() * x[1] * x[1] }
    func both(_ x: [Value]) -> [Value] { [f(x), x[0] / x[1], x[1]] }
    let point = [0.6, -0.7], weights = [0.3, 1.1, -2]
    let x = point.map { Value($0) }
    let cotangent = weights.map(Value.constant)
    let forms: [(name: String, atValues: ([Value]) -> [Value], atNumbers: ([Double]) -> [Double])] =
      [
        ("gradient", { gradient(at: $0, of: f) }, { gradient(at: $0, of: f) }),
        (
          "value", { [valueWithGradient(at: $0, of: f).value] },
          { [valueWithGradient(at: $0, of: f).value] }
        ),
        (
          "jacobian", { jacobian(at: $0, of: both).flatMap { $0 } },
          { jacobian(at: $0, of: both).flatMap { $0 } }
        ),
        (
          "vector–Jacobian", { vectorJacobianProduct(at: $0, cotangent: cotangent, of: both) },
          { vectorJacobianProduct(at: $0, cotangent: weights, of: both) }
        ),
        (
          "hessian", { hessian(at: $0, of: f).flatMap { $0 } },
          { hessian(at: $0, of: f).flatMap { $0 } }
        ),
        (
          "Hessian–vector",
          { hessianVectorProduct(at: $0, direction: Array(cotangent.prefix(2)), of: f) },
          { hessianVectorProduct(at: $0, direction: Array(weights.prefix(2)), of: f) }
        ),
      ]
    for form in forms {
      let values = form.atValues(x)
      for (value, number) in zip(values, form.atNumbers(point)) {
        assertClose(value.data, number, relative: 1e-13, form.name)
      }
      for (i, value) in values.enumerated() {
        let slopes = gradients(of: value, withRespectTo: x)
        let differences = finiteDifferences(at: point) { form.atNumbers($0)[i] }
        for (slope, difference) in zip(slopes, differences) {
          assertClose(slope.data, difference, relative: 1e-7, "derivative of \(form.name) \(i)")
        }
      }
    }
  }
}
