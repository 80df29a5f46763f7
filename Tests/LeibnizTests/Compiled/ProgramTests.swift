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

  /// Operations of one kind in neighbouring slots are no rows of one instruction where one reads
  /// another's result: in reverse, the order matters.
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
