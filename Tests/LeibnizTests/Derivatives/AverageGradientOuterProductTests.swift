import RandomGraphs
import XCTest

@testable import Leibniz

final class AverageGradientOuterProductTests: XCTestCase {
  func testDocumentedNumbers() {
    let samples = [[1.0, 0.0], [2.0, 0.0]]
    XCTAssertEqual(
      averageGradientOuterProduct(of: { x in x[0] * x[0] + x[1] }, over: samples),
      [[10, 3], [3, 1]])
    XCTAssertEqual(
      averageGradientOuterProduct(of: { x in x[0] * x[1] }, over: [[1.0, 2.0]]), [[4, 2], [2, 1]])
    XCTAssertEqual(
      featureImportance(of: { x in [x[0] * x[0] + x[1]] }, over: samples), [10, 1])
    XCTAssertEqual(featureImportance(of: { x in x[0] * x[0] + x[1] }, over: samples), [10, 1])
  }

  func testSeveralOutputsAdd() {
    let product = averageGradientOuterProduct(
      of: { x in [x[0] + x[1], x[0] - x[1], 3 * x[0]] }, over: [[0.0, 0.0]])
    XCTAssertEqual(product, [[11, 0], [0, 2]])
  }

  /// A model of one direction of its input: the product has rank one, along that direction.
  func testItFindsTheDirectionThatMatters() {
    var generator = SeededGenerator(seed: 1)
    let samples = (0..<50).map { _ in (0..<3).map { _ in generator.normal() } }
    let direction = [1.0, -2.0, 0.0]
    let product = averageGradientOuterProduct(
      of: { x in Value.dot(x, direction.map(Value.constant)).tanh() }, over: samples)
    let size = product[0][0]
    XCTAssertGreaterThan(size, 0)
    for i in 0..<3 {
      for j in 0..<3 {
        XCTAssertEqual(product[i][j], size * direction[i] * direction[j], accuracy: 1e-14)
      }
    }
  }

  func testItsDiagonalIsTheImportance() {
    let graph = RandomGraph(seed: 11)
    let samples = [graph.inputs, graph.inputs.map { $0 + 0.01 }]
    let product = averageGradientOuterProduct(of: { graph($0) }, over: samples)
    let importance = featureImportance(of: { [graph($0)] }, over: samples)
    for i in importance.indices {
      XCTAssertEqual(product[i][i], importance[i], accuracy: 1e-14 * max(1, importance[i]))
    }
  }
}
