import XCTest

@testable import Leibniz

/// What the engine knows of objects and arrays, and how it sees that it is otherwise.
final class ObjectLayoutTests: XCTestCase {
  func testTheLayoutOfThisMachineIsKnown() throws {
    #if LEIBNIZ_OTHER_LAYOUT
      _ = Value.sum([Value(1)])
      XCTAssertFalse(ObjectLayout.isKnown)
    #else
      guard MemoryLayout<Int>.size == 8 else { throw XCTSkip("It is that of 64-bit machines.") }
      _ = Value.sum([Value(1)])
      XCTAssertTrue(ObjectLayout.isKnown)
    #endif
  }

  /// Each fact that is wrong is found.
  func testOtherLayoutsAreSeen() throws {
    guard MemoryLayout<Int>.size == 8 else { throw XCTSkip("Words are of 64 bits.") }
    XCTAssertTrue(ObjectLayout.assumed.holds())
    XCTAssertFalse(ObjectLayout(wordOfOnlyReference: 1).holds())
    XCTAssertFalse(ObjectLayout(wordOfOnlyReference: 5).holds())
    XCTAssertFalse(ObjectLayout(arrayCount: 3).holds())
    XCTAssertFalse(ObjectLayout(arrayElements: 3).holds())
    XCTAssertFalse(ObjectLayout(arrayElements: 5).holds())
  }

  /// A node is taken apart only if nobody can come by a reference to it.
  func testEveryReferenceIsSeen() throws {
    _ = Value.sum([Value(1)])
    guard ObjectLayout.isKnown else { throw XCTSkip("The layout is another here.") }
    func check(_ owners: [Value], isOnly: Bool, line: UInt = #line) {
      let address = owners.map { $0.node.address }[0]
      XCTAssertEqual(ObjectLayout.isOnly(address), isOnly, line: line)
    }
    check([Value(1)], isOnly: true)
    let shared = [Value(1)]
    let again = shared[0]
    check(shared, isOnly: false)
    let seenWeakly = [Value(1)]
    weak var weakly: Value?
    weakly = seenWeakly[0]
    check(seenWeakly, isOnly: false)
    let seenUnowned = [Value(1)]
    unowned let unowned = seenUnowned[0]
    check(seenUnowned, isOnly: false)
    withExtendedLifetime((again, seenWeakly, seenUnowned)) { XCTAssertNotNil(weakly ?? unowned) }
  }
}
