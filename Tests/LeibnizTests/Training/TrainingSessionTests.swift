import XCTest

@testable import Leibniz

final class TrainingSessionTests: XCTestCase {
  private let batch = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-2.0, 3.0, 0.1]]

  private func model() -> MLP {
    var generator = SeededGenerator(seed: 4)
    return MLP(inputs: 2, layers: [5, 1], activation: .tanh, using: &generator)
  }

  private func program(_ model: MLP) throws -> Program {
    let inputs = (0..<3).map { _ in Value(0) }
    let loss = (model(Array(inputs.prefix(2)))[0] - inputs[2]).power(2)
    return try Program(loss, inputs: inputs, parameters: model.parameters)
  }

  func testStepsAreThoseOfTheProgramAndTheOptimizer() throws {
    let (borrowed, bound) = (model(), model())
    let (first, second) = (try program(borrowed), try program(bound))
    let optimizer = Adam(bound.parameters, learningRate: 0.05)
    let last = try Adam(borrowed.parameters, learningRate: 0.05).withSession { session in
      var last = 0.0
      for _ in 0..<10 {
        last = try session.backward(first, Samples(batch))
        session.step()
        optimizer.zeroGrad()
        XCTAssertEqual(last, second.backward(batch))
        optimizer.step()
      }
      XCTAssertEqual(borrowed.parameters.map(\.data), model().parameters.map(\.data))
      return last
    }
    XCTAssertEqual(borrowed.parameters.map(\.data), bound.parameters.map(\.data))
    XCTAssertLessThan(last, second.backward(batch) * 2)
  }

  func testAnErrorKeepsTheStepsMadeBefore() throws {
    let model = model(), program = try program(model)
    let before = model.parameters.map(\.data)
    var steps: [Double] = []
    XCTAssertThrowsError(
      try SGD(model.parameters, learningRate: 0.1).withSession { session in
        try session.backward(program, Samples(batch))
        session.step()
        steps = session.parameters
        try session.backward(program, Samples([[1]]))
      })
    XCTAssertNotEqual(steps, before)
    XCTAssertEqual(model.parameters.map(\.data), steps)
  }

  func testInputGradientsAreThoseOfTheProgram() throws {
    let model = model()
    let program = try program(model)
    for count in [1, 3] {
      let samples = try Samples(Array(batch.prefix(count)))
      var gradients = Samples(count: count, width: 3)
      let found = try SGD(model.parameters, learningRate: 1).withSession { session in
        try session.backward(program, samples, inputGradients: &gradients)
        return session.gradients
      }
      let expected = try program.inputGradients(samples, reduction: .mean)
      for sample in 0..<count {
        XCTAssertEqual(gradients[sample], expected[sample])
        XCTAssertEqual((0..<3).map { gradients[sample, $0] }, expected[sample])
      }
      XCTAssertNotEqual(expected[0], [0, 0, 0])
      try SGD(model.parameters, learningRate: 1).withSession { session in
        try session.backward(program, samples)
        XCTAssertEqual(session.gradients, found)
      }
    }
  }

  func testInputGradientsNeedRoom() throws {
    let model = model()
    var narrow = Samples(count: 3, width: 2)
    XCTAssertThrowsError(
      try SGD(model.parameters, learningRate: 1).withSession {
        try $0.backward(program(model), Samples(batch), inputGradients: &narrow)
      }
    ) {
      XCTAssertEqual(
        $0 as? ProgramError, .wrongSampleWidth(expected: 3, found: 2, sample: 0))
    }
  }

  /// The switch of a session has a run that is not finite name what it came from.
  func testNumbersThatAreNotFiniteAreNamed() throws {
    let w = Value(3)
    let program = try Program(inputs: 1, parameters: [w]) { x in
      let score = (x[0] * w).log()
      score.label = "score"
      return [score.exp() + w]
    }
    let optimizer = SGD([w], learningRate: 0.1)
    let (good, bad) = (try Samples([[2], [1]]), try Samples([[2], [0]]))
    try optimizer.withSession { session in
      try session.backward(program, bad)  // not looked at
      session.gradients = [0]
      session.checksNumbers = true
      try session.backward(program, good)
      let expected = ProgramError.notFinite(
        sample: 1, operation: "log", label: "score", number: -.infinity, isGradient: false)
      XCTAssertThrowsError(try session.backward(program, bad)) {
        XCTAssertEqual($0 as? ProgramError, expected)
      }
      session.gradients = [0]
      var slopes = bad
      XCTAssertThrowsError(try session.backward(program, bad, inputGradients: &slopes)) {
        XCTAssertEqual($0 as? ProgramError, expected)
      }
    }
  }

  /// A finite loss beside gradients that are not: the square root of a number that is cut off at 0.
  func testGradientsThatAreNotFiniteAreNamed() throws {
    let w = Value(1)
    let program = try Program(inputs: 1, parameters: [w]) { x in
      [Value.maximum([x[0] * w, .constant(0)]).sqrt()]
    }
    try SGD([w], learningRate: 0.1).withSession { session in
      session.checksNumbers = true
      XCTAssertThrowsError(try session.backward(program, Samples([[4], [1], [-1]]))) {
        XCTAssertEqual(
          $0 as? ProgramError,
          .notFinite(
            sample: 2, operation: "sqrt", label: "", number: .infinity, isGradient: true))
      }
    }
  }

  /// No number of a run is at fault where their sum overflows, and that does not pass silently either.
  func testSumsThatOverflowAreNamed() throws {
    let w = Value(1)
    let program = try Program(inputs: 1, parameters: [w]) { x in [x[0] * w] }
    try SGD([w], learningRate: 0.1).withSession { session in
      session.checksNumbers = true
      try session.backward(program, Samples([[1e308]]))
      XCTAssertThrowsError(try session.backward(program, Samples([[1e308]]))) {
        XCTAssert("\($0)".contains("the sum over the samples"), "\($0)")
      }
    }
  }
}
