import XCTest

@testable import Leibniz

final class OptimizerTests: XCTestCase {
  /// The parameters after every fifth of 50 steps.
  private func path(
    clipping: GradientClipping? = nil, _ make: ([Value]) -> any Optimizer
  ) -> [Double] {
    let x = [Value(-1.2), Value(1), Value(2)]
    let optimizer = make(x)
    var path: [Double] = []
    for step in 0..<50 {
      optimizer.zeroGrad()
      optimizationProblem(x).backward()
      clipping?.clip(x)
      optimizer.step()
      if step % 5 == 4 { path += x.map(\.data) }
    }
    return path
  }

  func testTrajectories() {
    assertReference(path { SGD($0, learningRate: 0.01) }, "sgd")
    assertReference(
      path { SGD($0, learningRate: 0.005, momentum: 0.9, weightDecay: 0.01) }, "sgdMomentum")
    assertReference(
      path { SGD($0, learningRate: 0.005, momentum: 0.9, nesterov: true) }, "sgdNesterov")
    assertReference(path { AdaGrad($0, learningRate: 0.1, weightDecay: 0.01) }, "adaGrad")
    assertReference(path { RMSProp($0, learningRate: 0.01) }, "rmsProp")
    assertReference(
      path {
        RMSProp($0, learningRate: 0.005, decay: 0.9, momentum: 0.5, weightDecay: 0.01)
      }, "rmsPropMomentum")
    assertReference(path { Adam($0, learningRate: 0.05) }, "adam")
    assertReference(
      path { Adam($0, learningRate: 0.05, betas: (0.8, 0.99), weightDecay: 0.1) }, "adamDecay")
    assertReference(path { AdamW($0, learningRate: 0.05, weightDecay: 0.1) }, "adamW")
    assertReference(
      path(clipping: .value(2)) { SGD($0, learningRate: 0.01) }, "sgdClippedByValue")
  }

  func testStateContinuesExactly() {
    let makers: [([Value]) -> any Optimizer] = [
      { SGD($0, learningRate: 0.005, momentum: 0.9) }, { AdaGrad($0) },
      { RMSProp($0, momentum: 0.5) }, { Adam($0) }, { AdamW($0) },
    ]
    for make in makers {
      let x = [Value(-1.2), Value(1), Value(2)]
      let optimizer = make(x)
      func step(_ optimizer: any Optimizer) {
        optimizer.zeroGrad()
        optimizationProblem(optimizer.parameters).backward()
        optimizer.step()
      }
      for _ in 0..<7 { step(optimizer) }
      let copy = x.map { Value($0.data) }
      let resumed = make(copy)
      resumed.state = optimizer.state
      for _ in 0..<7 {
        step(optimizer)
        step(resumed)
      }
      XCTAssertEqual(x.map(\.data), copy.map(\.data))
      XCTAssertEqual(optimizer.state, resumed.state)
    }
  }

  func testClippingAgainstReference() {
    for bound in [10, 1, 0.01] {
      func clipped(_ clipping: GradientClipping) -> (norm: Double, gradients: [Double]) {
        var gradients = [0.3, -1.7, 2.5, 0.9]
        let norm = gradients.withUnsafeMutableBufferPointer { clipping.clip($0) }
        return (norm, gradients)
      }
      assertReference(clipped(.value(bound)).gradients, "clippedByValue\(bound)")
      let (norm, gradients) = clipped(.norm(bound))
      // PyTorch divides by the norm plus 1e-6; here the norm comes out as the bound itself.
      let rest = norm > bound ? norm / (norm + 1e-6) : 1
      assertReference([norm] + gradients.map { $0 * rest }, "clippedByNorm\(bound)")
    }
  }

  func testClippingByNorm() {
    let x = [Value(0), Value(0)]
    (3 * x[0] + 4 * x[1]).backward()
    XCTAssertEqual(GradientClipping.norm(10).clip(x), 5)
    XCTAssertEqual(x.map(\.grad), [3, 4])
    XCTAssertEqual(GradientClipping.norm(1).clip(x), 5)
    XCTAssertEqual(x[0].grad, 0.6, accuracy: 1e-15)
    XCTAssertEqual(x[1].grad, 0.8, accuracy: 1e-15)
    x[0].grad = 3e200
    x[1].grad = 4e200
    XCTAssertEqual(GradientClipping.norm(1).clip(x), 5e200, accuracy: 1e186)
    XCTAssertEqual(x[1].grad, 0.8, accuracy: 1e-15)
  }
}
