import Foundation
import XCTest

@testable import Leibniz

final class NumberTextTests: XCTestCase {
  /// Numbers at random are no ties, which C rounds to even and we away from zero.
  func testDigitsAsCPrintsThem() {
    for (number, exponent) in zip(samples(2_000, in: -10...10, seed: 1), 0...) {
      let number = number * Double(10).power(Double(exponent % 41 - 20))
      for digits in 1...6 {
        XCTAssertEqual(number.text(digits: digits), String(format: "%.\(digits)g", number))
      }
    }
    for number in [
      0, -0.5, 1, 10, 100, 99.96, 999_950, 1e5, 123_456, 1e-4, 9.9996e-5, 1e300,
    ] {
      XCTAssertEqual(number.text(digits: 4), String(format: "%.4g", number))
    }
    XCTAssertEqual(Double.nan.text(digits: 3), "nan")
    XCTAssertEqual((-Double.infinity).text(digits: 3), "-inf")
  }

  func testPlacesAsCPrintsThem() {
    for number in samples(1_000, in: -1_000...1_000, seed: 2) {
      for places in 0...6 {
        XCTAssertEqual(number.text(places: places), String(format: "%.\(places)f", number))
      }
    }
  }
}
