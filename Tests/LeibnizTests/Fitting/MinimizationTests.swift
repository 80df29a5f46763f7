import XCTest

@testable import Leibniz

/// Problems of Moré, Garbow and Hillstrom, *Testing unconstrained optimization software*, 1981, with
/// their numbers there, standard starts and least sums of squares.
private struct Problem {
  let name: String
  let start: [Double]
  let least: Double
  let residuals: @Sendable ([Value]) -> [Value]

  func sum(_ x: [Value]) -> Value {
    let r = residuals(x)
    return .dot(r, r)
  }

  static let bard = [
    0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
  ]
  static let kowalik = (
    y: [
      0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
    ],
    u: [4.0, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]
  )

  static let all = [
    Problem(name: "1 Rosenbrock", start: [-1.2, 1], least: 0) {
      [10 * ($0[1] - $0[0] * $0[0]), 1 - $0[0]]
    },
    Problem(name: "5 Beale", start: [1, 1], least: 0) { x in
      [1.5, 2.25, 2.625].enumerated().map { i, y in
        y - x[0] * (1 - x[1].power(Double(i + 1)))
      }
    },
    Problem(name: "7 helical valley", start: [-1, 0, 0], least: 0) { x in
      let turn = Leibniz.atan2(x[1], x[0]) / (2 * Double.pi)
      let length = (x[0] * x[0] + x[1] * x[1]).sqrt()
      return [10 * (x[2] - 10 * turn), 10 * (length - 1), x[2]]
    },
    Problem(name: "8 Bard", start: [1, 1, 1], least: 8.21487e-3) { x in
      bard.enumerated().map { i, y in
        let (u, v) = (Double(i + 1), Double(15 - i))
        return y - (x[0] + u / (v * x[1] + min(u, v) * x[2]))
      }
    },
    Problem(name: "12 box", start: [0, 10, 20], least: 0) { x in
      (1...10).map { i in
        let t = 0.1 * Double(i)
        let known = (-t).exp() - (-10 * t).exp()
        return (-t * x[0]).exp() - (-t * x[1]).exp() - x[2] * known
      }
    },
    Problem(name: "13 Powell's singular", start: [3, -1, 0, 1], least: 0) { x in
      let root5 = 5.0.squareRoot(), root10 = 10.0.squareRoot()
      let a = x[0] + 10 * x[1], b = root5 * (x[2] - x[3])
      let c = (x[1] - 2 * x[2]).power(2), d = root10 * (x[0] - x[3]).power(2)
      return [a, b, c, d]
    },
    Problem(name: "14 Wood", start: [-3, -1, -3, -1], least: 0) { x in
      let root90 = 90.0.squareRoot(), root10 = 10.0.squareRoot()
      let a = 10 * (x[1] - x[0] * x[0]), b = 1 - x[0]
      let c = root90 * (x[3] - x[2] * x[2]), d = 1 - x[2]
      let e = root10 * (x[1] + x[3] - 2), f = (x[1] - x[3]) / root10
      return [a, b, c, d, e, f]
    },
    Problem(name: "15 Kowalik and Osborne", start: [0.25, 0.39, 0.415, 0.39], least: 3.07505e-4) {
      x in
      zip(kowalik.y, kowalik.u).map { y, u in
        let above = x[0] * (u * u + u * x[1])
        let below = u * u + u * x[2] + x[3]
        return y - above / below
      }
    },
    Problem(name: "16 Brown and Dennis", start: [25, 5, -5, -1], least: 85822.2) { x in
      (1...20).map { i in
        let t = Double(i) / 5
        let a = x[0] + t * x[1] - t.exp()
        let b = x[2] + x[3] * t.sin() - t.cos()
        return a * a + b * b
      }
    },
    Problem(
      name: "21 Rosenbrock in ten", start: [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1], least: 0
    ) { x in
      (0..<5).flatMap { i -> [Value] in
        let (a, b) = (x[2 * i], x[2 * i + 1])
        return [10 * (b - a * a), 1 - a]
      }
    },
    Problem(name: "26 trigonometric", start: Array(repeating: 0.1, count: 10), least: 2.79506e-5) {
      x in
      let cosines = Value.sum(x.map { $0.cos() })
      return x.enumerated().map { i, own in
        let n = Double(i + 1)
        let first = 10 - cosines + n * (1 - own.cos())
        return first - own.sin()
      }
    },
  ]
}

final class MinimizationTests: XCTestCase {
  private func check(_ found: Double, _ problem: Problem, _ what: String) {
    // Minima of zero to the accuracy of flat valleys; some problems have a second minimum.
    let isZero = problem.name.hasPrefix("26") && found < 1e-10
    if problem.least == 0 || isZero {
      XCTAssertLessThan(found, 1e-8, "\(problem.name): \(what)")
    } else {
      assertClose(found, problem.least, relative: 1e-5, floor: 0, "\(problem.name): \(what)")
    }
  }

  func testProblemsByNewton() throws {
    for problem in Problem.all {
      let found = try minimizeByNewton(from: problem.start, of: problem.sum)
      XCTAssertTrue(
        found.reason == .gradient || found.reason == .precision, "\(problem.name): \(found)")
      check(found.value, problem, "\(found)")
    }
  }

  func testProblemsByLBFGS() throws {
    for problem in Problem.all {
      let found = try minimizeByLBFGS(from: problem.start, of: problem.sum)
      XCTAssertTrue(
        found.reason == .gradient || found.reason == .precision, "\(problem.name): \(found)")
      check(found.value, problem, "\(found)")
    }
  }

  func testProblemsByLeastSquares() throws {
    // Brown and Dennis's residuals stay so large that Gauss and Newton's curvature tells little.
    for problem in Problem.all where !problem.name.hasPrefix("16") {
      let fit = try leastSquares(from: problem.start, residuals: problem.residuals)
      // At the minimum of Powell's the Jacobian matrix is singular: each step halves what is left.
      XCTAssertTrue(fit.converged || fit.cost < 1e-30, "\(problem.name): \(fit)")
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
      [try minimizeByNewton(from: start, of: f), try minimizeByLBFGS(from: start, of: f)]
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
