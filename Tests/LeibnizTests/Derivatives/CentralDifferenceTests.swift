import XCTest

@testable import Leibniz

final class CentralDifferenceTests: XCTestCase {
  private func slope(at x: Double, of f: (Double) -> Double) -> Double {
    centralDifferences(at: [x], coordinate: 0) { [f($0[0])] }[0]
  }

  func testSmoothFunctions() {
    for x in [-3.0, -0.2, 0, 0.7, 12, 250] {
      XCTAssertEqual(slope(at: x) { $0.sin() }, x.cos(), accuracy: 1e-10)
    }
    XCTAssertEqual(slope(at: 5) { $0.exp() }, 5.0.exp(), accuracy: 1e-8)
  }

  func testNearTheEdgeOfADomainAndAKink() {
    XCTAssertEqual(slope(at: 1e-3) { $0.log() }, 1000, accuracy: 1e-6)
    XCTAssertEqual(slope(at: 1e-3) { $0.sqrt() }, 0.5 / 1e-3.squareRoot(), accuracy: 1e-7)
    XCTAssertEqual(slope(at: 1e-3) { $0.relu() }, 1, accuracy: 1e-9)
    XCTAssertEqual(slope(at: -1e-3) { $0.relu() }, 0, accuracy: 1e-9)
  }

  func testSeveralResultsAtOnce() {
    let column = centralDifferences(at: [2, 3], coordinate: 1) {
      [$0[0] * $0[1], $0[1] * $0[1], 7]
    }
    XCTAssertEqual(column.count, 3)
    for (slope, expected) in zip(column, [2.0, 6, 0]) {
      XCTAssertEqual(slope, expected, accuracy: 1e-11)
    }
  }
}
