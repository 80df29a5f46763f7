import XCTest

@testable import Leibniz

/// Every row of the table in a compiled program: one sample at a time, and in lanes.
final class ProgramTableTests: XCTestCase {
  /// The program of f against the same graph in eager mode, at each point.
  private func check(
    _ name: String, at points: [[Double]], floor: Double = 0.01, _ f: ([Value]) -> Value,
    file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let inputs = points[0].map { Value($0) }
    let program = try Program(f(inputs), inputs: inputs)
    let values = program(points)
    let slopes = try program.inputGradients(program.samples(points))
    for (i, point) in points.enumerated() {
      let x = point.map { Value($0) }
      let y = f(x)
      y.backward()
      let what = "\(name) at \(point)"
      for found in [values[i][0], program(point)[0]] {
        assertClose(found, y.data, relative: 2e-15, floor: floor, what, file: file, line: line)
      }
      for (slope, x) in zip(slopes[i], x) {
        assertClose(slope, x.grad, relative: 1e-14, "slope of \(what)", file: file, line: line)
      }
    }
  }

  func testUnaries() throws {
    for f in UnaryFunction.allCases {
      let points = samples(203, in: f.domain, seed: 1)
      let mirrored = f.isSmoothOnMirroredDomain ? points.map { -$0 } : []
      try check(f.rawValue, at: (points + mirrored).map { [$0] }) { .apply(f, $0[0]) }
    }
  }

  func testBinaries() throws {
    for f in BinaryFunction.allCases {
      let points = samples(203, in: f.domain.x, f.domain.y, seed: 1)
      let mirrored = f.isSmoothOnMirroredDomain ? points.map { (-$0, -$1) } : []
      let both = (points + mirrored).map { [$0, $1] }
      try check(f.rawValue, at: both) { .apply(f, $0[0], $0[1]) }
      for number in [f.domain.x.upperBound, f.domain.x.lowerBound] {
        try check("\(f) of \(number)", at: both) { .apply(f, number, $0[1]) }
      }
      for number in [f.domain.y.upperBound, f.domain.y.lowerBound] {
        try check("\(f) by \(number)", at: both) { .apply(f, $0[0], number) }
      }
    }
  }

  func testNaries() throws {
    var generator = SeededGenerator(seed: 1)
    for f in NaryFunction.allCases {
      for count in f == .select ? [3] : [1, 2, 3, 8, 9] {
        let points = (0..<50).map { _ in
          let numbers = (0..<count).map { _ in Double.random(in: -3...3, using: &generator) }
          let index = Double(Int.random(in: 0..<count, using: &generator))
          return f == .lookup ? [index] + numbers : numbers
        }
        // Sums may cancel.
        try check("\(f) of \(count)", at: points, floor: 10) { .apply(f, $0) }
      }
    }
  }

  /// What is not a number, and infinities, come out of lanes as they do of single numbers.
  func testNonFiniteNumbers() throws {
    let numbers = [
      Double.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -1e-308, 1e308, -1e308,
    ]
    for f in UnaryFunction.allCases {
      let x = Value(1)
      let program = try Program(.apply(f, x), inputs: [x])
      let found = program(numbers.map { [$0] })
      for (i, number) in numbers.enumerated() {
        XCTAssertLessThanOrEqual(
          ulpDistance(found[i][0], f.value(number)), 4,
          "\(f)(\(number)) is \(found[i][0]) in lanes, \(f.value(number)) alone")
      }
    }
  }

  func testNonFiniteNumbersOfTwoArguments() throws {
    let numbers = [
      0, -0.0, 1e-300, -1e-16, 1, -1, 2.5, -40, 745, 1000, 1e308, -.infinity, .infinity, .nan,
    ]
    let pairs = numbers.flatMap { x in numbers.map { [x, $0] } }
    for f in BinaryFunction.allCases {
      let x = Value(1), y = Value(1)
      let program = try Program(.apply(f, x, y), inputs: [x, y])
      for (pair, found) in zip(pairs, program(pairs)) {
        let expected = f.value(pair[0], pair[1])
        XCTAssertLessThanOrEqual(
          ulpDistance(found[0], expected), 4,
          "\(f) of \(pair) is \(found[0]) in lanes, \(expected) alone")
      }
    }
  }
}
