import XCTest

@testable import Leibniz

final class ProgramBranchesTests: XCTestCase {
  func testTheRightSamplesAreTold() throws {
    let threshold = Value(2, label: "threshold")
    let program = try Program(inputs: 2) { x in
      let sum = x[0] + x[1]
      if sum > threshold { return [sum] }
      return x[0] <= 1 ? [x[0] * x[1]] : [x[1]]
    }
    XCTAssertEqual(
      program.branches.map(\.description),
      ["(+) > threshold was false", "input 0 ≤ 1.0 was true"])
    let rows: [[Double]] = [[0, 0], [1, 1], [1.5, 0], [3, 0], [1, 1.1], [.nan, 0]]
    let samples = try program.samples(rows)
    XCTAssertEqual(try program.otherBranches(samples), [nil, nil, 1, 0, 0, 1])
    // As the code itself decides.
    for (row, other) in zip(rows, try program.otherBranches(samples)) {
      let anew = try Program(inputs: 2) { x in
        let numbers = row.map { Value.constant($0) }
        return numbers[0] + numbers[1] > threshold.data
          ? [x[0] + x[1]] : numbers[0] <= 1 ? [x[0] * x[1]] : [x[1]]
      }
      if other == nil { XCTAssertEqual(anew(row), program(row)) }
    }
    XCTAssertThrowsError(try program.checkBranches(samples)) {
      XCTAssertEqual(
        $0 as? ProgramError, .takesAnotherBranch(sample: 2, branch: program.branches[1]))
    }
    // Parameters are read anew at each run.
    threshold.data = -1
    XCTAssertEqual(try program.otherBranches(samples), [0, 0, 0, 0, 0, 1])
    threshold.data = 10
    try program.checkBranches(program.samples([[0, 0], [1, 8]]))
  }

  func testEachRelationTellsEqualNumbers() throws {
    for (relation, program) in [
      (Program.Branch.Relation.less, try Program(inputs: 1) { $0[0] < 1 ? $0 : [-$0[0]] }),
      (.lessOrEqual, try Program(inputs: 1) { $0[0] <= 1 ? $0 : [-$0[0]] }),
      (.greater, try Program(inputs: 1) { $0[0] > 1 ? $0 : [-$0[0]] }),
      (.greaterOrEqual, try Program(inputs: 1) { $0[0] >= 1 ? $0 : [-$0[0]] }),
    ] {
      XCTAssertEqual(program.branches.map(\.relation), [relation])
      for x in [0.5, 1, 1.5] {
        let other = try program.otherBranches(program.samples([[x]]))[0]
        XCTAssertEqual(other == nil, relation.holds(x, 1) == relation.holds(0, 1))
      }
    }
  }

  func testWhatIsNotRecorded() throws {
    let none = try Program(inputs: 1) { x in
      // Between constants, and by numbers.
      Value.constant(1) < 2 && x[0].data < 1 ? x : [-x[0]]
    }
    XCTAssertEqual(none.branches, [])
    XCTAssertEqual(try none.otherBranches(none.samples([[5], [7]])), [nil, nil])
    let x = Value(1)
    let fromValues = try Program(x < 2 ? x * x : x, inputs: [x])
    XCTAssertEqual(fromValues.branches, [])
    XCTAssertThrowsError(try none.otherBranches(Samples([[1, 2]])))
  }

  func testRecordingsInsideOthersAndOnThreads() throws {
    let outer = try Program(inputs: 1) { x in
      let inner = try! Program(inputs: 1) { y in y[0] < 3 ? y : [-y[0]] }
      XCTAssertEqual(inner.branches.count, 1)
      return x[0] > 0 ? x : [-x[0]]
    }
    XCTAssertEqual(outer.branches.map(\.relation), [.greater])
    let counts = Counts()
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for _ in 0..<20 {
        let program = try! Program(inputs: 1) { x in
          var y = x[0]
          for i in 0..<thread where y < Double(i) { y = y * y }
          return [y]
        }
        counts.check(program.branches.count == thread)
      }
    }
    XCTAssertEqual(counts.wrong, 0)
  }

  private final class Counts: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var wrong = 0
    func check(_ isRight: Bool) {
      lock.lock()
      if !isRight { wrong += 1 }
      lock.unlock()
    }
  }
}
