import XCTest

@testable import Leibniz

/// Chains of hundreds of thousands of links, and one of a million, on a stack of 512 KiB: built,
/// differentiated, printed, recomputed and released.
final class LongChainTests: XCTestCase {
  /// A chain of `link`, each the identity, from one variable.
  private func check(links: Int = 100_000, _ link: @escaping @Sendable (Value) -> Value) {
    onSmallStack {
      weak var middle: Value?
      do {
        let x = Value(0.5)
        var y = x
        for i in 0..<links {
          y = link(y)
          if i == links / 2 { middle = y }
        }
        y.backward()
        XCTAssertEqual(x.grad, 1)
        XCTAssertEqual(y.data, 0.5)
        XCTAssertEqual("\(y)", "Value(data: 0.5, grad: 1.0)")
        x.data = 0.25
        y.recompute()
        XCTAssertEqual(y.data, 0.25)
        XCTAssertNotNil(middle)
      }
      XCTAssertNil(middle, "the chain is released")
    }
  }

  func testUnaryChain() { check(links: 1_000_000) { -$0 } }

  func testBinaryChain() {
    check { $0 * 0.5 + 0.5 * $0 }
  }

  func testSumChain() { check { .sum([$0, $0]) * 0.5 } }

  func testDotChain() {
    // √(y · y) = y, and so is its slope.
    check { Value.dot([$0], [$0]).sqrt() }
  }

  func testCustomChain() {
    let identity = CustomOperation("identity", value: { $0[0] }, partials: { _, _ in [1.0] })
    check { identity([$0]) }
  }

  /// The list of children outlives its node in the user's hands, and dies last.
  func testChainOfListsHeldOutside() {
    onSmallStack {
      weak var first: Value?
      do {
        var list = [Value(1)]
        for i in 0..<100_000 {
          list = [Value.sum(list)]
          if i == 0 { first = list[0] }
        }
        XCTAssertEqual(list[0].data, 1)
      }
      XCTAssertNil(first)
    }
  }
}
