import XCTest

@testable import Leibniz

final class ProgressLineTests: XCTestCase {
  func testTimeLeft() {
    let progress = ProgressLine("step", of: 100)
    XCTAssertEqual(
      progress.line(25, "loss 0.12", after: .seconds(1)), "step 25/100  loss 0.12  3 s left")
    XCTAssertEqual(
      progress.line(1, "", after: .milliseconds(2050)), "step 1/100    3 min 22 s left")
    XCTAssertEqual(progress.line(100, "done", after: .seconds(9)), "step 100/100  done")
    XCTAssertEqual(progress.line(0, "begun", after: .zero), "step 0/100  begun")
  }
}
