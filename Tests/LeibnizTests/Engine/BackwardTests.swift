import XCTest

@testable import Leibniz

/// The order of the sweep, and what it leaves behind.
final class BackwardTests: XCTestCase {
  func testSquareUsesItsChildTwice() {
    let x = Value(3)
    (x * x).backward()
    XCTAssertEqual(x.grad, 6)
  }

  func testDiamond() {
    let x = Value(3)
    let shared = x * x
    (shared * 2 + shared.sin()).backward()
    XCTAssertEqual(x.grad, 6 * (2 + cos(9.0)), accuracy: 1e-14)
  }

  /// Sixty diamonds have 2⁶⁰ paths; each node is visited once all the same.
  func testChainOfDiamonds() {
    let x = Value(1)
    var y = x
    for _ in 0..<60 { y = y + y }
    y.backward()
    XCTAssertEqual(x.grad, 0x1p60)
    let z = (0..<60).reduce(x) { y, _ in (y * 0.25) + (y * 0.75) }
    x.zeroGrad()
    z.backward()
    XCTAssertEqual(x.grad, 1)
  }

  func testChainOfDiamondsThroughLists() {
    let x = Value(1)
    let y = (0..<60).reduce(x) { y, _ in .dot([y, y], [.constant(1), .constant(1)]) }
    y.backward()
    XCTAssertEqual(x.grad, 0x1p60)
    x.zeroGrad()
    (0..<60).reduce(x) { y, _ in .sum([y, y]) }.backward()
    XCTAssertEqual(x.grad, 0x1p60)
  }

  /// A node near the result and far from it must wait for its furthest user.
  func testNodeUsedAtSeveralDepths() {
    let x = Value(0.5)
    let early = x.exp()
    var y = early
    for _ in 0..<5 { y = y.sin() + early }
    (early * y).backward()
    let expected = finiteDifference(at: 0.5) { x in
      let early = exp(x)
      return early * (0..<5).reduce(early) { y, _ in sin(y) + early }
    }
    assertClose(x.grad, expected, relative: 1e-9, "d/dx")
  }

  func testBackwardTwiceAddsUpInVariablesAlone() {
    let x = Value(3)
    let square = x * x
    let y = square * 2
    y.backward()
    XCTAssertEqual([x.grad, square.grad, y.grad], [12, 2, 1])
    y.backward()
    XCTAssertEqual([x.grad, square.grad, y.grad], [24, 2, 1])
    x.zeroGrad()
    y.backward()
    XCTAssertEqual(x.grad, 12)
  }

  func testTwoLossesOnASharedTrunk() {
    let x = Value(2)
    let trunk = x.power(3)
    let (first, second) = (trunk * 5, trunk.log())
    first.backward()
    second.backward()
    XCTAssertEqual(x.grad, 5 * 12 + 3.0 / 2, accuracy: 1e-13)
    XCTAssertEqual(trunk.grad, 0.125, "operations hold what the last call brought")
    // A node above an earlier result: its gradient is cleared and counted afresh.
    x.zeroGrad()
    (first + second).backward()
    XCTAssertEqual(x.grad, 5 * 12 + 3.0 / 2, accuracy: 1e-13)
    XCTAssertEqual(trunk.grad, 5.125)
  }

  func testBackwardFromTheMiddle() {
    let x = Value(3)
    let y = x * x
    let z = y * 7
    z.backward()
    x.zeroGrad()
    y.backward()
    XCTAssertEqual(x.grad, 6, "what stands above y is not asked")
  }

  func testSeedScalesAllGradients() {
    let x = Value(3)
    let y = x * x
    y.backward(seed: -0.5)
    XCTAssertEqual(x.grad, -3)
    XCTAssertEqual(y.grad, -0.5)
  }

  func testBackwardOfAVariable() {
    let x = Value(3)
    x.backward()
    XCTAssertEqual(x.grad, 1)
    x.backward(seed: 4)
    XCTAssertEqual(x.grad, 5)
  }

  func testGradientOfUnusedVariableIsUntouched() {
    let (x, unused) = (Value(3), Value(4))
    unused.grad = 7
    x.exp().backward()
    XCTAssertEqual(unused.grad, 7)
  }

  /// Traversals count in the nodes themselves and must leave them clean.
  func testTraversalsLeaveNoMarks() {
    let x = Value(0.5)
    let shared = Value.sum([x, x.exp(), x])
    let y = Value.dot([shared, x], [shared, x.sin()], bias: shared) + shared
    y.backward()
    y.recompute()
    Graph([y, shared]).withIndices {}
    for node in Graph([y]).nodes { XCTAssertEqual(node.mark, 0) }
  }
}
