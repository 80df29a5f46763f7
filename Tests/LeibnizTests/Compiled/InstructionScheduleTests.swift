import XCTest

@testable import Leibniz

final class InstructionScheduleTests: XCTestCase {
  /// Three matrices on one input, recorded as attention does: a part of each for every head.
  func testRowsJoinInWhateverOrderTheyWereRecorded() throws {
    let weights = (0..<24).map { row in (0..<4).map { Value(Double(row * 4 + $0) / 50 - 1) } }
    func compile(_ order: [Int]) throws -> Program {
      let inputs = (0..<4).map { _ in Value(0) }
      let rows = order.map { Value.dot(weights[$0], inputs) }
      return try Program(
        outputs: rows, inputs: inputs, parameters: weights.flatMap { $0 })
    }
    let inOrder = try compile(Array(0..<24))
    var byHeads: [Int] = []
    for head in 0..<4 {
      for matrix in [0, 8, 16] { byHeads += [matrix + 2 * head, matrix + 2 * head + 1] }
    }
    let shuffled = try compile(byHeads)
    XCTAssertEqual(inOrder.graph.form.lanes.count, 1)
    XCTAssertEqual(shuffled.graph.form.lanes.count, 1)
    let sample = [1.0, -2, 0.5, 3]
    XCTAssertEqual(shuffled(sample), byHeads.map { inOrder(sample)[$0] })
  }

  /// Each vector is divided by a number of its own, then goes through one layer: four instructions,
  /// whatever the distance of a number from its divisor, and weights that all vectors share.
  func testVectorsJoin() throws {
    let weights = (0..<5).map { row in (0..<4).map { Value(Double(row * 4 + $0) / 30) } }
    let inputs = (0..<24).map { _ in Value(0) }
    let outputs = (0..<6).flatMap { number -> [Value] in
      let vector = Array(inputs[4 * number..<4 * number + 4])
      let scale = Value.dot(vector, vector).sqrt()
      let scaled = vector.map { $0 / scale }
      return weights.map { Value.dot($0, scaled) }
    }
    let program = try Program(outputs: outputs, inputs: inputs, parameters: weights.flatMap { $0 })
    XCTAssertEqual(program.graph.form.lanes.count, 4)
    XCTAssertEqual(program.graph.form.lanes.last?.counts, Instruction.Axes(6, 5, 4))
    let sample = (0..<24).map { Double($0 % 7) - 2.5 }
    for (found, expected) in zip(program(sample), outputs) {
      for (input, number) in zip(inputs, sample) { input.data = number }
      expected.recompute()
      assertClose(found, expected.data, relative: 1e-14, "one sample")
    }
  }

  /// Eight and more rows of one sample run in vectors, fewer do not: both as eager code does.
  func testOneSampleOfManyRows() throws {
    for width in [1, 7, 8, 19] {
      let parameters = (0..<width).map { Value(0.3 * Double($0) - 1.7) }
      func formula(_ x: [Value], _ shared: Value) -> Value {
        let y: [Value] = zip(x, parameters).map { x, p in
          let sum: Value = (x * p).tanh() + (shared * p).exp()
          return sum / shared
        }
        let products: [Value] = zip(y, y.reversed()).map { (x: Value, z: Value) in x * z.relu() }
        return .sum(products)
      }
      let inputs = (0...width).map { _ in Value(0) }
      let program = try Program(
        formula(Array(inputs.dropLast()), inputs[width]), inputs: inputs, parameters: parameters)
      let sample = (0..<width).map { 1 - 0.2 * Double($0) } + [1.3]
      let loss = program.backward([sample])
      let found = parameters.map(\.grad)
      for parameter in parameters { parameter.zeroGrad() }
      let x = sample.map { Value($0) }
      let expected = formula(Array(x.dropLast()), x[width])
      expected.backward()
      assertClose(loss, expected.data, relative: 1e-13, "loss of \(width)")
      for (found, parameter) in zip(found, parameters) {
        assertClose(found, parameter.grad, relative: 1e-12, "gradient of \(width)")
      }
      let inputGradients = try program.inputGradients(program.samples([sample]))[0]
      for (found, x) in zip(inputGradients, x) {
        assertClose(found, x.grad, relative: 1e-12, "input gradient of \(width)")
      }
    }
  }

  /// Where a list whose first numbers are far apart would end, were it a row, there are no slots, nor
  /// numbers for them: it is copied.
  func testListsThatAreNoRows() throws {
    let inputs = (0..<4).map { _ in Value(0) }
    let capture = try Capture(outputs: [.sum(inputs)], inputs: inputs, parameters: [])
    let slots: [Int32] = [0, 1_500_000_000, 1, 2]
    let schedule = InstructionSchedule(
      capture.terms, live: Array(repeating: true, count: capture.terms.count),
      laneSlots: 1_500_000_001, uniformSlots: 0
    ) {
      Form.Location(slots[Int($0.first)], .lane)
    }
    XCTAssertEqual(schedule.laneInstructions.last?.a.base, 1_500_000_001)
    XCTAssertEqual(schedule.laneInstructions.last?.counts.length, 4)
  }
}
