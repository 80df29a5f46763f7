import XCTest

@testable import Leibniz

final class LinearAlgebraTests: XCTestCase {
  private var generator = SeededGenerator(seed: 3)

  private func random(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    Matrix<Double>(
      rowCount: rows, columnCount: columns,
      (0..<rows * columns).map { _ in .random(in: -1...1, using: &generator) })
  }

  private func assertEqual(
    _ a: Matrix<Double>, _ b: Matrix<Double>, accuracy: Double, _ what: String
  ) {
    XCTAssertEqual(a.rowCount, b.rowCount, what)
    XCTAssertEqual(a.columnCount, b.columnCount, what)
    for (x, y) in zip(a.values, b.values) { XCTAssertEqual(x, y, accuracy: accuracy, what) }
  }

  func testDocumentedNumbers() throws {
    let a = Matrix<Double>([[4, 2], [2, 3]])
    XCTAssertEqual(a[0, 1], 2)
    XCTAssertEqual(a * [1, 1], [6, 5])
    XCTAssertEqual(a.values, [4, 2, 2, 3])
    let factors = try Cholesky(a)
    XCTAssertEqual(factors.solve([6, 5])[0], 1, accuracy: 1e-15)
    assertEqual(
      factors.inverse, Matrix<Double>([[0.375, -0.25], [-0.25, 0.5]]), accuracy: 1e-15, "inverse")
    let line = try QR(Matrix<Double>([[1, 0], [1, 1], [1, 2]])).solve([1, 3, 5])
    XCTAssertEqual(line[0], 1, accuracy: 1e-14)
    XCTAssertEqual(line[1], 2, accuracy: 1e-14)
    XCTAssertEqual(try solve(Matrix<Double>([[2, 1], [1, 3]]), [3, 4])[1], 1, accuracy: 1e-15)
  }

  func testFactorsOfRandomMatrices() throws {
    for n in 1...8 {
      let wide = random(n + 3, n)
      let square = wide.transposed * wide
      let factors = try Cholesky(square)
      assertEqual(factors.lower * factors.lower.transposed, square, accuracy: 1e-14, "L Lᵀ")
      assertEqual(factors.inverse * square, .identity(n), accuracy: 1e-9, "inverse")
      let qr = try QR(wide)
      assertEqual(qr.upper.transposed * qr.upper, square, accuracy: 1e-13, "RᵀR")
      assertEqual(qr.inverseOfSquare * square, .identity(n), accuracy: 1e-9, "(AᵀA)⁻¹")
      for i in 0..<n { for j in 0..<i { XCTAssertEqual(qr.upper[i, j], 0) } }
      // What is left over of a least-squares solution is at right angles to the columns.
      let b = (0..<n + 3).map { _ in Double.random(in: -1...1, using: &generator) }
      let rest = zip(wide * qr.solve(b), b).map { $0 - $1 }
      for slope in wide.transposed * rest { XCTAssertEqual(slope, 0, accuracy: 1e-13) }
      let root = random(n, n)
      let x = (0..<n).map { Double($0 + 1) }
      for (found, expected) in zip(try solve(root, root * x), x) {
        XCTAssertEqual(found, expected, accuracy: 1e-9)
      }
    }
  }

  func testSizesOfNumbersDoNotMatter() throws {
    for size in [1e-200, 1e-20, 1, 1e20, 1e200] {
      let a = Matrix<Double>(rowCount: 3, columnCount: 2, [1, 2, 3, 4, 5, 7].map { size * $0 })
      let x = try QR(a).solve(a * [1, -1])
      XCTAssertEqual(x[0], 1, accuracy: 1e-13, "\(size)")
      XCTAssertEqual(x[1], -1, accuracy: 1e-13, "\(size)")
    }
  }

  /// Through a solution by either factors, to second order.
  func testSolutionsCanBeDifferentiated() {
    func system<T: Scalar>(_ p: [T]) -> (Matrix<T>, [T]) {
      let (a, b) = (p[0] * p[0] + 2, p[0] * p[1])
      return (Matrix([[a, b], [b, p[1].exp() + 3]]), [p[0].sin(), p[1]])
    }
    func byQR<T: Scalar>(_ p: [T]) -> T {
      let (matrix, right) = system(p)
      return T.dot(solve(matrix, right), [.constant(1), .constant(2)])
    }
    func byCholesky<T: Scalar>(_ p: [T]) -> T {
      let (matrix, right) = system(p)
      return T.dot(Cholesky(matrix).solve(right), [.constant(1), .constant(2)])
    }
    // Cramer's rule.
    func byDeterminants<T: Scalar>(_ p: [T]) -> T {
      let (m, right) = system(p)
      let determinant = m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0]
      let first = right[0] * m[1, 1] - m[0, 1] * right[1]
      let second = m[0, 0] * right[1] - m[1, 0] * right[0]
      return (first + 2 * second) / determinant
    }
    let point = [0.7, -0.4]
    let expected = hessian(at: point) { byDeterminants($0) }
    let slopes = gradient(at: point) { byDeterminants($0) }
    for (name, found, foundSlopes) in [
      ("QR", hessian(at: point) { byQR($0) }, gradient(at: point) { byQR($0) }),
      ("Cholesky", hessian(at: point) { byCholesky($0) }, gradient(at: point) { byCholesky($0) }),
    ] {
      for i in 0..<2 {
        XCTAssertEqual(foundSlopes[i], slopes[i], accuracy: 1e-13, name)
        for j in 0..<2 { XCTAssertEqual(found[i][j], expected[i][j], accuracy: 1e-12, name) }
      }
    }
    let direction = directionalDerivative(at: point, direction: [1, 0]) { (p: [Dual]) in byQR(p) }
    XCTAssertEqual(direction, slopes[0], accuracy: 1e-13)
  }

  func testErrors() {
    func error<R>(_ body: () throws -> R) -> LinearAlgebraError? {
      do {
        _ = try body()
        return nil
      } catch {
        XCTAssertFalse("\(error)".isEmpty)
        return error as? LinearAlgebraError
      }
    }
    XCTAssertEqual(
      error { try Cholesky(Matrix<Double>([[1, 2], [2, 1]])) },
      .notPositiveDefinite(row: 1, pivot: -3))
    XCTAssertEqual(
      error { try Cholesky(Matrix<Double>([[1, .nan], [0, 1]])) }, .notFinite(row: 0, column: 1))
    XCTAssertEqual(
      error { try QR(Matrix<Double>([[1, 2], [2, 4], [3, 6]])) }, .rankDeficient(column: 1))
    XCTAssertEqual(
      error { try QR(Matrix<Double>([[0, 2], [0, 4]])) }, .rankDeficient(column: 0))
    XCTAssertEqual(
      error { try solve(Matrix<Double>([[1, 2], [2, 4]]), [1, 2]) }, .rankDeficient(column: 1))
  }
}
