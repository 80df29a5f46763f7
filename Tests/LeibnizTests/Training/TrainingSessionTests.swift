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
    let session = TrainingSession(Adam(borrowed.parameters, learningRate: 0.05))
    let (first, second) = (try program(borrowed), try program(bound))
    let optimizer = Adam(bound.parameters, learningRate: 0.05)
    for _ in 0..<10 {
      let loss = try session.backward(first, Samples(batch))
      session.step()
      optimizer.zeroGrad()
      XCTAssertEqual(loss, second.backward(batch))
      optimizer.step()
    }
    XCTAssertEqual(borrowed.parameters.map(\.data), model().parameters.map(\.data))
    session.writeBack()
    XCTAssertEqual(borrowed.parameters.map(\.data), bound.parameters.map(\.data))
  }

  func testInputGradientsAreThoseOfTheProgram() throws {
    let model = model()
    let program = try program(model)
    for count in [1, 3] {
      let samples = try Samples(Array(batch.prefix(count)))
      let session = TrainingSession(SGD(model.parameters, learningRate: 1))
      var gradients = Samples(count: count, width: 3)
      try session.backward(program, samples, inputGradients: &gradients)
      let expected = try program.inputGradients(samples, reduction: .mean)
      for sample in 0..<count {
        XCTAssertEqual(gradients[sample], expected[sample])
        XCTAssertEqual((0..<3).map { gradients[sample, $0] }, expected[sample])
      }
      XCTAssertNotEqual(expected[0], [0, 0, 0])
      let plain = TrainingSession(SGD(model.parameters, learningRate: 1))
      try plain.backward(program, samples)
      XCTAssertEqual(session.gradients, plain.gradients)
    }
  }

  func testInputGradientsNeedRoom() throws {
    let model = model()
    let session = TrainingSession(SGD(model.parameters, learningRate: 1))
    var narrow = Samples(count: 3, width: 2)
    XCTAssertThrowsError(
      try session.backward(program(model), Samples(batch), inputGradients: &narrow)
    ) {
      XCTAssertEqual(
        $0 as? ProgramError, .wrongSampleWidth(expected: 3, found: 2, sample: 0))
    }
  }
}
