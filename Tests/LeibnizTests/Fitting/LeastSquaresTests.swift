import Foundation
import XCTest

@testable import Leibniz

final class LeastSquaresTests: XCTestCase {
  /// Agreement of parameters, standard errors and the sum of squares with the certified ones, from both
  /// starting points.
  private func check(_ problem: StRDProblem, noise: Double = 1e-9) throws {
    for (number, start) in problem.starts.enumerated() {
      let fit = try leastSquares(from: start, residuals: problem.residuals)
      let what = "\(problem.name) from start \(number + 1): \(fit)"
      XCTAssertTrue(fit.converged, what)
      for (found, certified) in zip(fit.parameters, problem.parameters) {
        assertClose(found, certified, relative: 1e-9, floor: 0, what)
      }
      for (found, certified) in zip(try fit.standardErrors(), problem.standardErrors) {
        assertClose(found, certified, relative: noise, floor: 0, what)
      }
      assertClose(
        fit.sumOfSquares, problem.sumOfSquares, relative: noise, floor: 0, what)
    }
  }

  func testCertifiedValuesOfSixProblems() throws {
    for problem in StRDProblem.written { try check(problem) }
  }

  func testCertifiedValuesOfAllProblems() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("../shared/data/strd")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw XCTSkip("There is no \(folder.path).")
    }
    for model in StRDModel.allCases {
      let problem = try StRDProblem(
        contentsOf: folder.appendingPathComponent("\(model.rawValue).dat"))
      // The residuals of Lanczos1, 7e-14 of numbers up to 2.5, have but three digits.
      try check(problem, noise: model == .Lanczos1 ? 5e-3 : 1e-9)
    }
  }

  func testDocumentedExample() throws {
    let times = [0.0, 1, 2, 3], counts = [8.1, 4.9, 3.1, 1.8]
    let fit = try leastSquares(from: [10, 1]) { p in
      zip(times, counts).map { p[0] * (-p[1] * $0).exp() - $1 }
    }
    XCTAssertEqual(fit.parameters[0], 8.1, accuracy: 0.05)
    XCTAssertEqual(fit.parameters[1], 0.49, accuracy: 0.01)
    XCTAssertTrue(fit.description.contains("standard error"))
  }

  func testBoundsHold() throws {
    // (x − 3)² + (y + 1)² with x ≤ 2 and y ≥ 0.
    let fit = try leastSquares(
      from: [1, 1], lowerBounds: [-.infinity, 0], upperBounds: [2, .infinity]
    ) { [$0[0] - 3, $0[1] + 1] }
    XCTAssertEqual(fit.parameters, [2, 0])
    XCTAssertEqual(fit.reason, .gradient)
    XCTAssertEqual(fit.sumOfSquares, 2)
    // Rosenbrock's valley, whose minimum lies beyond the bound: y is free to follow x².
    let valley = try leastSquares(from: [-1.2, 1], upperBounds: [0.5, 5]) {
      [10 * ($0[1] - $0[0] * $0[0]), 1 - $0[0]]
    }
    XCTAssertEqual(valley.parameters[0], 0.5)
    XCTAssertEqual(valley.parameters[1], 0.25, accuracy: 1e-9)
  }

  /// Weights count as if an observation came several times.
  func testWeights() throws {
    let numbers = [1.0, 2, 4], weights = [1.0, 3, 2]
    func residuals(_ numbers: [Double]) -> ([Value]) -> [Value] {
      { p in numbers.map { p[0].exp() - $0 } }
    }
    let weighted = try leastSquares(from: [0], weights: weights, residuals: residuals(numbers))
    let repeated = try leastSquares(from: [0], residuals: residuals([1, 2, 2, 2, 4, 4]))
    assertClose(weighted.parameters[0], repeated.parameters[0], relative: 1e-12, "parameter")
    assertClose(weighted.cost, repeated.cost, relative: 1e-12, "cost")
  }

  /// At the end the gradient of the robust cost is zero, and an outlier does not decide.
  func testRobustLosses() throws {
    let x = (0..<20).map { Double($0) / 10 }
    let y = x.enumerated().map { $0 == 7 ? 50 : 1 + 2 * $1 + 0.01 * (13 * $1).sin() }
    func residuals(_ p: [Value]) -> [Value] { zip(x, y).map { p[0] + p[1] * $0 - $1 } }
    for loss in [RobustLoss.huber(scale: 0.1), .softL1(scale: 0.1), .cauchy(scale: 0.1)] {
      let fit = try leastSquares(from: [0, 0], loss: loss, residuals: residuals)
      let slopes = gradient(at: fit.parameters) { p in
        .sum(
          residuals(p).map { r in
            let z = r * r / 0.01
            return switch loss {
            case .huber: .select(where: z - 1, then: 2 * z.sqrt() - 1, else: z)
            case .softL1: 2 * ((1 + z).sqrt() - 1)
            case .cauchy: z.log1p()
            case .squares: z
            }
          })
      }
      XCTAssertLessThan(slopes.map(\.magnitude).max()!, 1e-5, "\(loss): \(fit)")
      XCTAssertEqual(fit.parameters[1], 2, accuracy: 0.1, "\(loss)")
    }
    let squares = try leastSquares(from: [0, 0], residuals: residuals)
    XCTAssertGreaterThan(squares.parameters[0], 2)
  }

  func testLossesHaveTheirDerivatives() {
    for loss in [RobustLoss.huber(scale: 0.7), .softL1(scale: 0.7), .cauchy(scale: 0.7)] {
      for z in [0.1, 0.4, 0.6, 3, 1e4] {
        let (_, first, second) = loss.value(z)
        let slope = finiteDifference(at: z) { loss.value($0).cost }
        assertClose(first, slope, relative: 1e-7, "\(loss) at \(z)")
        let curvature = finiteDifference(at: z) { loss.value($0).first }
        assertClose(second, curvature, relative: 1e-6, floor: 1e-12, "\(loss) at \(z)")
      }
    }
  }

  func testProgressAndCancellation() throws {
    var costs: [Double] = []
    func valley(_ p: [Value]) -> [Value] { [10 * (p[1] - p[0] * p[0]), 1 - p[0]] }
    let fit = try leastSquares(
      from: [-1.2, 1],
      progress: {
        costs.append($0.cost)
        return $0.iteration < 3
      }, residuals: valley)
    XCTAssertEqual(fit.reason, .cancelled)
    XCTAssertFalse(fit.converged)
    XCTAssertEqual(costs.count, 3)
    XCTAssertEqual(costs, costs.sorted(by: >))
    var settings = LeastSquaresSettings()
    settings.iterations = 2
    let short = try leastSquares(from: [-1.2, 1], settings: settings, residuals: valley)
    XCTAssertEqual(short.reason, .iterations)
    XCTAssertEqual(short.iterations, 2)
  }

  func testErrors() {
    func error(
      from start: [Double] = [1], lower: [Double]? = nil, upper: [Double]? = nil,
      weights: [Double]? = nil, _ residuals: ([Value]) -> [Value] = { [$0[0], $0[0] - 1] }
    ) -> LeastSquaresError? {
      do {
        _ = try leastSquares(
          from: start, lowerBounds: lower, upperBounds: upper, weights: weights,
          residuals: residuals)
        return nil
      } catch {
        XCTAssertFalse(error.description.isEmpty)
        return error
      }
    }
    XCTAssertEqual(error(from: []) { _ in [] }, .noParameters)
    XCTAssertEqual(error { _ in [] }, .tooFewResiduals(found: 0, parameters: 1))
    XCTAssertEqual(
      error(lower: [0, 0]), .wrongCount(of: .lowerBounds, found: 2, expected: 1))
    XCTAssertEqual(
      error(lower: [2], upper: [1]), .contradictoryBounds(parameter: 0, lower: 2, upper: 1))
    XCTAssertEqual(error(upper: [0]), .startOutOfBounds(parameter: 0, value: 1))
    XCTAssertNotNil(error(from: [.nan]))
    XCTAssertEqual(error(weights: [1]), .wrongCount(of: .weights, found: 1, expected: 2))
    XCTAssertEqual(error(weights: [1, -1]), .badWeight(residual: 1, weight: -1))
    XCTAssertEqual(
      error { [$0[0] / 0] }, .residualNotFinite(residual: 0, value: .infinity))
    XCTAssertEqual(
      error(from: [0]) { [$0[0].sqrt()] }, .derivativeNotFinite(residual: 0, parameter: 0))
  }

  func testWhatTheDataDoNotDetermine() throws {
    let fit = try leastSquares(from: [1, 1]) { p in [1.0, 2, 3].map { p[0] + p[1] - $0 } }
    XCTAssertEqual(fit.parameters[0] + fit.parameters[1], 2, accuracy: 1e-12)
    XCTAssertThrowsError(try fit.standardErrors()) {
      XCTAssertEqual($0 as? LinearAlgebraError, .rankDeficient(column: 1))
    }
    XCTAssertTrue(fit.description.contains("column 1"))
    // Residuals that are not numbers beyond the start are steps not taken.
    let root = try leastSquares(from: [0.01]) { [$0[0].log() + 3] }
    assertClose(root.parameters[0], (-3.0).exp(), relative: 1e-12, "root")
  }
}
