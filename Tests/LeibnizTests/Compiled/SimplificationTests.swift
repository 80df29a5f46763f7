import XCTest

@testable import Leibniz

final class SimplificationTests: XCTestCase {
  private func opcodes(_ program: Program) -> [String] {
    (program.graph.form.prologue + program.graph.form.lanes).map { "\($0.opcode)" }
  }

  func testConstantsAreFolded() throws {
    let x = Value(0)
    let program = try Program(x + Value.constant(2) * 3 + pow(2, .constant(5)), inputs: [x])
    XCTAssertEqual(opcodes(program), ["+", "+"])
    XCTAssertEqual(program([1]), [39])
  }

  func testIdentitiesAreRemoved() throws {
    let x = Value(0), y = Value(0)
    let same = [
      x + -0.0, -0.0 + x, x - 0, x * 1, 1 * x, x / 1, x.power(1), -(-x), Value.maximum([x]),
    ]
    let program = try Program(outputs: same + [x * 0, y - y], inputs: [x, y])
    XCTAssertEqual(opcodes(program).sorted(), ["*", "-"])
    XCTAssertEqual(program([7, 3]), Array(repeating: 7, count: same.count) + [0, 0])
    XCTAssertTrue(program([.infinity, 3])[same.count].isNaN, "x · 0 is not always 0")
  }

  /// x + 0 is 0 at x = −0, which the sum of one argument is too: 1 / (x + 0) has the sign of eager mode.
  func testAddingZeroToANegativeZero() throws {
    let x = Value(0)
    let sums = [x + 0, 0 + x, Value.sum([x]), Value.mean([x]), x - -0.0]
    let program = try Program(outputs: sums.map { 1 / $0 }, inputs: [x])
    let same = try Program(outputs: [1 / (x + -0.0), 1 / (x - 0)], inputs: [x])
    for number in [0, -0.0] {
      x.data = number
      for (sum, found) in zip(sums, program([number])) {
        sum.recompute()
        XCTAssertEqual(found, 1 / sum.data)
      }
      XCTAssertEqual(program([[number], [number]]), Array(repeating: program([number]), count: 2))
      XCTAssertEqual(same([number]), [1 / number, 1 / number])
    }
  }

  /// −x is −0 where x is 0, in lanes too.
  func testTheNegativeOfZero() throws {
    let program = try Program(inputs: 1) { x in [1 / -x[0]] }
    for count in [1, 8] {
      let samples = try Samples([[Double]](repeating: [0], count: count))
      XCTAssertEqual(try program(samples)[0], [-.infinity])
    }
  }

  func testALookupAtANumberIsItsEntry() throws {
    let program = try Program(inputs: 2) { x in [Value.lookup([x[0], x[1]], at: .constant(1)) * 2] }
    XCTAssertEqual(program.graph.form.lanes.count, 1)
    XCTAssertEqual(program([3, 4]), [8])
  }

  func testEqualSubexpressionsAreMerged() throws {
    let x = Value(0), y = Value(0)
    let program = try Program(outputs: [(x * y).exp(), (x * y).exp() + 1], inputs: [x, y])
    XCTAssertEqual(opcodes(program).sorted(), ["*", "+", "exp"])
    XCTAssertEqual(program.graph.counts.mergedSubexpressions, 2)
  }

  func testEqualCustomOperationsAreMerged() throws {
    let square = CustomOperation(
      "square", value: { $0[0] * $0[0] }, partials: { x, _ in [2 * x[0]] as [Double] })
    let x = Value(0)
    let program = try Program(square([x]) + square([x]).exp(), inputs: [x])
    XCTAssertEqual(program.graph.counts.mergedSubexpressions, 1)
    XCTAssertEqual(program.graph.form.customOperations.count, 1)
    XCTAssertEqual(program([2])[0], 4 + Double(4).exp(), accuracy: 1e-13)
  }

  func testSumsOfProductsBecomeDotProducts() throws {
    let w = (0..<3).map { Value(Double($0) + 1) }
    let x = (0..<3).map { _ in Value(0) }
    let b = Value(10)
    let sum = w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + b
    let program = try Program(sum.tanh(), inputs: x)
    XCTAssertEqual(opcodes(program), ["contract", "tanh"])
    XCTAssertEqual(program([1, 2, 3])[0], Double(24).tanh(), accuracy: 1e-15)
    program.backward([[0.1, -2, -2]])
    let slope = 1 / (0.1 - 4 - 6 + 10).cosh().power(2)
    XCTAssertEqual(w.map(\.grad)[1], -2 * slope, accuracy: 1e-14)
    XCTAssertEqual(b.grad, slope, accuracy: 1e-14)
  }

  /// Each neuron becomes three terms here, for which the table of terms has to grow.
  func testTheTableOfTermsGrows() throws {
    let x = Value(0)
    let w = (0..<37).map { Value(sin(Double($0))) }
    func neuron(_ a: Value, _ b: Value) -> Value { .neuron([a], [b], bias: x, then: .tanh) }
    let neurons = w.flatMap { a in w.map { b in neuron(a, b) } } + w.map { neuron($0, $0) }
    let program = try Program(.sum(neurons), inputs: [x])
    XCTAssertEqual(program.graph.counts.mergedSubexpressions, 3 * w.count)
    x.data = 0.5
    let total = Value.sum(neurons)
    total.recompute()
    XCTAssertEqual(program([0.5])[0], total.data, accuracy: 1e-10)
  }

  func testAProductUsedTwiceIsKept() throws {
    let x = (0..<4).map { _ in Value(0) }
    let shared = x[0] * x[1]
    let program = try Program(outputs: [shared + x[2] * x[3], shared], inputs: x)
    XCTAssertEqual(program([1, 2, 3, 4]), [14, 2])
  }

  func testLayersBecomeMatrices() throws {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 64, layers: [64, 32, 10], using: &generator)
    let x = (0..<64).map { _ in Value(0) }
    let program = try Program(outputs: model(x), inputs: x)
    XCTAssertEqual(opcodes(program), ["contract", "relu", "contract", "relu", "contract"])
    XCTAssertEqual(program.graph.form.lanes.map(\.counts.rows), [64, 64, 32, 32, 10])
  }

  func testWhatDoesNotDependOnInputsIsComputedOnce() throws {
    let w = Value(2), x = Value(0)
    let program = try Program(x * w.exp(), inputs: [x])
    XCTAssertEqual(program.graph.form.prologue.map { "\($0.opcode)" }, ["exp"])
    XCTAssertEqual(program.graph.form.lanes.map { "\($0.opcode)" }, ["*"])
    program.backward([[3], [5]])
    XCTAssertEqual(w.grad, 4 * Double(2).exp(), accuracy: 1e-14)
  }

  func testALongChainCompiles() throws {
    let x = Value(0), y = Value(0.5)
    var z = x
    for _ in 0..<20_000 { z = z * y + 1 }
    let program = try Program(z, inputs: [x])
    XCTAssertEqual(program([7]), [2])
  }
}
