import XCTest

@testable import Leibniz

final class GradientCheckModuleTests: XCTestCase {
  private struct Line: Module {
    let slope = Value(2), offset = Value(-1)
    var tensors: [NamedTensor] { [NamedTensor("line", shape: [2], [slope, offset])] }
    func outputs<S: NetworkScalar>(for x: [S]) -> [S] { [S.lift(slope) * x[0] + S.lift(offset)] }
  }

  func testPerceptronsPass() throws {
    for activation in [Activation.tanh, .gelu, .softplus, .relu] {
      var generator = SeededGenerator(seed: 9)
      let model = MLP(inputs: 2, layers: [5, 3, 1], activation: activation, using: &generator)
      let check = try model.checkGradients {
        let errors = [([0.5, -1.0], 1.0), ([1.5, 0.3], -2.0)].map { model($0.0)[0] - $0.1 }
        return .dot(errors, errors)
      }
      XCTAssertLessThan(check.relativeError, 1e-7)
    }
  }

  func testAWrongDerivativeIsNamedAndTheModelRestored() {
    let model = Line()
    model.offset.grad = 7
    let wrong = CustomOperation(
      "twice", value: { 2 * $0[0] }, partials: { _, _ in [.constant(-2)] as [Value] })
    XCTAssertThrowsError(
      try model.checkGradients { model([3.0])[0] + wrong([model.offset]) }
    ) { error in
      guard case GradientCheckError.disagreement(let check, _) = error
      else { return XCTFail("\(error)") }
      XCTAssertEqual(check.coordinates, [1])
      XCTAssertEqual(check.derivative, -1)
      XCTAssertEqual(check.difference, 3, accuracy: 1e-9)
    }
    XCTAssertEqual(model.parameters.map(\.data), [2, -1])
    XCTAssertEqual(model.parameters.map(\.grad), [0, 7])
  }
}
