import XCTest

@testable import Leibniz

/// Gradients at infinities and at NaN follow one rule, whichever way they are computed: what has no
/// derivative hands nothing on, and all else multiplies as IEEE 754 does, 0 · ∞ being NaN.
final class NonFiniteGradientTests: XCTestCase {
  private let numbers = [0, -0.0, 1, -2, .infinity, -.infinity, .nan]

  /// Compares `backward()`, gradients as values, functional forms and programs, where the arguments are
  /// the products of variables that are inputs and variables that are parameters: below a row that hands
  /// on 0, they make NaN of infinite numbers.
  private func check(
    _ x: [Double], _ what: @autoclosure () -> String, _ formula: ([Value]) -> Value
  ) throws {
    let w = x.indices.map { 1 - Double($0) / 4 }
    func output(_ v: [Value]) -> Value {
      formula(x.indices.map { v[$0] * v[x.count + $0] })
    }
    let variables = (x + w).map { Value($0) }
    let y = output(variables)
    y.backward()
    let eager = variables.map(\.grad)
    let formulas = gradients(of: y, withRespectTo: variables).map(\.data)
    let functional = gradient(at: x + w) { output($0) }
    let (inputs, parameters) = (Array(variables.prefix(x.count)), Array(variables.suffix(x.count)))
    // Other orders of sums may change the sign of a zero, and with it that of an infinity.
    let program = try Program(
      outputs: [y], inputs: inputs, parameters: parameters, sums: .recorded)
    for i in eager.indices {
      assertAgree(formulas[i], eager[i], "gradients as values \(i), \(what())")
      assertAgree(functional[i], eager[i], "gradient(at:) \(i), \(what())")
    }
    for count in [1, 8, 3] {
      let samples = try Samples([[Double]](repeating: x, count: count))
      var byInput = samples
      parameters.forEach { $0.zeroGrad() }
      try program.backward(samples, inputGradients: &byInput, reduction: .sum)
      for i in x.indices {
        assertAgree(byInput[count - 1, i], eager[i], "program, input \(i), \(what())")
        let (found, expected) = (parameters[i].grad, Double(count) * eager[x.count + i])
        // The lanes past the last sample repeat it with a cotangent of 0: to a sum over samples that is
        // infinite they may add 0 · ∞.
        if count % 8 == 3 && expected.isInfinite && found.isNaN { continue }
        assertAgree(found, expected, "program, parameter \(i), \(what())")
      }
    }
  }

  private func assertAgree(_ a: Double, _ b: Double, _ what: @autoclosure () -> String) {
    if a == b || a.isNaN && b.isNaN { return }
    if a.isFinite && b.isFinite && abs(a - b) <= 1e-12 * max(abs(a), abs(b)) { return }
    XCTFail("\(what()): \(a) instead of \(b)")
  }

  func testUnaryRows() throws {
    for f in UnaryFunction.allCases {
      for x in numbers {
        try check([x], "\(f)(\(x))") { .apply(f, $0[0]) }
        try check([x], "2 \(f)(\(x))") { 2 * Value.apply(f, $0[0]) }
      }
    }
  }

  func testBinaryRows() throws {
    for f in BinaryFunction.allCases {
      for x in numbers {
        try check([x], "\(f)(\(x), 2)") { .apply(f, $0[0], 2) }
        try check([x], "\(f)(2, \(x))") { .apply(f, 2, $0[0]) }
        for y in numbers { try check([x, y], "\(f)(\(x), \(y))") { .apply(f, $0[0], $0[1]) } }
      }
    }
  }

  func testNaryRows() throws {
    for f in NaryFunction.allCases where f != .lookup {
      for x in numbers {
        for y in numbers {
          let arguments = [x, y, 3] + (f == .select ? [] : [-1])
          try check(arguments, "\(f)\(arguments)") { .apply(f, $0) }
        }
      }
    }
    for x in numbers {
      for condition in [-1.0, 0, 2] {
        try check([x, 3], "select by \(condition) of \(x)") {
          .select(where: .constant(condition), then: $0[0], else: $0[1])
        }
      }
      for index in [0.0, 1] {
        try check([x, 3], "lookup at \(index) in \(x)") {
          .lookup([$0[0], $0[1]], at: .constant(index))
        }
        try check([x, 3, index], "lookup at data \(index) in \(x)") {
          .lookup([$0[0], $0[1]], at: $0[2].step())
        }
      }
    }
  }

  /// One row below another: what was handed nothing hands nothing on.
  func testPairsOfRows() throws {
    let extremes = [0, Double.infinity, -.infinity, .nan]
    for (i, outer) in UnaryFunction.allCases.enumerated() {
      for (j, inner) in UnaryFunction.allCases.enumerated() {
        // Each row meets each number, both as the outer and as the inner one.
        let x = extremes[(i + j) % extremes.count]
        try check([x, 1], "\(outer)(\(inner)(\(x)))") {
          .apply(outer, .apply(inner, $0[0])) * $0[1]
        }
      }
    }
  }

  /// Below a row without a derivative nothing is handed on, though others hand something to the same
  /// variable.
  func testRowsWithoutADerivative() throws {
    for f in [UnaryFunction.sign, .step, .stopGradient] {
      try check([.infinity, 3], "\(f)") { x in .apply(f, Value.dot([x[0]], [x[1]])) * x[1] }
    }
    try check([.infinity, 3], "greater") { x in x[0].greater(than: x[1]).sqrt() * x[1] }
    let (x, y) = (Value(0), Value(3))
    (x.log().stopGradient() * y).backward()
    XCTAssertEqual(x.grad, 0)
    XCTAssertEqual(y.grad, -.infinity)
  }
}
