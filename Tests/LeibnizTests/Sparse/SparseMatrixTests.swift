import XCTest

@testable import Leibniz

final class SparseMatrixTests: XCTestCase {
  func testCoordinatesInAnyOrder() throws {
    let a = try SparseMatrix(
      rowCount: 3, columnCount: 4, rows: [2, 0, 0, 2, 0], columns: [3, 2, 1, 0, 2],
      values: [1, 2, 3, 4, 5])
    XCTAssertEqual(a.rows, [0, 0, 2, 2])
    XCTAssertEqual(a.columns, [1, 2, 0, 3])
    XCTAssertEqual(a.values, [3, 7, 4, 1])
    XCTAssertEqual(a.pattern.starts, [0, 2, 2, 4])
    XCTAssertEqual(a[0, 2], 7)
    XCTAssertEqual(a[1, 2], 0)
    XCTAssertEqual(a * [1, 10, 100, 1000], [730, 0, 1004])
    XCTAssertEqual(a.transposedProduct([1, 10, 100]), [400, 3, 7, 100])
  }

  func testTransposedPatterns() {
    let pattern = SparsityPattern(columnCount: 3, rows: [[0, 2], [], [1, 2]])
    XCTAssertEqual(pattern.transposed.starts, [0, 1, 2, 4])
    XCTAssertEqual(pattern.transposed.columns, [0, 2, 0, 2])
    XCTAssertEqual(pattern.transposed.transposed, pattern)
    let symmetric = pattern.symmetrized
    XCTAssertEqual((0..<3).map { Array(symmetric[$0]) }, [[0, 2], [1, 2], [0, 1, 2]])
  }

  func testErrors() {
    func error(_ rows: [Int], _ columns: [Int], _ values: [Double]) -> SparseMatrixError? {
      do {
        _ = try SparseMatrix(
          rowCount: 2, columnCount: 2, rows: rows, columns: columns, values: values)
        return nil
      } catch {
        return error
      }
    }
    XCTAssertEqual(
      error([0], [0, 1], [1]), .differentCounts(rows: 1, columns: 2, values: 1))
    XCTAssertEqual(
      error([0, 2], [0, 0], [1, 1]),
      .outside(entry: 1, row: 2, column: 0, rowCount: 2, columnCount: 2))
    XCTAssertEqual(
      error([0], [-1], [1]), .outside(entry: 0, row: 0, column: -1, rowCount: 2, columnCount: 2))
  }
}
