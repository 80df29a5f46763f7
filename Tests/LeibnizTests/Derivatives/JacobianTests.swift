import XCTest

@testable import Leibniz

final class JacobianTests: XCTestCase {
  func testOutputsByInputs() {
    let tall = jacobian(at: [1.0, 2.0]) { x in [x[0] * x[1], x[0] + x[1], x[1].power(2)] }
    XCTAssertEqual(tall, [[2, 1], [1, 1], [0, 4]])
    let wide = jacobian(at: [1.0, 2.0, 3.0]) { x in [x[0] * x[1] * x[2], x[2] - x[0]] }
    XCTAssertEqual(wide, [[6, 3, 2], [-1, 0, 1]])
    XCTAssertEqual(jacobian(at: [1.0]) { _ in [] }, [])
  }

  func testProductsAreRowsAndColumns() {
    func f<T: Scalar>(_ x: [T]) -> [T] {
      [x[0] * x[1].sin(), (x[0] - x[2]).exp(), x[1] / x[2], .logSumExp(x)]
    }
    let point = [0.5, -1.2, 2.0], direction = [1.0, -2.0, 0.5], cotangent = [1.0, 2.0, -1.0, 3.0]
    let matrix = jacobian(at: point, of: f)
    let expected = matrix.map { zip($0, direction).map(*).reduce(0, +) }
    let onGraph = jacobianVectorProduct(at: point, direction: direction, of: f)
    let onDuals = jacobianVectorProduct(at: point, direction: direction) { (x: [Dual]) in f(x) }
    for i in expected.indices {
      XCTAssertEqual(onGraph[i], expected[i], accuracy: 1e-15)
      XCTAssertEqual(onDuals[i], expected[i], accuracy: 1e-15)
    }
    let transposed = vectorJacobianProduct(at: point, cotangent: cotangent, of: f)
    for j in point.indices {
      let sum = zip(matrix, cotangent).reduce(0) { $0 + $1.0[j] * $1.1 }
      XCTAssertEqual(transposed[j], sum, accuracy: 1e-15)
    }
  }

  func testDocumentedNumbers() {
    XCTAssertEqual(
      jacobianVectorProduct(at: [1.0, 2.0], direction: [1.0, 0.0]) { x in
        [x[0] * x[1], x[0] + x[1]]
      }, [2, 1])
    XCTAssertEqual(
      vectorJacobianProduct(at: [1.0, 2.0], cotangent: [1.0, 10.0]) { x in
        [x[0] * x[1], x[0] + x[1]]
      }, [12, 11])
  }

  func testAnOutputGivenTwiceCountsTwice() {
    XCTAssertEqual(
      vectorJacobianProduct(at: [3.0], cotangent: [1.0, 10.0]) { x in
        let y = x[0] * x[0]
        return [y, y]
      }, [66])
  }
}
