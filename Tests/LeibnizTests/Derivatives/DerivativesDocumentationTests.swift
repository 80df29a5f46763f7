import XCTest

@testable import Leibniz

/// The numbers that stand in the articles of the documentation.
final class DerivativesDocumentationTests: XCTestCase {
  func testDerivativesOfFunctions() {
    func valley<T: Scalar>(_ x: [T]) -> T {
      (1 - x[0]).power(2) + 100 * (x[1] - x[0] * x[0]).power(2)
    }
    XCTAssertEqual(valley([0.5, 1.0]), 56.5)
    XCTAssertEqual(gradient(at: [0.5, 1.0], of: valley), [-151, 150])
    XCTAssertEqual(hessian(at: [0.5, 1.0], of: valley), [[-98, -200], [-200, 200]])
    let x = Value(2)
    let first = gradients(of: x * x * x, withRespectTo: [x])[0]
    (first * first).backward()
    XCTAssertEqual(x.grad, 288)
  }

  func testCheckingAGradient() {
    let x = Value(0, label: "x")
    let depth = x.log()
    depth.label = "depth"
    let loss = depth * 2 + 1
    loss.label = "loss"
    XCTAssertEqual(
      loss.firstNonFinite()!.description,
      "The value of depth = log(0.0) is -inf; reached through: loss → depth")
  }

  func testAddingAnOperation() throws {
    let lambert = CustomOperation(
      "lambert",
      value: { x in
        var w = log1p(x[0])
        for _ in 0..<50 { w -= (w * exp(w) - x[0]) / (exp(w) * (w + 1)) }
        return w
      },
      partials: { x, w in [w / (x[0] * (1 + w))] })
    let x = Value(1)
    let w = lambert([x])
    w.backward()
    XCTAssertEqual(w.data, 0.567143290409784, accuracy: 1e-15)
    XCTAssertEqual(x.grad, 0.361896256634889, accuracy: 1e-15)
    XCTAssertEqual(hessian(at: [1.0]) { x in lambert(x) }[0][0], -0.21454064628214, accuracy: 1e-14)
    try checkGradient(at: [1.0]) { x in lambert(x) }
    try checkHessian(at: [1.0]) { x in lambert(x) }
  }
}
