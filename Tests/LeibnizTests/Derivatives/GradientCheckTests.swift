import RandomGraphs
import XCTest

@testable import Leibniz

final class GradientCheckTests: XCTestCase {
  private static let wrongCube = CustomOperation(
    "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [2 * x[0] * x[0]] as [Value] })

  func testRightGradientsPass() throws {
    let check = try checkGradient(at: [1.0, 2.0]) { x in x[0] * x[1].sin() }
    XCTAssertLessThan(check.relativeError, 1e-9)
    XCTAssertEqual(try checkHessian(at: [1.0]) { x in x[0].exp() }.coordinates, [0, 0])
    for seed in 0..<60 as Range<UInt64> {
      let graph = RandomGraph(seed: seed).withStopsFrozen
      try checkGradient(at: graph.inputs) { graph($0) }
      try checkHessian(at: graph.inputs, tolerance: 1e-5) { graph($0) }
    }
  }

  func testAWrongDerivativeIsNamed() {
    XCTAssertThrowsError(
      try checkGradient(at: [1.0, 2.0]) { x in x[0] + Self.wrongCube([x[1]]) }
    ) { error in
      guard case GradientCheckError.disagreement(let check, let tolerance) = error
      else { return XCTFail("\(error)") }
      XCTAssertEqual(check.coordinates, [1])
      XCTAssertEqual(check.derivative, 8)
      XCTAssertEqual(check.difference, 12, accuracy: 1e-8)
      XCTAssertEqual(check.relativeError, 1.0 / 3, accuracy: 1e-8)
      XCTAssertEqual(tolerance, 1e-6)
    }
  }

  func testAWrongSecondDerivativeIsNamed() {
    // The first derivative is right as a number, but its formula hides how it depends on x.
    let cube = CustomOperation(
      "cube", value: { $0[0] * $0[0] * $0[0] },
      partials: { x, _ in [3 * x[0].stopGradient() * x[0]] as [Value] })
    XCTAssertNoThrow(try checkGradient(at: [1.0, 2.0]) { x in x[0] + cube([x[1]]) })
    XCTAssertThrowsError(try checkHessian(at: [1.0, 2.0]) { x in x[0] + cube([x[1]]) }) { error in
      guard case GradientCheckError.disagreement(let check, _) = error
      else { return XCTFail("\(error)") }
      XCTAssertEqual(check.coordinates, [1, 1])
      XCTAssertEqual(check.derivative, 6)
      XCTAssertEqual(check.difference, 12, accuracy: 1e-8)
    }
  }

  func testBranchesOnNumbersAreFound() {
    XCTAssertThrowsError(
      try checkGradient(at: [0.0]) { x in x[0].data > 0 ? x[0] : 2 * x[0] })
  }

  func testZeroGradientsAndDifferentSizesPass() throws {
    try checkGradient(at: [1.0]) { x in x[0].sin().power(2) + x[0].cos().power(2) }
    try checkGradient(at: [1.0, 5.0]) { x in 0 * x[0] + 3 }
    try checkGradient(at: [1e-3, 1e3, 0]) { x in x[0].log() + x[1].power(2) + x[2] }
    try checkGradient(at: [1e-4]) { x in 1e-20 * x[0].log() }
  }

  func testAGradientThatIsNoNumberFails() {
    XCTAssertThrowsError(try checkGradient(at: [0.0]) { x in (x[0] * x[0]).sqrt() }) { error in
      XCTAssertTrue("\(error)".hasPrefix("∂f/∂x[0]: "), "\(error)")
    }
  }

  /// An infinite value or an infinite difference does not make other errors small.
  func testInfinitiesHideNothing() throws {
    let wrong = { (x: [Value]) in Self.wrongCube([x[0]]) }
    XCTAssertThrowsError(try checkGradient(at: [2.0]) { x in wrong(x) + Value.constant(.infinity) })
    // The second coordinate is a step: its differences grow without bound.
    let cliff = CustomOperation(
      "cliff", value: { $0[0] > 0 ? .infinity : 0 }, partials: { _, _ in [0.0] })
    XCTAssertThrowsError(try checkGradient(at: [2.0, 0.0]) { x in wrong(x) + cliff([x[1]]) })
    let infinite = CustomOperation("infinite", value: { $0[0] }, partials: { _, _ in [.infinity] })
    XCTAssertThrowsError(try checkGradient(at: [2.0]) { x in infinite([x[0]]) })
    XCTAssertThrowsError(
      try checkGradient(at: [2.0], tolerance: .infinity) { x in infinite([x[0]]) })
    XCTAssertThrowsError(try checkGradient(at: [2.0], tolerance: .nan) { x in x[0] * x[0] })
    let nan = CustomOperation("nan", value: { $0[0] }, partials: { _, _ in [.nan] })
    XCTAssertThrowsError(try checkGradient(at: [2.0], tolerance: .infinity) { x in nan([x[0]]) })
  }

  func testErrorsReadAsSentences() {
    let check = GradientCheck(
      coordinates: [2, 0], derivative: 1, difference: 2, relativeError: 0.5)
    XCTAssertEqual(
      GradientCheckError.disagreement(check, tolerance: 0.001).description,
      "∂²f/∂x[2]∂x[0]: 1.0 by differentiation, 2.0 by differences, relative error 0.5, "
        + "above the tolerance 0.001")
  }
}
