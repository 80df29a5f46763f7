import XCTest

@testable import Leibniz

/// Every row of any number of arguments, found by `allCases`.
final class NaryTests: XCTestCase {
  /// Points of every size the row takes, with no two numbers near a tie.
  private func points(_ f: NaryFunction) -> [[Double]] {
    var generator = SeededGenerator(seed: 42)
    let sizes = f == .select ? [3] : [1, 2, 3, 4, 9, 10]
    return sizes.flatMap { size in
      (0..<500 / sizes.count).map { _ in
        var point = (0..<size).shuffled(using: &generator).map {
          0.25 * Double($0 - size / 2) + Double.random(in: 0.1...0.15, using: &generator)
        }
        if f == .lookup {
          point.insert(Double(Int.random(in: 0..<size, using: &generator)), at: 0)
        }
        return point
      }
    }
  }

  /// f(x) and its partial derivatives as `backward()` has them.
  private func valueWithSlopes(_ f: NaryFunction, _ x: [Double]) -> (
    value: Double, slopes: [Double]
  ) {
    let x = x.map { Value($0) }
    let y = Value.apply(f, x)
    y.backward()
    return (y.data, x.map(\.grad))
  }

  func testValuesAgainstClosedForms() {
    for f in NaryFunction.allCases {
      for x in points(f) {
        let what = "\(f) of \(x)"
        assertClose(valueWithSlopes(f, x).value, f.expected(x), relative: 1e-14, what)
        assertClose(Double.apply(f, x), f.expected(x), relative: 1e-14, what)
      }
    }
  }

  func testFirstDerivativesAgainstCentralDifferences() {
    for f in NaryFunction.allCases {
      for x in points(f) {
        var slopes = valueWithSlopes(f, x).slopes
        let expected = finiteDifferences(at: f == .lookup ? Array(x.dropFirst()) : x) {
          Double.apply(f, f == .lookup ? [x[0]] + $0 : $0)
        }
        if f == .lookup { XCTAssertEqual(slopes.removeFirst(), 0, "of an index") }
        for i in expected.indices {
          assertClose(slopes[i], expected[i], relative: 1e-7, "∂/∂x\(i) of \(f) at \(x)")
        }
      }
    }
  }

  func testFirstDerivativesAgainstClosedForms() {
    for f in NaryFunction.allCases {
      for x in points(f) {
        let slopes = valueWithSlopes(f, x).slopes
        for i in x.indices {
          let expected = f.expectedSlope(i, x)
          assertClose(slopes[i], expected, relative: 1e-12, "∂/∂x\(i) of \(f) at \(x)")
        }
      }
    }
  }

  func testSecondDerivativesAgainstClosedForms() {
    for f in NaryFunction.allCases {
      for point in points(f).filter({ $0.count < 5 }) {
        for i in point.indices {
          let x = point.map { Value($0) }
          f.pullback(of: Value.constant(1), count: x.count, { x[$0] }, .apply(f, x)) {
            if $0 == i { $1.backward() }
          }
          for j in point.indices {
            let what = "∂²/∂x\(i)∂x\(j) of \(f) at \(point)"
            assertClose(x[j].grad, f.expectedCurvature(i, j, point), relative: 1e-10, what)
          }
        }
      }
    }
  }

  func testGradientScalesEveryShare() {
    for f in NaryFunction.allCases {
      let point = points(f).last!
      let x = point.map { Value($0) }
      let plain = valueWithSlopes(f, point).slopes
      Value.apply(f, x).backward(seed: -3)
      for i in x.indices { assertClose(x[i].grad, -3 * plain[i], relative: 1e-14, "\(f)") }
    }
  }

  func testNamedFormsAreTheirRows() {
    let x = [Value(1), Value(5), Value(-2)]
    let cases: [(Value, Primitive, Double)] = [
      (Value.sum(x), .nary(.sum), 4), (Value.mean(x), .nary(.mean), 4.0 / 3),
      (Value.maximum(x), .nary(.maximum), 5),
      (Value.logSumExp(x), .nary(.logSumExp), log(exp(1.0) + exp(5.0) + exp(-2.0))),
      (Value.select(where: x[0], then: x[1], else: x[2]), .nary(.select), 5),
      (Value.select(where: -x[0], then: x[1], else: x[2]), .nary(.select), -2),
      (Value.dot(x, x), .nary(.dot), 30), (Value.dot(x, x, bias: Value(7)), .nary(.dot), 37),
    ]
    for (value, operation, number) in cases {
      XCTAssertEqual(value.operation, operation)
      assertClose(value.data, number, relative: 1e-14, "\(operation)")
    }
  }

  /// The dot product's own arms against its row of the table, at every length of its unrolled loop.
  func testDotAgreesWithItsRow() {
    var generator = SeededGenerator(seed: 1)
    func numbers(_ n: Int) -> [Value] {
      (0..<n).map { _ in Value(.random(in: -3...3, using: &generator)) }
    }
    for n in 0...13 {
      for bias in [nil, Value(0.5)] {
        let (a, b) = (numbers(n), numbers(n))
        let arguments = a + b + (bias.map { [$0] } ?? [])
        let fast = Value.dot(a, b, bias: bias)
        fast.backward()
        let fastSlopes = arguments.map(\.grad)
        arguments.forEach { $0.zeroGrad() }
        let row = Value.apply(.dot, arguments)
        row.backward()
        assertClose(fast.data, row.data, relative: 1e-14, "dot of \(n)")
        XCTAssertEqual(fastSlopes, arguments.map(\.grad), "slopes of a dot of \(n)")
        arguments.forEach { $0.zeroGrad() }
        let inference = Double.dot(weights: a, b.map(\.data), bias: bias)
        assertClose(inference, row.data, relative: 1e-14, "inference by a dot of \(n)")
      }
    }
  }

  /// A neuron is one node; its numbers are those of a dot product and a function of it.
  func testNeuronsAgreeWithTheirTwoRows() {
    for f in UnaryFunction.allCases {
      for target in samples(50, in: f.domain, seed: 5) {
        let a = [Value(target), Value(0.25)]
        let b = [Value(1), Value(0.5)]
        let bias = Value(-0.125)
        let variables = a + b + [bias]
        let neuron = Value.neuron(a, b, bias: bias, then: f)
        neuron.backward()
        let slopes = variables.map(\.grad)
        variables.forEach { $0.zeroGrad() }
        let twoNodes = Value.apply(f, .dot(a, b, bias: bias))
        twoNodes.backward()
        XCTAssertEqual(neuron.data, twoNodes.data, "\(f) at \(target)")
        XCTAssertEqual(slopes, variables.map(\.grad), "\(f) at \(target)")
      }
    }
  }

  func testDotWithConstantsOnEachSide() {
    let x = [Value(2), Value(3)]
    let numbers = [Value.constant(5), Value.constant(7)]
    Value.dot(x, numbers).backward()
    XCTAssertEqual(x.map(\.grad), [5, 7])
    Value.dot(numbers, x).backward()
    XCTAssertEqual(x.map(\.grad), [10, 14])
    Value.dot([x[0], numbers[0]], [numbers[1], x[1]], bias: x[1]).backward()
    XCTAssertEqual(x.map(\.grad), [17, 20])
    XCTAssertEqual(numbers.map(\.grad), [0, 0])
  }
}

extension NaryFunction {
  fileprivate func expected(_ x: [Double]) -> Double {
    switch self {
    case .sum: x.reduce(0, +)
    case .mean: x.reduce(0, +) / Double(x.count)
    case .dot:
      zip(x.prefix(x.count / 2), x.dropFirst(x.count / 2)).reduce(0) { $0 + $1.0 * $1.1 }
        + (x.count % 2 == 1 ? x.last! : 0)
    case .maximum: x.max()!
    case .logSumExp: Foundation.log(x.reduce(0) { $0 + Foundation.exp($1) })
    case .select: x[0] > 0 ? x[1] : x[2]
    case .lookup: x[1 + Int(x[0])]
    }
  }

  fileprivate func expectedSlope(_ i: Int, _ x: [Double]) -> Double {
    let half = x.count / 2
    return switch self {
    case .sum: 1
    case .mean: 1 / Double(x.count)
    case .dot: i < half ? x[i + half] : i < 2 * half ? x[i - half] : 1
    case .maximum: x[i] == x.max() ? 1 : 0
    case .logSumExp: Foundation.exp(x[i]) / x.reduce(0) { $0 + Foundation.exp($1) }
    case .select: i == (x[0] > 0 ? 1 : 2) ? 1 : 0
    case .lookup: i == 1 + Int(x[0]) ? 1 : 0
    }
  }

  fileprivate func expectedCurvature(_ i: Int, _ j: Int, _ x: [Double]) -> Double {
    switch self {
    case .sum, .mean, .maximum, .select, .lookup: 0
    case .dot: abs(i - j) == x.count / 2 && max(i, j) < x.count / 2 * 2 ? 1 : 0
    case .logSumExp: expectedSlope(i, x) * ((i == j ? 1 : 0) - expectedSlope(j, x))
    }
  }
}
