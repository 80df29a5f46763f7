import XCTest

@testable import Leibniz

final class OptimizerTests: XCTestCase {
  private func problem(_ x: [Value]) -> Value {
    (1 - x[0]).power(2) + 10 * (x[1] - x[0] * x[0]).power(2) + 0.5 * x[2].sin() * x[2]
  }

  /// The parameters after every fifth of 50 steps.
  private func path(
    clipping: GradientClipping? = nil, _ make: ([Value]) -> any Optimizer
  ) -> [Double] {
    let x = [Value(-1.2), Value(1), Value(2)]
    let optimizer = make(x)
    var path: [Double] = []
    for step in 0..<50 {
      optimizer.zeroGrad()
      problem(x).backward()
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
        problem(optimizer.parameters).backward()
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

  func testLBFGSSolvesRosenbrockInTenDimensions() {
    let x = (0..<10).map { Value($0 % 2 == 0 ? -1.2 : 1) }
    var evaluations = 0
    let loss = LBFGS(x).minimize(iterations: 500) {
      evaluations += 1
      return .sum((0..<9).map { rosenbrock(x[$0], x[$0 + 1]) })
    }
    XCTAssertLessThan(loss, 1e-16)
    for value in x { XCTAssertEqual(value.data, 1, accuracy: 1e-8) }
    XCTAssertLessThan(evaluations, 200)
  }

  private func rosenbrock(_ x: Value, _ y: Value) -> Value {
    100 * (y - x * x).power(2) + (1 - x).power(2)
  }

  func testLBFGSFindsTheMinimumOfAQuadraticAndStops() {
    let x = [Value(5), Value(-3)]
    let optimizer = LBFGS(x)
    let loss = optimizer.minimize { (x[0] - 1).power(2) + 50 * (x[1] + 2).power(2) }
    XCTAssertEqual(loss, 0, accuracy: 1e-18)
    XCTAssertEqual(x[0].data, 1, accuracy: 1e-9)
    XCTAssertEqual(x[1].data, -2, accuracy: 1e-9)
  }

  func testLBFGSStepsBackFromWhereTheLossIsNotANumber() {
    let x = Value(0.01)
    LBFGS([x]).minimize { x - x.log() }
    XCTAssertEqual(x.data, 1, accuracy: 1e-8)
  }
}
