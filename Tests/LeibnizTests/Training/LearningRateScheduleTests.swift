import XCTest

@testable import Leibniz

final class LearningRateScheduleTests: XCTestCase {
  private func rates(_ schedule: LearningRateSchedule) -> [Double] { (0..<12).map { schedule($0) } }

  func testSchedulesAgainstReference() {
    assertReference(rates(.linear(from: 0.05, to: 0.2, steps: 8)), "linear")
    assertReference(rates(.exponential(from: 0.2, factor: 0.9)), "exponential")
    assertReference(rates(.step(from: 0.2, factor: 0.5, every: 3)), "stepwise")
    assertReference(rates(.cosine(from: 0.2, to: 0.01, steps: 11)), "cosine")
  }

  func testWarmUpReachesTheRateAndJoins() {
    let schedule = LearningRateSchedule.warmUp(to: 1, steps: 4).joined(after: 4, to: .constant(0.5))
    XCTAssertEqual((0..<6).map { schedule($0) }, [0.25, 0.5, 0.75, 1, 0.5, 0.5])
    XCTAssertEqual(LearningRateSchedule.constant(0.3)(1_000_000), 0.3)
    XCTAssertEqual(LearningRateSchedule.linear(from: 1, to: 2, steps: 0)(0), 2)
  }

  func testReduceOnPlateau() {
    var plateau = ReduceOnPlateau(factor: 0.5, patience: 1)
    var rate = 1.0
    let rates = [3.0, 2.0, 2.1, 2.0, 1.9999, 1.5, 1.6, 1.7, 1.8, 1.9].map { loss in
      rate *= plateau.record(loss)
      return rate
    }
    assertReference(rates, "plateau")
  }
}
