import XCTest

@testable import Leibniz

final class GradientTests: XCTestCase {
  func testDocumentedNumbers() {
    XCTAssertEqual(derivative(at: 3.0) { x in x * x }, 6)
    XCTAssertEqual(derivative(at: 3.0) { (x: Dual) in x * x }, 6)
    XCTAssertEqual(gradient(at: [1.0, 2.0]) { x in x[0] * x[1] }, [2, 1])
    let pair = valueWithGradient(at: [1.0, 2.0]) { x in x[0] * x[1] }
    XCTAssertEqual(pair.value, 2)
    XCTAssertEqual(pair.gradient, [2, 1])
    XCTAssertEqual(
      directionalDerivative(at: [1.0, 2.0], direction: [3.0, 0.0]) { x in x[0] * x[1] }, 6)
    XCTAssertEqual(
      directionalDerivative(at: [1.0, 2.0], direction: [3.0, 0.0]) { (x: [Dual]) in x[0] * x[1] }, 6
    )
  }

  func testSeparateArguments() {
    let two = valueWithGradient(at: 1.0, 2.0) { x, y in x * y + y }
    XCTAssertEqual(two.value, 4)
    XCTAssertEqual([two.gradient.0, two.gradient.1], [2, 2])
    let (a, b) = gradient(at: 3.0, 2.0) { x, y in x / y }
    XCTAssertEqual([a, b], [0.5, -0.75])
    let three = valueWithGradient(at: 1.0, 2.0, 3.0) { x, y, z in x * y * z }
    XCTAssertEqual(three.value, 6)
    XCTAssertEqual([three.gradient.0, three.gradient.1, three.gradient.2], [6, 3, 2])
    let (x, y, z) = gradient(at: 1.0, 2.0, 3.0) { x, y, z in x - 2 * y + 3 * z }
    XCTAssertEqual([x, y, z], [1, -2, 3])
  }

  func testGenericFunctionsCanBePassed() {
    func square<T: Scalar>(_ x: T) -> T { x * x }
    func product<T: Scalar>(_ x: [T]) -> T { x[0] * x[1] }
    XCTAssertEqual(derivative(at: 3.0, of: square), 6)
    XCTAssertEqual(gradient(at: [1.0, 2.0], of: product), [2, 1])
    XCTAssertEqual(hessian(at: [1.0, 2.0], of: product), [[0, 1], [1, 0]])
  }

  func testWhatTheFunctionCapturesIsLeftAlone() {
    let weight = Value(5)
    weight.grad = 7
    let inner = weight * weight
    inner.backward()
    let before = (weight.grad, inner.grad)
    XCTAssertEqual(gradient(at: [2.0]) { x in x[0] * inner + weight }, [25])
    XCTAssertEqual(weight.grad, before.0)
    XCTAssertEqual(inner.grad, before.1)
    XCTAssertEqual(hessian(at: [2.0]) { x in x[0] * x[0] * inner }, [[50]])
    XCTAssertEqual(weight.grad, before.0)
  }

  func testResultsThatAreNoOperations() {
    XCTAssertEqual(gradient(at: [1.0, 2.0]) { x in x[1] }, [0, 1])
    XCTAssertEqual(gradient(at: [1.0, 2.0]) { _ in .constant(3) }, [0, 0])
    let outside = Value(3)
    XCTAssertEqual(gradient(at: [1.0]) { _ in outside * outside }, [0])
    XCTAssertEqual(hessian(at: [1.0]) { x in x[0] }, [[0]])
    XCTAssertEqual(gradient(at: []) { _ in .constant(3) }, [])
    XCTAssertEqual(jacobian(at: [1.0]) { x in [x[0], x[0], .constant(2)] }, [[1], [1], [0]])
  }

  func testWhatDoesNotDependOnTheInputIsNotVisited() {
    // The slope of √ at 0 is infinite; only a path from the input may meet it.
    let zero = Value(0)
    XCTAssertEqual(gradient(at: [2.0]) { x in x[0] * x[0] + zero.sqrt() }, [4])
    XCTAssertEqual(
      hessianVectorProduct(at: [2.0], direction: [1]) { x in x[0] * x[0] + zero.sqrt() }, [2])
  }
}
