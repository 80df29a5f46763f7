import Leibniz
import XCTest

/// An optimiser written outside of the library, which sees only what is public.
final class SignDescent: Optimizer {
  let parameters: [Value]
  var learningRate = 0.25
  var state: OptimizerState

  init(_ parameters: [Value]) {
    self.parameters = parameters
    state = OptimizerState(quantities: 1, parameters: parameters)
  }

  func update(
    _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>
  ) {
    state.steps += 1
    for i in values.indices where gradients[i] != 0 {
      values[i] -= gradients[i] > 0 ? learningRate : -learningRate
      state.memory[i] += gradients[i]
    }
  }
}

final class OptimizerConformanceTests: XCTestCase {
  private let samples = [[1.0, 4.0], [2.0, 8.0]]

  func testStepsOfValues() {
    let x = [Value(1), Value(-1)]
    let optimizer = SignDescent(x)
    (x[0] * x[0] + x[1]).backward()
    optimizer.step()
    XCTAssertEqual(x.map(\.data), [0.75, -1.25])
    XCTAssertEqual(optimizer.state.memory, [2, 1])
    XCTAssertEqual(optimizer.state.steps, 1)
  }

  func testStepsOfAProgram() throws {
    let w = Value(3)
    let program = try Program(inputs: 2, parameters: [w]) { x in [(w * x[0] - x[1]).power(2)] }
    let loss = try SignDescent([w]).withSession { session in
      for _ in 0..<4 {
        try session.backward(program, Samples(samples))
        session.step()
      }
      return try session.backward(program, Samples(samples))
    }
    XCTAssertEqual(w.data, 4)
    XCTAssertEqual(loss, 0)
  }

  func testATrainer() throws {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 1, layers: [1], using: &generator)
    let trainer = Trainer(model, optimizer: SignDescent(model.parameters), seed: 1) {
      meanSquaredError(predicted: $0, expected: $1)
    }
    let data = try Dataset(features: [[1], [2], [3]], targets: [1.0, 2.0, 3.0])
    try trainer.fit(data, epochs: 20)
    XCTAssertLessThan(trainer.history.last!.loss, trainer.history[0].loss)
  }
}
