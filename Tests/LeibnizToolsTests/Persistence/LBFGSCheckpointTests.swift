import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class LBFGSCheckpointTests: XCTestCase {
  private var path = ""

  override func setUp() {
    path = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString).safetensors"
  }

  override func tearDown() { try? FileManager.default.removeItem(atPath: path) }

  private func minimizer(history: Int = 3) -> LBFGS {
    LBFGS([Value(-1.2), Value(1), Value(2)], history: history)
  }

  private func minimize(_ optimizer: LBFGS, iterations: Int) {
    let x = optimizer.parameters
    optimizer.minimize(iterations: iterations) {
      (1 - x[0]).power(2) + 10 * (x[1] - x[0] * x[0]).power(2) + x[2].sin() * x[2]
    }
  }

  func testResumeIsExactAfterAnyIteration() throws {
    let whole = minimizer()
    minimize(whole, iterations: 12)
    for interruption in 0...12 {
      let first = minimizer()
      minimize(first, iterations: interruption)
      try first.save(to: path, metadata: ["made": "by a test"])
      let second = minimizer()
      XCTAssertEqual(try second.load(from: path).metadata, ["made": "by a test"])
      minimize(second, iterations: 12 - interruption)
      XCTAssertEqual(second.parameters.map(\.data), whole.parameters.map(\.data))
      XCTAssertEqual(second.pairs.map(\.step), whole.pairs.map(\.step))
      XCTAssertEqual(second.pairs.map(\.change), whole.pairs.map(\.change))
    }
  }

  func testLoadIsAllOrNothing() throws {
    let source = minimizer()
    minimize(source, iterations: 5)
    try source.save(to: path)
    let whole = try Safetensors(contentsOf: path)
    let target = minimizer(history: 2)
    func assertRefused(_ expected: CheckpointError, _ change: (inout Safetensors) -> Void) throws {
      var file = whole
      change(&file)
      try file.write(to: path)
      XCTAssertThrowsError(try target.load(from: path)) {
        XCTAssertEqual($0 as? CheckpointError, expected)
      }
      XCTAssertEqual(target.parameters.map(\.data), [-1.2, 1, 2])
      XCTAssert(target.pairs.isEmpty)
    }
    try assertRefused(.wrongShape(tensor: "steps", expected: [2, 3], found: [3, 3])) { _ in }
    try assertRefused(.wrongShape(tensor: "changes", expected: [1, 3], found: [3, 3])) {
      $0.tensors[1] = .init(name: "steps", shape: [1, 3], values: [1, 2, 3])
    }
    try assertRefused(.missingTensor("steps")) { $0.tensors.remove(at: 1) }
    try assertRefused(.wrongShape(tensor: "parameters", expected: [3], found: [1])) {
      $0.tensors[0] = .init(name: "parameters", shape: [1], values: [1])
    }
    try assertRefused(.unexpectedTensor("more")) { file in
      for place in 1...2 { file.tensors[place].shape = [2, 3] }
      for place in 1...2 { file.tensors[place].values.removeLast(3) }
      file.tensors.append(.init(name: "more", shape: [1], values: [0]))
    }
  }
}
