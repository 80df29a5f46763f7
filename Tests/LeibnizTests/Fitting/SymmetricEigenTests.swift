import XCTest

@testable import Leibniz

final class SymmetricEigenTests: XCTestCase {
  func testTwoByTwo() {
    let eigen = SymmetricEigen([[2, 1], [1, 2]])
    XCTAssertEqual(eigen.values[0], 3, accuracy: 1e-15)
    XCTAssertEqual(eigen.values[1], 1, accuracy: 1e-15)
    XCTAssertEqual(eigen.vectors[0][0], 0.5.squareRoot(), accuracy: 1e-15)
    XCTAssertEqual(eigen.vectors[0][1], 0.5.squareRoot(), accuracy: 1e-15)
  }

  func testDiagonalEmptyAndRepeated() {
    XCTAssertEqual(SymmetricEigen([]).values, [])
    XCTAssertEqual(SymmetricEigen([[0]]).vectors, [[1]])
    XCTAssertEqual(SymmetricEigen([[1, 0, 0], [0, 5, 0], [0, 0, 5]]).values, [5, 5, 1])
  }

  /// A v = λ v, with vectors of length 1 that stand upright on each other.
  func testRandomMatricesSolveTheirEquation() {
    var generator = SeededGenerator(seed: 7)
    for n in [3, 8, 24] {
      var a = Array(repeating: Array(repeating: 0.0, count: n), count: n)
      for i in 0..<n {
        for j in i..<n { (a[i][j], a[j][i]) = { ($0, $0) }(generator.normal()) }
      }
      let eigen = SymmetricEigen(a)
      XCTAssertEqual(eigen.values, eigen.values.sorted(by: >))
      for (k, vector) in eigen.vectors.enumerated() {
        XCTAssertGreaterThanOrEqual(vector.reduce(0, +), 0)
        for i in 0..<n {
          let product = zip(a[i], vector).reduce(0) { $0 + $1.0 * $1.1 }
          XCTAssertEqual(product, eigen.values[k] * vector[i], accuracy: 1e-12)
        }
        for (l, other) in eigen.vectors.enumerated() {
          let product = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
          XCTAssertEqual(product, k == l ? 1 : 0, accuracy: 1e-12)
        }
      }
    }
  }
}
