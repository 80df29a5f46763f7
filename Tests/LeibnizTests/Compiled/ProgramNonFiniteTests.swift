import XCTest

@testable import Leibniz

final class ProgramNonFiniteTests: XCTestCase {
  /// A finite loss beside gradients that are not numbers.
  func testADerivativeIsTold() throws {
    let program = try Program(inputs: 1) { x in [Value.maximum([x[0], .constant(0)]).sqrt()] }
    try program.checkNumbers(program.samples([[4], [2]]))
    for count in [1, 3, 30] {
      var samples = Samples(count: count, width: 1)
      for sample in 0..<count { samples[sample, 0] = 4 }
      samples[count - 1, 0] = -1
      XCTAssertThrowsError(try program.checkNumbers(samples)) { error in
        XCTAssertEqual(
          error as? ProgramError,
          .notFinite(
            sample: count - 1, operation: "sqrt", label: "", number: .infinity, isGradient: true))
        XCTAssertEqual(
          "\(error)",
          "In sample \(count - 1) the derivative that sqrt hands on is not finite: inf.")
      }
    }
  }

  func testAValueIsToldWithItsLabel() throws {
    let w = Value(3)
    let program = try Program(inputs: 1, parameters: [w]) { x in
      let y = (x[0] * w).log()
      y.label = "score"
      return [y.exp() + w]
    }
    XCTAssertThrowsError(try program.checkNumbers(program.samples([[2], [0]]))) {
      XCTAssertEqual(
        $0 as? ProgramError,
        .notFinite(
          sample: 1, operation: "log", label: "score", number: -.infinity, isGradient: false))
    }
    // Of several outputs the values are looked at.
    let two = try Program(inputs: 1) { x in [x[0], 1 / x[0]] }
    XCTAssertThrowsError(try two.checkNumbers(two.samples([[2], [0]])))
    try two.checkNumbers(two.samples([[2], [1]]))
  }

  /// The rule of a power goes by an infinity where the base is 0; that is nobody's error.
  func testWhatRulesComputeOnTheWayIsNotTold() throws {
    let y = Value(2)
    let program = try Program(inputs: 1, parameters: [y]) { x in [x[0].power(y)] }
    try program.checkNumbers(program.samples([[0], [1]]))
  }

  /// An infinity agrees with itself alone, and a program that gives NaN alone agrees with nothing.
  func testChecksOfInfiniteResults() throws {
    let infinite = try Program(inputs: 1) { x in [1 / x[0]] }
    try infinite.check(samples: Samples([[0], [-0.0], [1]]))
    for other in [-Double.infinity, 1e300, .nan] {
      for (first, second) in [(Double.infinity, other), (other, .infinity)] {
        let program = try Program(inputs: 1) { x in [x[0] + first] }
        XCTAssertThrowsError(
          try program.check(samples: Samples([[1]])) { x in [x[0] + second] }, "\(first) \(second)")
      }
    }
    let root = try Program(inputs: 1) { x in [x[0].sqrt()] }
    try root.check(samples: Samples([[-1], [4]]))
    XCTAssertThrowsError(try root.check(samples: Samples([[-1], [-4]]))) {
      guard case .notFinite(sample: 0, _, _, _, _) = $0 as? ProgramError else {
        return XCTFail("\($0)")
      }
    }
  }
}
