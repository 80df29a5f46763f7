import XCTest

@testable import Leibniz

/// A table whose entry is chosen by data.
final class LookupTests: XCTestCase {
  func testOnEveryKindOfNumber() {
    let (x, y) = (Value(5), Value(7))
    let entry = Value.lookup([x, y], at: Value(1))
    XCTAssertEqual(entry.operation, .nary(.lookup))
    XCTAssertEqual(entry.data, 7)
    XCTAssertEqual(Double.lookup([5, 7], at: 0), 5)
    XCTAssertEqual(Dual.lookup([Dual(5), Dual(7, tangent: 2)], at: Dual(1)), Dual(7, tangent: 2))
    XCTAssertTrue(Value.lookup([.constant(5), .constant(7)], at: .constant(0)).isConstant)
  }

  func testTheGradientGoesToTheEntryTaken() {
    let table = (0..<4).map { Value(Double($0)) }, index = Value(2)
    let y = Value.lookup(table, at: index).exp()
    y.backward()
    XCTAssertEqual(table.map(\.grad), [0, 0, 2.0.exp(), 0])
    XCTAssertEqual(index.grad, 0)
  }

  func testAnIndexMayBeSetAnew() {
    let table = [Value(3), Value(4)], index = Value(0)
    let y = Value.lookup(table, at: index) * table[0]
    let slopes = gradients(of: y, withRespectTo: table + [index])
    XCTAssertEqual(slopes.map(\.data), [6, 0, 0])
    index.data = 1
    y.recompute()
    for slope in slopes { slope.recompute() }
    XCTAssertEqual(y.data, 12)
    XCTAssertEqual(slopes.map(\.data), [4, 3, 0])
  }

  func testHigherOrders() {
    func f(_ x: [Value], index: Value) -> Value {
      .lookup([x[0] * x[0], x[0] * x[1].exp(), x[1]], at: index) * x[1]
    }
    let point = [0.7, -0.4]
    let expected = hessian(at: point) { $0[0] * $0[1].exp() * $0[1] }
    for index in [Value(1), .constant(1)] {
      let found = hessian(at: point) { f($0, index: index) }
      let x = point.map { Value($0) }
      let first = gradients(of: f(x, index: index), withRespectTo: x)
      for i in 0..<2 {
        let row = gradients(of: first[i], withRespectTo: x)
        for j in 0..<2 {
          assertClose(found[i][j], expected[i][j], relative: 1e-14, "dual \(i) \(j)")
          assertClose(row[j].data, expected[i][j], relative: 1e-14, "formula \(i) \(j)")
        }
      }
    }
  }

  func testAnInfiniteGradientStaysInItsEntry() {
    let table = [Value(0), Value(1)]
    let y = Value.lookup(table, at: Value(0)).sqrt()
    XCTAssertEqual(
      gradients(of: y, withRespectTo: table).map(\.data), [.infinity, 0])
  }

  /// Backward and a recorded gradient by a constant index do not depend on the size of the table.
  func testARecordedGradientByAConstantIndexIsSmall() {
    let table = (0..<1000).map { Value(Double($0)) }
    let y = Value.lookup(table, at: .constant(500)).exp()
    let slopes = gradients(of: y, withRespectTo: table)
    XCTAssertEqual(slopes.filter { !$0.isConstant }.count, 1)
    XCTAssertEqual(slopes[500].id, y.id)
  }
}
