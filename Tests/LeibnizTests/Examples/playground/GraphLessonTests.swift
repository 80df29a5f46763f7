import Leibniz
import XCTest

@testable import PlaygroundModel

final class GraphLessonTests: XCTestCase {
  private let formulas = [
    "e = a*b; d = e + c; L = d*f", "tanh(w1*x1 + w2*x2 + b)", "-log(sigmoid(y*(w*x+b)))",
    "a*a + a", "max(a, b)*min(a, b) + sum(a, b, a*b)", "logSumExp(a, b, 2*a)/mean(a, b)", "a^b^2",
    "sigmoid(sigmoid(sigmoid(w*x)))", "x", "2", "relu(a - b)*2^a/3",
  ]

  private func lesson(_ formula: String) throws -> GraphLesson {
    var number = 0.3
    return try GraphLesson(formula) { _ in
      number += 0.4
      return number
    }
  }

  func testTheStepsEndAtTheGradientsOfBackward() throws {
    for formula in formulas {
      let lesson = try lesson(formula)
      var totals: [Int: Double] = [:]
      for step in lesson.backwardSteps {
        for share in step.shares { totals[share.child] = share.total }
      }
      for (place, entry) in lesson.listing.entries.enumerated() {
        guard let total = totals[place], !entry.value.isConstant else { continue }
        let grad = entry.value.grad
        XCTAssertEqual(total, grad, accuracy: 1e-12 * max(1, grad.magnitude), formula)
      }
    }
  }

  func testANodeHandsOnWhatItHasReceivedInFull() throws {
    for formula in formulas {
      let lesson = try lesson(formula)
      var visited: Set<Int> = []
      for step in lesson.backwardSteps {
        for share in step.shares {
          XCTAssertFalse(visited.contains(share.child), "\(formula): \(share)")
          XCTAssertEqual(
            share.amount, share.localDerivative * lesson.listing.entries[step.node].value.grad,
            accuracy: 1e-12)
        }
        visited.insert(step.node)
      }
    }
  }

  func testAValueUsedTwiceReceivesTwoShares() throws {
    let lesson = try GraphLesson("a*a + a") { _ in 3 }
    let shares = lesson.backwardSteps.flatMap(\.shares).filter { $0.child == 0 }
    XCTAssertEqual(shares.map(\.amount), [1, 3, 3])
    XCTAssertEqual(shares.map(\.total), [1, 4, 7])
  }

  func testNudgingAgreesAndChangesNothing() throws {
    for formula in formulas {
      let lesson = try lesson(formula)
      let before = lesson.listing.entries.map { $0.value.data }
      for (place, variable) in lesson.variables.enumerated() {
        XCTAssertEqual(
          lesson.nudgedSlope(place), variable.grad,
          accuracy: 1e-6 * max(1, variable.grad.magnitude), formula)
      }
      XCTAssertEqual(lesson.listing.entries.map { $0.value.data }, before)
    }
  }

  func testSettingAVariableComputesEverythingAnew() throws {
    let lesson = try GraphLesson("a*b") { _ in 2 }
    lesson.set(0, to: 5)
    XCTAssertEqual(lesson.listing.entries.last!.value.data, 10)
    XCTAssertEqual(lesson.variables.map(\.grad), [2, 5])
  }

  func testTheDrawingIsJSON() throws {
    for formula in formulas + ["log(a - a)", "1/(a - a)"] {
      let lesson = try lesson(formula)
      let object = try JSONSerialization.jsonObject(with: Data(lesson.json.utf8)) as? [String: Any]
      XCTAssertEqual((object?["nodes"] as? [Any])?.count, lesson.listing.entries.count, formula)
    }
  }
}
