import XCTest

@testable import Leibniz

/// Indices as inputs of programs: rows are gathered and gradients scattered, at every order.
final class ProgramLookupTests: XCTestCase {
  /// An embedding whose row goes through a function, squared.
  private func loss(_ table: [[Value]], _ index: Value) -> Value {
    let row = table[0].indices.map { i in Value.lookup(table.map { $0[i] }, at: index).tanh() }
    return Value.dot(row, row)
  }

  func testAgainstEagerMode() throws {
    let table = (0..<5).map { i in (0..<3).map { Value(sin(Double(3 * i + $0))) } }
    let parameters = table.flatMap { $0 }
    let program = try Program(inputs: 1, parameters: parameters) { [self.loss(table, $0[0])] }
    let direction = parameters.indices.map { 1 / Double($0 + 1) }
    for indices in [[2.0], [4, 0, 4], (0..<40).map { Double($0 % 5) }] {
      let samples = try Samples(indices.map { [$0] })
      let mean = Value.mean(indices.map { loss(table, .constant($0)) })
      parameters.forEach { $0.zeroGrad() }
      mean.backward()
      let expected = parameters.map(\.grad)
      parameters.forEach { $0.zeroGrad() }
      assertClose(try program.backward(samples, threads: 2), mean.data, relative: 1e-13, "loss")
      for (parameter, expected) in zip(parameters, expected) {
        assertClose(parameter.grad, expected, relative: 1e-13, "gradient")
      }
      let products = hessianVectorProduct(
        of: mean, withRespectTo: parameters, direction: direction)
      let found = program.hessianVectorProduct(samples, direction: direction)
      for (found, expected) in zip(found, products) {
        assertClose(found, expected, relative: 1e-12, "Hessian product")
      }
    }
  }

  /// One instruction gathers a row of an embedding.
  func testRowsAreGatheredAtOnce() throws {
    let table = (0..<5).map { i in (0..<3).map { Value(Double(3 * i + $0)) } }
    let program = try Program(inputs: 1, parameters: table.flatMap { $0 }) { x in
      (0..<3).map { i in Value.lookup(table.map { $0[i] }, at: x[0]) }
    }
    XCTAssertEqual(program([3]), [9, 10, 11])
    XCTAssertEqual(program.graph.form.lanes.map { "\($0.opcode)" }, ["lookup"])
  }

  func testWhatIsNoIndexIsToldWithItsSample() throws {
    let table = (0..<4).map { Value(Double($0)) }
    let program = try Program(inputs: 2, parameters: table) { x in
      [x[0] * Value.lookup(table, at: x[1])]
    }
    for (bad, batch) in [(4.0, 12), (-1, 3), (0.5, 1), (.nan, 2), (.infinity, 40)] {
      var samples = try Samples((0..<batch).map { _ in [7, 2] })
      samples[batch - 1, 1] = bad
      XCTAssertThrowsError(try program(samples)) { error in
        guard
          case .notAnIndex(let sample, let input, let found, let count)? = error as? ProgramError
        else { return XCTFail("\(error)") }
        XCTAssertEqual([sample, input, count], [batch - 1, 1, 4])
        XCTAssertTrue(found == bad || found.isNaN && bad.isNaN)
      }
      XCTAssertThrowsError(try program.backward(samples))
      samples[batch - 1, 1] = 3
      XCTAssertEqual(try program(samples)[batch - 1], [21], "the failure is forgotten")
    }
    XCTAssertEqual(
      ProgramError.notAnIndex(sample: 3, input: 1, found: 4, count: 4).description,
      "In sample 3 a table of 4 entries is looked up at 4.0, input 1: an index is a whole number "
        + "from 0 to 3.")
  }
}
