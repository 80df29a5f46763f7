import RandomGraphs
import XCTest

@testable import Leibniz

final class HessianTests: XCTestCase {
  func testDocumentedNumbers() {
    XCTAssertEqual(
      hessian(at: [1.0, 2.0]) { x in x[0] * x[0] * x[1] }, [[4, 2], [2, 0]])
    XCTAssertEqual(
      hessianVectorProduct(at: [1.0, 2.0], direction: [1.0, 0.0]) { x in x[0] * x[0] * x[1] },
      [4, 2])
  }

  /// Rosenbrock's valley: H = [[1200x² − 400y + 2, −400x], [−400x, 200]].
  func testRosenbrock() {
    func valley<T: Scalar>(_ x: [T]) -> T {
      (1 - x[0]).power(2) + 100 * (x[1] - x[0] * x[0]).power(2)
    }
    let matrix = hessian(at: [-1.2, 1.0], of: valley)
    XCTAssertEqual(matrix[0][0], 1330, accuracy: 1e-12)
    XCTAssertEqual(matrix[0][1], 480, accuracy: 1e-12)
    XCTAssertEqual(matrix[1][1], 200, accuracy: 1e-12)
  }

  func testExactlySymmetricAndEqualToItsProducts() {
    for seed in 0..<100 as Range<UInt64> {
      let graph = RandomGraph(seed: seed, size: 60)
      let matrix = hessian(at: graph.inputs) { graph($0) }
      for i in matrix.indices {
        let unit = unitVector(i, count: matrix.count)
        let row = hessianVectorProduct(at: graph.inputs, direction: unit) { graph($0) }
        for j in matrix.indices {
          XCTAssertEqual(matrix[i][j], matrix[j][i])
          XCTAssertEqual(matrix[i][j], row[j], accuracy: 1e-11 * max(1, row[j].magnitude))
        }
      }
    }
  }

  func testNeurons() {
    var generator = SeededGenerator(seed: 5)
    let model = MLP(inputs: 3, layers: [4, 4, 1], activation: .tanh, using: &generator)
    let point = [0.3, -0.7, 1.1], direction = [1.0, 0.5, -2.0]
    let product = hessianVectorProduct(at: point, direction: direction) { model($0)[0] }
    for i in point.indices {
      let expected = finiteDifference(at: 0) { h in
        gradient(at: zip(point, direction).map { $0 + h * $1 }) { model($0)[0] }[i]
      }
      XCTAssertEqual(product[i], expected, accuracy: 1e-9)
    }
  }

  func testByTheParametersOfAModel() {
    let a = Value(1), b = Value(2)
    XCTAssertEqual(
      hessianVectorProduct(of: a * a * b, withRespectTo: [a, b], direction: [1, 0]), [4, 2])

    var generator = SeededGenerator(seed: 6)
    let model = MLP(inputs: 2, layers: [3, 1], activation: .gelu, using: &generator)
    let parameters = model.parameters
    let loss = model([0.4, -0.9])[0].power(2)
    let direction = parameters.map { _ in generator.normal() }
    let product = hessianVectorProduct(
      of: loss, withRespectTo: parameters, direction: direction)
    let slopes = gradients(of: loss, withRespectTo: parameters)
    Value.dot(slopes, direction.map(Value.constant)).backward()
    for (number, parameter) in zip(product, parameters) {
      XCTAssertEqual(number, parameter.grad, accuracy: 1e-13)
    }
  }
}
