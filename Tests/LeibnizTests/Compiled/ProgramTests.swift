import AllocationCounter
import XCTest

@testable import Leibniz

final class ProgramTests: XCTestCase {
  func testDocumentedExample() throws {
    let w = Value(3), x = Value(0), t = Value(0)
    let program = try Program((w * x - t).power(2), inputs: [x, t])
    XCTAssertEqual(program([2, 5]), [1])
    XCTAssertEqual(program.backward([[2, 5], [1, 2]]), 1)
    XCTAssertEqual(w.grad, 3)
  }

  func testAParameterChangedAfterRecordingIsSeen() throws {
    let w = Value(3), x = Value(0)
    let program = try Program(w * x, inputs: [x])
    w.data = 5
    XCTAssertEqual(program([2]), [10])
  }

  func testBackwardAddsToGradients() throws {
    let w = Value(3), x = Value(0)
    let program = try Program(w * x, inputs: [x])
    program.backward([[2], [4]])
    program.backward([[2], [4]])
    XCTAssertEqual(w.grad, 6)
    XCTAssertEqual(try program.backward(Samples([[2], [4]]), reduction: .sum), 18)
    XCTAssertEqual(w.grad, 12)
  }

  func testALossWithoutInputs() throws {
    let w = Value(3)
    let program = try Program(w * w, inputs: [Value(0)])
    XCTAssertEqual(program.backward([[0], [0], [0]]), 9)
    XCTAssertEqual(w.grad, 6)
    XCTAssertEqual(program([[1], [2]]), [[9], [9]])
  }

  func testAnOutputThatIsAnInputOrAConstant() throws {
    let x = Value(0)
    let program = try Program(outputs: [x, x.power(2)], inputs: [x])
    XCTAssertEqual(program([[3], [4]]), [[3, 9], [4, 16]])
    XCTAssertThrowsError(try Program(.constant(1), inputs: [x])) {
      XCTAssertEqual($0 as? ProgramError, .constantOutput(position: 0))
    }
  }

  func testErrors() throws {
    let x = Value(0), y = Value(0)
    XCTAssertThrowsError(try Program(outputs: [], inputs: [x])) {
      XCTAssertEqual($0 as? ProgramError, .noOutputs)
    }
    XCTAssertThrowsError(try Program(x * y, inputs: [x, y, x])) {
      XCTAssertEqual($0 as? ProgramError, .inputTwice(position: 2))
    }
    XCTAssertThrowsError(try Program(x * y, inputs: [x * y])) {
      XCTAssertEqual(
        $0 as? ProgramError, .inputIsNotAVariable(position: 0, found: .binary(.multiply)))
    }
    let program = try Program(x * y, inputs: [x, y])
    XCTAssertEqual(x.node.mark, 0, "failed captures leave no marks")
    XCTAssertThrowsError(try program.samples([[1, 2], [3]])) {
      XCTAssertEqual($0 as? ProgramError, .wrongSampleWidth(expected: 2, found: 1, sample: 1))
      XCTAssertEqual("\($0)", "Sample 1 has 1 number; the program has 2 inputs.")
    }
    XCTAssertThrowsError(try program.backward(Samples([[1, 2, 3]]))) {
      XCTAssertEqual($0 as? ProgramError, .wrongSampleWidth(expected: 2, found: 3, sample: 0))
    }
    XCTAssertThrowsError(try program.backward(Samples([]))) {
      XCTAssertEqual($0 as? ProgramError, .emptyBatch)
    }
    XCTAssertEqual(try program(Samples([])), [])
    XCTAssertThrowsError(try program.graph(Samples([[1, 2]]), parameters: [1])) {
      XCTAssertEqual($0 as? ProgramError, .wrongParameterCount(expected: 0, found: 1))
    }
    let two = try Program(outputs: [x, y], inputs: [x, y])
    XCTAssertThrowsError(try two.backward(Samples([[1, 2]]))) {
      XCTAssertEqual($0 as? ProgramError, .severalOutputs(2))
    }
  }

  func testCustomOperationsTakePart() throws {
    let cube = CustomOperation(
      "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { (x: [Double], _) in [3 * x[0] * x[0]] })
    let w = Value(2), x = Value(0)
    let program = try Program(cube([w * x]) + cube([w]), inputs: [x])
    let batch: [[Double]] = [[1], [2]]
    XCTAssertEqual(program(batch), [[16], [72]])
    program.backward(batch)
    // d/dw of (wx)³ + w³ is 3w²x³ + 3w², at x = 1 and at x = 2.
    XCTAssertEqual(w.grad, (24 + 108) / 2)
    XCTAssertEqual(try program.inputGradients(Samples(batch)), [[24], [96]])
  }

  func testCheckFindsABranchOnData() throws {
    let program = try Program(inputs: 1) { x in [x[0].data >= 0 ? x[0] * 2 : -x[0]] }
    try program.check(samples: Samples([[2], [5]]))
    XCTAssertThrowsError(try program.check(samples: Samples([[2], [-2]]))) {
      XCTAssertEqual(
        $0 as? ProgramError, .differsFromRecording(sample: 1, output: 0, expected: 2, found: -4))
    }
  }

  func testCheckNeedsCode() throws {
    let x = Value(0)
    let program = try Program(x * x, inputs: [x])
    XCTAssertThrowsError(try program.check(samples: Samples([[2]]))) {
      XCTAssertEqual($0 as? ProgramError, .noRecording)
    }
    try program.check(samples: Samples([[2]])) { [$0[0] * $0[0]] }
  }

  /// A sum that cancels is not another branch, though it differs from eager mode in its first digit.
  func testRoundingIsNotABranch() throws {
    let program = try Program(inputs: 3) { x in [(x[0] * x[1] + x[0] * -x[1]) + x[2] * x[1]] }
    func fromTheRight(_ x: [Value]) -> Value { x[0] * x[1] + (x[0] * -x[1] + x[2] * x[1]) }
    let samples = try Samples((1...40).map { [1e17 / Double($0), 1.1, 1e3 * Double($0)] })
    let differs = try zip(program(samples), samples).contains { found, x in
      let eager = fromTheRight(x.map { Value($0) }).data
      return abs(found[0] - eager) > 1e-3 * abs(eager)
    }
    XCTAssertTrue(differs, "there is something to forgive")
    try program.check(samples: samples)
    try program.check(samples: samples) { [fromTheRight($0)] }
    XCTAssertThrowsError(
      try program.check(samples: samples) { [fromTheRight($0) * (1 + 1e-3) + 1e4] },
      "more than rounding")
  }

  /// The order of a sum is kept where that is asked for.
  func testSumsInRecordedOrder() throws {
    let terms = (0..<40).map { (i: Int) -> Double in 1e15 * Double(i % 7 - 3) + 0.1 * Double(i) }
    func formula(_ x: [Value]) -> [Value] { [Value.sum(x), Value.dot(x, x.reversed())] }
    let program = try Program(inputs: 40, sums: .recorded, of: formula)
    let expected = formula(terms.map { Value($0) })
    XCTAssertEqual(program(terms)[0], expected[0].data)
  }

  func testDescriptionNamesWhatItDoes() throws {
    let w = [Value(1), Value(2)], x = [Value(0), Value(0)]
    let program = try Program((w[0] * x[0] + w[1] * x[1]).relu() - 0, inputs: x)
    XCTAssertEqual(
      program.description,
      """
      2 inputs, 2 parameters, 1 outputs
      recorded: 9 nodes
      simplified: 0 constants folded, 1 identities removed, 0 subexpressions merged, 2 products \
      fused into dot products, 3 dead terms
      memory: 4 slots of 8 bytes a lane, 2 uniform slots of 8 bytes
      uniform: 0 instructions
      lanes: 2 instructions
        s2 = Σ p0+j · s0+j (j < 2)
        s3 = relu s2
      """)
    XCTAssertEqual(
      program.graph.gradientDescription,
      """
      memory: 6 slots of 8 bytes a lane, 5 uniform slots of 8 bytes
      uniform: 0 instructions
      lanes: 5 instructions
        s3 = Σ p0+j · s0+j (j < 2)
        s4 = relu s3
        u4 += s4 · s2
        s5 = relu′ s3, s4, s2
        u2+j += s5 · s0+j (j < 2)
      """)
  }

  /// A network, and every row of the table.
  func testSteadyRunsDoNotAllocate() throws {
    try XCTSkipIf(isDebugBuild, "Without optimisation, closures are made on the heap.")
    try XCTSkipIf(allocation_count() < 0, "Allocations cannot be counted here.")
    var generator = SeededGenerator(seed: 5)
    let model = MLP(inputs: 4, layers: [8, 8, 1], activation: .tanh, using: &generator)
    var formulas: [(name: String, formula: ([Value]) -> Value)] = [
      ("network", { model($0)[0].power(2) })
    ]
    for f in UnaryFunction.allCases { formulas.append((f.rawValue, { .apply(f, $0[0]) })) }
    for f in BinaryFunction.allCases { formulas.append((f.rawValue, { .apply(f, $0[0], $0[1]) })) }
    for f in NaryFunction.allCases {
      formulas.append((f.rawValue, { .apply(f, f == .select ? Array($0[..<3]) : $0) }))
    }
    for (name, formula) in formulas {
      for count in [1, 100] {
        let program = try Program(inputs: 4) { [formula($0)] }
        // In every domain, and indices of a table of three.
        let samples = try Samples((0..<count).map { _ in [1, 0.5, 0.25, 0.75] })
        var inputGradients = samples
        try program.backward(samples)
        try program.backward(samples, inputGradients: &inputGradients)
        let before = allocation_count()
        for _ in 0..<10 {
          try program.backward(samples)
          try program.backward(samples, inputGradients: &inputGradients)
        }
        XCTAssertEqual(allocation_count() - before, 0, "\(name), batch of \(count)")
      }
    }
  }

  func testDependentOperationsOfOneKind() throws {
    func formula(_ x: Value, _ w: Value) -> Value {
      let c = x * w
      return c.exp() + c.sin() + c.relu() + (c + w + x)
    }
    let (x, w) = (Value(0), Value(2))
    let program = try Program(formula(x, w), inputs: [x])
    program.backward([[0.7]])
    let found = w.grad
    w.zeroGrad()
    formula(.constant(0.7), w).backward()
    XCTAssertEqual(found, w.grad, accuracy: 1e-14)
  }

  func testMLPAgreesWithEager() throws {
    for activation in [Activation.relu, .tanh, .sigmoid, .gelu] {
      var generator = SeededGenerator(seed: 7)
      let model = MLP(inputs: 3, layers: [5, 6, 2], activation: activation, using: &generator)
      let x = (0..<3).map { _ in Value(0) }
      let t = Value(0)
      func loss(_ x: [Value], _ t: Value) -> Value {
        let y = model(x)
        return (y[0] * y[1] - t).power(2) + 1e-2 * Value.dot(model.parameters, model.parameters)
      }
      let program = try Program(loss(x, t), inputs: x + [t])
      for count in [1, 2, 7, 8, 9, 64, 300] {
        let batch = (0..<count).map { _ in
          (0..<4).map { _ in Double.random(in: -2...2, using: &generator) }
        }
        model.zeroGrad()
        let losses = batch.map { loss($0[0..<3].map { Value.constant($0) }, .constant($0[3])) }
        let mean = Value.mean(losses)
        mean.backward()
        let expected = model.parameters.map(\.grad)
        model.zeroGrad()
        XCTAssertEqual(program.backward(batch), mean.data, accuracy: 1e-12 * abs(mean.data))
        for (found, expected) in zip(model.parameters.map(\.grad), expected) {
          XCTAssertEqual(found, expected, accuracy: 1e-11 * max(1, abs(expected)))
        }
      }
    }
  }
}

private var isDebugBuild: Bool {
  #if DEBUG
    true
  #else
    false
  #endif
}
