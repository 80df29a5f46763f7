import XCTest

@testable import Leibniz

final class SeveralOutputsTests: XCTestCase {
  /// r and φ of x and y: with numbers, and with formulas.
  private static func polar(_ pullbacks: Counter? = nil) -> CustomOperation {
    CustomOperation(
      "polar", outputs: 2, value: { x in [x[0] * x[0] + x[1] * x[1], Double.atan2(x[1], x[0])] },
      vectorJacobianProduct: { (x: [Double], y: [Double], c: [Double]) in
        pullbacks?.increase()
        return [
          2 * c[0] * x[0] - c[1] * x[1] / y[0], 2 * c[0] * x[1] + c[1] * x[0] / y[0],
        ]
      })
  }
  private static let formulas = CustomOperation(
    "polar", outputs: 2, value: { x in [x[0] * x[0] + x[1] * x[1], Double.atan2(x[1], x[0])] },
    vectorJacobianProduct: { (x: [Value], y: [Value], c: [Value]) in
      [2 * c[0] * x[0] - c[1] * x[1] / y[0], 2 * c[0] * x[1] + c[1] * x[0] / y[0]]
    })

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var count = 0
    func increase() {
      lock.lock()
      count += 1
      lock.unlock()
    }
  }

  private func plain(_ x: [Value]) -> [Value] {
    [x[0] * x[0] + x[1] * x[1], atan2(x[1], x[0])]
  }

  /// Uses both outputs, one of them twice, and the inputs besides.
  private func loss(_ x: [Value], _ f: ([Value]) -> [Value]) -> Value {
    let inputs = [x[0] * x[1], x[1] + 0.5]
    let y = f(inputs)
    return y[0].log() * y[1] + y[1].sin() + x[0]
  }

  func testEagerGradientsByOneProduct() {
    let counter = Counter()
    let operation = Self.polar(counter)
    let (x, z) = ([Value(1.2), Value(0.7)], [Value(1.2), Value(0.7)])
    let y = loss(x, operation.outputs(of:))
    let expected = loss(z, plain)
    XCTAssertEqual(y.data, expected.data, accuracy: 1e-15)
    expected.backward()
    for times in 1...2 {
      y.backward()
      XCTAssertEqual(counter.count, times)
      for i in 0..<2 { assertClose(x[i].grad, Double(times) * z[i].grad, relative: 1e-14, "grad") }
    }
    counter.increase()
    let gradient = gradient(at: [1.2, 0.7]) { loss($0, operation.outputs(of:)) }
    XCTAssertEqual(counter.count, 4)
    for i in 0..<2 { assertClose(gradient[i], z[i].grad, relative: 1e-14, "gradient(at:)") }
  }

  func testAnOutputThatNothingUsesHandsNothingOn() {
    let x = [Value(1.5), Value(2)]
    let y = Self.polar().outputs(of: x)
    y[1].backward()
    let unused = x.map(\.grad)
    y[0].backward()
    y[1].backward()
    assertClose(x[0].grad, 2 * unused[0] + 3, relative: 1e-15, "both")
    XCTAssertEqual(y[0].operation?.description, "polar[0]")
    XCTAssertEqual(y[0].children.map { $0.operation?.description }, ["polar"])
    XCTAssertEqual(y[0].children[0].children.map(\.data), [1.5, 2])
  }

  func testConstantsAndRecompute() {
    XCTAssertTrue(Self.polar().outputs(of: [.constant(3), .constant(4)])[0].isConstant)
    let x = Value(3)
    let y = Self.polar().outputs(of: [x, .constant(4)])
    let sum = y[0] + y[1]
    x.data = 1
    sum.recompute()
    XCTAssertEqual(sum.data, 17 + Double.atan2(4, 1))
  }

  func testSecondOrderInEveryWay() throws {
    let f: ([Value]) -> Value = { self.loss($0, Self.formulas.outputs(of:)) }
    let point = [1.2, 0.7]
    let expected = hessian(at: point) { self.loss($0, self.plain) }
    let direction = [0.3, -1.1]
    func check(_ found: [[Double]], _ what: String) {
      for i in 0..<2 {
        for j in 0..<2 { assertClose(found[i][j], expected[i][j], relative: 1e-12, what) }
      }
    }
    check(hessian(at: point, of: f), "dual cotangents")
    let x = point.map { Value($0) }
    let first = gradients(of: f(x), withRespectTo: x)
    check(first.map { gradients(of: $0, withRespectTo: x).map(\.data) }, "formulas")
    let program = try Program(inputs: 2) { [f($0)] }
    let samples = try program.samples([point, [0.4, 2]])
    check(program.hessian(samples)[0], "compiled")
    let gradient = try program.gradient(withRespectTo: .inputs)
    check(gradient.jacobian(samples)[0], "gradient program")
    let tangent = jacobianVectorProduct(at: point, direction: direction) { [f($0)] }[0]
    let plainTangent = jacobianVectorProduct(at: point, direction: direction) {
      [self.loss($0, self.plain)]
    }[0]
    assertClose(tangent, plainTangent, relative: 1e-13, "forward mode")
    let compiledTangent = program.jacobianVectorProduct(
      samples, directions: try Samples([direction, direction]))[0][0]
    assertClose(compiledTangent, plainTangent, relative: 1e-13, "compiled forward mode")
  }

  func testCompiledOverBatchesAndThreadsByOneProduct() throws {
    let (counter, scale) = (Counter(), Value(0.8))
    let operation = Self.polar(counter)
    func formula(_ x: [Value], _ f: ([Value]) -> [Value]) -> Value {
      loss([x[0] * scale, x[1]], f)
    }
    let program = try Program(inputs: 2) { [formula($0, operation.outputs(of:))] }
    let expected = try Program(inputs: 2) { [formula($0, self.plain)] }
    let rows = (0..<100).map { i -> [Double] in
      let part = 0.01 * Double(i)
      return [1 + part, 2 - part]
    }
    let samples = try program.samples(rows)
    for threads in [1, 2] {
      for i in 0..<100 {
        assertClose(
          try program(samples, threads: threads)[i][0], expected(rows[i])[0], relative: 1e-14,
          "value")
      }
      let before = counter.count
      scale.zeroGrad()
      var gradients = samples
      try program.backward(samples, inputGradients: &gradients, threads: threads)
      let found = scale.grad
      // The lanes past the last sample are computed too.
      XCTAssertLessThanOrEqual(counter.count - before, 104)
      scale.zeroGrad()
      var expectedGradients = samples
      try expected.backward(samples, inputGradients: &expectedGradients)
      assertClose(found, scale.grad, relative: 1e-13, "parameter")
      for (a, b) in zip(gradients, expectedGradients) {
        for i in 0..<2 { assertClose(a[i], b[i], relative: 1e-13, "input") }
      }
    }
    let single = try program.samples([rows[3]])
    assertClose(
      try program.inputGradients(single)[0][0], try expected.inputGradients(single)[0][0],
      relative: 1e-13, "one sample")
  }

  func testUniformCalls() throws {
    // The operation depends on parameters alone.
    let p = [Value(1.1), Value(0.6)]
    let program = try Program(inputs: 1) { x in
      let y = Self.formulas.outputs(of: p)
      return [y[0] * x[0] + y[1]]
    }
    try program.backward(program.samples([[2], [4]]))
    let q = [Value(1.1), Value(0.6)]
    let y = plain(q)
    (y[0] * 3 + y[1]).backward()
    for i in 0..<2 { assertClose(p[i].grad, q[i].grad, relative: 1e-14, "parameter") }
  }

  func testLongGraphsOfCallsAreReleased() {
    let swap = CustomOperation(
      "swap", outputs: 2, value: { [$0[1], $0[0]] },
      vectorJacobianProduct: { (_: [Double], _: [Double], c: [Double]) in [c[1], c[0]] })
    let x = [Value(1), Value(2)]
    var y = x
    for _ in 0..<50_001 { y = swap.outputs(of: y) }
    XCTAssertEqual(y.map(\.data), [2, 1])
    y[0].backward()
    XCTAssertEqual(x.map(\.grad), [0, 1])
  }
}
