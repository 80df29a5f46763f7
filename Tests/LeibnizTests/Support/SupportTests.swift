import XCTest

/// The tests' own instruments, on cases whose answers are known.
final class SupportTests: XCTestCase {
  func testFiniteDifferencesAgainstKnownDerivatives() {
    for x in samples(100, in: 0.1...4, seed: 1) {
      assertClose(finiteDifference(at: x, of: exp), exp(x), relative: 1e-10, "exp at \(x)")
      assertClose(finiteDifference(at: x, of: log), 1 / x, relative: 1e-10, "log at \(x)")
      assertClose(finiteDifference(at: x, of: sin), cos(x), relative: 1e-9, "sin at \(x)")
    }
  }

  func testFiniteDifferencesTakeEachCoordinate() {
    let slopes = finiteDifferences(at: [2, 3]) { $0[0] * $0[0] * $0[1] }
    XCTAssertEqual(slopes[0], 12, accuracy: 1e-9)
    XCTAssertEqual(slopes[1], 4, accuracy: 1e-9)
  }

  func testUlpDistance() {
    XCTAssertEqual(ulpDistance(1, 1), 0)
    XCTAssertEqual(ulpDistance(1, 1 + 2 * Double.ulpOfOne), 2)
    XCTAssertEqual(ulpDistance(-0.0, 0.0), 0)
    XCTAssertEqual(ulpDistance(-.leastNonzeroMagnitude, .leastNonzeroMagnitude), 2)
    XCTAssertEqual(ulpDistance(.greatestFiniteMagnitude, .infinity), 1)
    XCTAssertEqual(ulpDistance(.nan, .nan), 0)
    XCTAssertEqual(ulpDistance(.nan, 1), .max)
  }

  func testSamplesDependOnTheSeedAlone() {
    XCTAssertEqual(samples(10, in: 0...1, seed: 7), samples(10, in: 0...1, seed: 7))
    XCTAssertNotEqual(samples(10, in: 0...1, seed: 7), samples(10, in: 0...1, seed: 8))
    XCTAssertEqual(samples(10, in: 0...1, seed: 7).prefix(2), [0, 1])
  }
}
