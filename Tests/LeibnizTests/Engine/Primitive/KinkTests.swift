import XCTest

@testable import Leibniz

/// The conventions where a function has no derivative, each by its name.
final class KinkTests: XCTestCase {
  /// y at x, and the gradients of the arguments.
  private func gradients(at x: [Double], of f: ([Value]) -> Value) -> [Double] {
    let x = x.map { Value($0) }
    f(x).backward()
    return x.map(\.grad)
  }

  private func slope(at x: Double, of f: (Value) -> Value) -> Double {
    gradients(at: [x]) { f($0[0]) }[0]
  }

  func testReluAtZero() {
    XCTAssertEqual(slope(at: 0) { $0.relu() }, 0)
    XCTAssertEqual(slope(at: -0.0) { $0.relu() }, 0)
    XCTAssertEqual(slope(at: .leastNonzeroMagnitude) { $0.relu() }, 1)
    XCTAssertEqual(slope(at: -.leastNonzeroMagnitude) { $0.relu() }, 0)
    XCTAssertEqual(Value(-0.0).relu().data, 0)
  }

  func testAbsAtZero() {
    XCTAssertEqual(slope(at: 0) { $0.abs() }, 0)
    XCTAssertEqual(slope(at: -0.0) { $0.abs() }, 0)
    XCTAssertEqual(slope(at: .leastNonzeroMagnitude) { $0.abs() }, 1)
    XCTAssertEqual(slope(at: -.leastNonzeroMagnitude) { $0.abs() }, -1)
  }

  func testSignAndStepAtZero() {
    XCTAssertEqual(Value(0).sign().data, 0)
    XCTAssertEqual(Value(-2).sign().data, -1)
    XCTAssertEqual(Value(2).sign().data, 1)
    XCTAssertEqual(Value(0).step().data, 0)
    XCTAssertEqual(Value(-2).step().data, 0)
    XCTAssertEqual(Value(2).step().data, 1)
    XCTAssertEqual(slope(at: 0) { $0.sign() }, 0)
    XCTAssertEqual(slope(at: 0) { $0.step() }, 0)
  }

  func testLeakyReLUAtZero() {
    XCTAssertEqual(slope(at: 0) { $0.leakyReLU(slope: 0.1) }, 0.1)
    XCTAssertEqual(slope(at: -1) { $0.leakyReLU(slope: 0.1) }, 0.1)
    XCTAssertEqual(slope(at: 1) { $0.leakyReLU(slope: 0.1) }, 1)
  }

  func testEluAtZero() {
    XCTAssertEqual(slope(at: 0) { $0.elu(alpha: 2) }, 2)
    XCTAssertEqual(slope(at: .leastNonzeroMagnitude) { $0.elu(alpha: 2) }, 1)
    // The exponential of the branch not taken must not overflow into it.
    XCTAssertEqual(slope(at: 1000) { $0.elu(alpha: 2) }, 1)
    XCTAssertEqual(Value(1000).elu(alpha: 2).data, 1000)
  }

  func testTiesOfMinimumAndMaximumShareEqually() {
    XCTAssertEqual(gradients(at: [3, 3]) { max($0[0], $0[1]) }, [0.5, 0.5])
    XCTAssertEqual(gradients(at: [3, 3]) { min($0[0], $0[1]) }, [0.5, 0.5])
    XCTAssertEqual(gradients(at: [0, -0.0]) { max($0[0], $0[1]) }, [0.5, 0.5])
    XCTAssertEqual(gradients(at: [3]) { max($0[0], 3) }, [0.5])
    XCTAssertEqual(gradients(at: [3]) { max(3, $0[0]) }, [0.5])
    XCTAssertEqual(gradients(at: [3]) { min($0[0], 3) }, [0.5])
    XCTAssertEqual(gradients(at: [3]) { max($0[0], $0[0]) }, [1])
    XCTAssertEqual(gradients(at: [.infinity, .infinity]) { max($0[0], $0[1]) }, [0.5, 0.5])
  }

  func testTiesOfTheMaximumOfManyShareEqually() {
    XCTAssertEqual(gradients(at: [2, 5, 5, 1]) { .maximum($0) }, [0, 0.5, 0.5, 0])
    XCTAssertEqual(gradients(at: [4, 4, 4, 4]) { .maximum($0) }, [0.25, 0.25, 0.25, 0.25])
    XCTAssertEqual(gradients(at: [4]) { .maximum([$0[0], $0[0]]) }, [1])
  }

  func testGreaterAtTie() {
    XCTAssertEqual(Value(3).greater(than: Value(3)).data, 0.5)
    XCTAssertEqual(Value(4).greater(than: Value(3)).data, 1)
    XCTAssertEqual(Value(2).greater(than: Value(3)).data, 0)
    XCTAssertEqual(gradients(at: [3, 3]) { $0[0].greater(than: $0[1]) }, [0, 0])
  }

  func testPowerOfZeroExponent() {
    XCTAssertEqual(Value(0).power(0).data, 1)
    XCTAssertEqual(slope(at: 0) { $0.power(0) }, 0)
    XCTAssertEqual(slope(at: -2) { $0.power(0) }, 0)
    XCTAssertEqual(gradients(at: [0, 0]) { $0[0].power($0[1]) }, [0, 0])
  }

  func testPowerOfZeroBase() {
    XCTAssertEqual(slope(at: 0) { $0.power(1) }, 1)
    XCTAssertEqual(slope(at: 0) { $0.power(2) }, 0)
    XCTAssertEqual(slope(at: 0) { $0.power(3) }, 0)
    XCTAssertEqual(slope(at: 0) { $0.power(0.5) }, .infinity)
    // 0·log(0) = 0.
    XCTAssertEqual(gradients(at: [0, 2]) { $0[0].power($0[1]) }, [0, 0])
    XCTAssertEqual(gradients(at: [0.5]) { pow(0, $0[0]) }, [0])
  }

  func testSelectTakesTheSecondAtZero() {
    XCTAssertEqual(Value.select(where: Value(0), then: Value(2), else: Value(3)).data, 3)
    XCTAssertEqual(
      gradients(at: [0, 2, 3]) { .select(where: $0[0], then: $0[1], else: $0[2]) }, [0, 0, 1])
    XCTAssertEqual(
      gradients(at: [1, 2, 3]) { .select(where: $0[0], then: $0[1], else: $0[2]) }, [0, 1, 0])
    // What the branch not taken divides by must not matter.
    XCTAssertEqual(
      gradients(at: [0, 2]) { .select(where: $0[0], then: 1 / $0[0], else: $0[1]) }[1], 1)
  }

  func testStopGradientPassesTheNumberAlone() {
    XCTAssertEqual(Value(3).stopGradient().data, 3)
    XCTAssertEqual(slope(at: 3) { $0.stopGradient() * $0 }, 3)
    XCTAssertEqual(slope(at: 3) { $0.stopGradient() }, 0)
  }

  func testSquareRootAtZero() {
    XCTAssertEqual(slope(at: 0) { $0.sqrt() }, .infinity)
    XCTAssertEqual(Value(-0.0).sqrt().data, 0)
  }
}
