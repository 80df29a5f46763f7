import XCTest

@testable import Leibniz

final class MinimizationTests: XCTestCase {
  private func check(_ found: Double, _ problem: MoreProblem, _ what: String) {
    // Minima of zero to the accuracy of flat valleys.
    let isMinimum = problem.minima.contains {
      $0 == 0 ? found < 1e-8 : (found - $0).magnitude < 1e-5 * $0
    }
    XCTAssertTrue(isMinimum, "\(problem.name): \(found), \(what)")
  }

  func testProblemsByNewton() throws {
    for problem in MoreProblem.all {
      let found = try minimizeByNewton(from: problem.start, of: problem.sum)
      XCTAssertTrue(
        found.reason == .gradient || found.reason == .precision, "\(problem.name): \(found)")
      check(found.value, problem, "\(found)")
    }
  }

  func testProblemsByLBFGS() throws {
    for problem in MoreProblem.all {
      let found = try minimizeByLBFGS(from: problem.start, of: problem.sum)
      XCTAssertTrue(
        found.reason == .gradient || found.reason == .precision, "\(problem.name): \(found)")
      check(found.value, problem, "\(found)")
    }
  }

  func testProblemsByLeastSquares() throws {
    for problem in MoreProblem.all + MoreProblem.badlyScaled {
      let fit = try leastSquares(from: problem.start, residuals: problem.residuals)
      XCTAssertTrue(fit.converged, "\(problem.name): \(fit)")
      XCTAssertLessThan(fit.iterations, 150, "\(problem.name): \(fit)")
      check(fit.sumOfSquares, problem, "\(fit)")
    }
  }

  private func valley(_ n: Int) -> ([Value]) -> [Value] {
    { x in
      let terms = (0..<n - 1).map { i -> Value in
        let a = x[i + 1] - x[i] * x[i]
        let b = 1 - x[i]
        return 100 * a * a + b * b
      }
      return [.sum(terms)]
    }
  }

  func testProgramsConvergeToTenDigits() throws {
    let program = try Program(inputs: 60, of: valley(60))
    var settings = MinimizationSettings()
    settings.gradientTolerance = 1e-10
    let start = (0..<60).map { $0 % 2 == 0 ? -1.2 : 1 }
    let newton = try minimizeByNewton(from: start, program: program, settings: settings)
    XCTAssertEqual(newton.reason, .gradient, "\(newton)")
    XCTAssertGreaterThan(newton.hessianProducts, newton.iterations)
    let quasi = try minimizeByLBFGS(from: start, program: program)
    XCTAssertEqual(quasi.reason, .gradient, "\(quasi)")
    // Both find a minimum; the function has two.
    for found in [newton, quasi] { XCTAssertLessThan(found.value, 4) }
  }

  func testBounds() throws {
    let inside = try minimizeByLBFGS(
      from: [3, 3], lowerBounds: [2, -5], upperBounds: [5, 5], of: { self.valley(2)($0)[0] })
    XCTAssertEqual(inside.parameters[0], 2)
    assertClose(inside.parameters[1], 4, relative: 1e-8, "y")
    XCTAssertEqual(inside.reason, .gradient)
    // A convex function of 50 variables, whose minimum within the bounds is known.
    let target = (0..<50).map { 3 * Double($0).sin() }
    let found = try minimizeByLBFGS(
      from: Array(repeating: 0, count: 50), lowerBounds: Array(repeating: -1, count: 50),
      upperBounds: Array(repeating: 2, count: 50)
    ) { x in
      .sum(zip(x, target).enumerated().map { Double($0 + 1) * ($1.0 - $1.1).power(2) })
    }
    XCTAssertEqual(found.reason, .gradient)
    for (x, t) in zip(found.parameters, target) {
      assertClose(x, min(max(t, -1), 2), relative: 1e-7, floor: 1, "\(t)")
    }
  }

  /// Saddles are left, functions without a minimum end, and NaN is stepped around.
  func testIllPosedProblemsEndWithAReason() throws {
    func both(_ start: [Double], _ f: @escaping ([Value]) -> Value) throws -> [Minimum] {
      var settings = MinimizationSettings()
      settings.iterations = 200
      return [
        try minimizeByNewton(from: start, settings: settings, of: f),
        try minimizeByLBFGS(from: start, settings: settings, of: f),
      ]
    }
    for found in try both([0.1, 1e-3], { x in x[0] * x[0] - x[1] * x[1] + x[1].power(4) }) {
      assertClose(found.value, -0.25, relative: 1e-8, "saddle: \(found)")
    }
    for found in try both([1], { x in -x[0].power(3) }) + both([1], { x in -x[0] }) {
      XCTAssertNotEqual(found.reason, .gradient, "\(found)")
      XCTAssertTrue(found.parameters[0].isFinite)
    }
    // √x − log x is not a number below 0; its minimum is at 4.
    for found in try both([30], { x in x[0].sqrt() - x[0].log() }) {
      assertClose(found.parameters[0], 4, relative: 1e-5, "\(found)")
    }
    for found in try both([1, 2], { x in 0 * x[0] + 0 * x[1] + 3 }) {
      XCTAssertEqual(found.reason, .gradient)
      XCTAssertEqual(found.parameters, [1, 2])
    }
    // A kink, where no derivative is zero.
    for found in try both([3], { x in x[0].abs() }) {
      XCTAssertLessThan(found.parameters[0].magnitude, 1e-6, "\(found)")
    }
  }

  func testProgressAndCancellation() throws {
    var values: [Double] = []
    let found = try minimizeByNewton(
      from: [-1.2, 1],
      progress: {
        values.append($0.value)
        return $0.iteration < 4
      }
    ) { self.valley(2)($0)[0] }
    XCTAssertEqual(found.reason, .cancelled)
    XCTAssertEqual(values.count, 4)
    XCTAssertEqual(values, values.sorted(by: >))
    var settings = MinimizationSettings()
    settings.iterations = 3
    let short = try minimizeByLBFGS(from: [-1.2, 1], settings: settings) { self.valley(2)($0)[0] }
    XCTAssertEqual(short.reason, .iterations)
  }

  func testErrors() {
    func error(
      _ start: [Double], lower: [Double]? = nil, upper: [Double]? = nil,
      _ f: @escaping ([Value]) -> Value = { $0[0] * $0[0] }
    ) -> MinimizationError? {
      do {
        _ = try minimizeByLBFGS(from: start, lowerBounds: lower, upperBounds: upper, of: f)
        return nil
      } catch {
        return error
      }
    }
    XCTAssertEqual(error([]), .problem(.noParameters))
    XCTAssertEqual(error([1], lower: [2]), .problem(.startOutOfBounds(parameter: 0, value: 1)))
    XCTAssertEqual(
      error([1], lower: [2], upper: [1]),
      .problem(.contradictoryBounds(parameter: 0, lower: 2, upper: 1)))
    XCTAssertEqual(
      error([1], lower: [0, 0]), .problem(.wrongCount(of: .lowerBounds, found: 2, expected: 1)))
    guard case .valueNotFinite = error([-1], { $0[0].log() }) else { return XCTFail() }
    guard case .derivativeNotFinite(parameter: 0, _) = error([0], { $0[0].sqrt() }) else {
      return XCTFail()
    }
    XCTAssertThrowsError(
      try minimizeByNewton(from: [1], program: Program(inputs: 2) { [$0[0] * $0[1]] })
    ) {
      XCTAssertEqual(
        $0 as? MinimizationError, .problem(.wrongCount(of: .start, found: 1, expected: 2)))
    }
    XCTAssertThrowsError(
      try minimizeByNewton(from: [1, 1], program: Program(inputs: 2) { [$0[0], $0[1]] })
    ) {
      XCTAssertEqual($0 as? MinimizationError, .program(.severalOutputs(2)))
    }
  }
}
