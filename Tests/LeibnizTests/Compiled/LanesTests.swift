import XCTest

@testable import Leibniz

/// The elementary functions that lanes have of their own, against the C library's, which are right to
/// nearly half a unit in the last place.
final class LanesTests: XCTestCase {
  private func check(
    _ name: String, within units: UInt64, _ range: ClosedRange<Double>, count: Int = 80_000,
    lanes: (Lanes) -> Lanes, single: (Double) -> Double
  ) {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<count / 8 {
      var x = SIMD8<Double>()
      for lane in 0..<8 { x[lane] = Double.random(in: range, using: &generator) }
      let y = lanes(Lanes(x)).vector
      for lane in 0..<8 where ulpDistance(y[lane], single(x[lane])) > units {
        XCTFail("\(name)(\(x[lane])) is \(y[lane]) in lanes, \(single(x[lane])) alone")
        return
      }
    }
  }

  func testExponential() {
    for range in [-1...1, -40...40, -745...709.7] {
      check("exp", within: 1, range, lanes: Lanes.exp, single: Double.exp)
    }
  }

  func testExponentialMinusOne() {
    for range in [-1e-9...1e-9, -1...1, -40...40, 0...709.7] {
      check("expm1", within: 2, range, lanes: Lanes.expm1, single: Double.expm1)
    }
  }

  func testLogarithms() {
    for range in [.leastNonzeroMagnitude...1e-300, 0.5...2, 1e-5...1e5, 1...1e308] {
      check("log", within: 1, range, lanes: Lanes.log, single: Double.log)
    }
    for range in [-0.99 ... -0.5, -1e-9...1e-9, -0.5...2, 1...1e308] {
      check("log1p", within: 2, range, lanes: Lanes.log1p, single: Double.log1p)
    }
  }

  func testHyperbolicFunctions() {
    for range in [-1e-9...1e-9, -1...1, -30...30] {
      check("tanh", within: 4, range, lanes: Lanes.tanh, single: Double.tanh)
      check("cosh", within: 4, range, lanes: Lanes.cosh, single: Double.cosh)
    }
  }
}
