import Foundation
import Leibniz

/// Compares formulas over different kinds of numbers: their values, and their derivatives with one
/// another and with central differences.
struct Comparison {
  private var generator = SeededGenerator(seed: 3)
  private var compared = 0
  private var failures: [String] = []

  /// - Parameter count: how many numbers the formula takes.
  mutating func compare(
    _ name: String, _ count: Int, _ number: ([Double]) -> Double, _ value: ([Value]) -> Value,
    _ dual: ([Dual]) -> Dual
  ) {
    var points = 0
    // Some formulas are defined on a part of the numbers only.
    for _ in 0..<100 where points < 3 {
      let x = (0..<count).map { _ in Double.random(in: 0.2..<1.4, using: &generator) }
      let expected = number(x)
      let differences = x.indices.map { i in
        let step = 1e-5
        var (left, right) = (x, x)
        left[i] -= step
        right[i] += step
        return (number(right) - number(left)) / (2 * step)
      }
      guard expected.isFinite, differences.allSatisfy(\.isFinite) else { continue }
      points += 1
      let (data, gradient) = valueWithGradient(at: x, of: value)
      expect("\(name): its value over Value", data, expected, 1e-13)
      let size = max(expected.magnitude, differences.map(\.magnitude).max() ?? 0)
      for i in x.indices {
        let along = dual(x.indices.map { Dual(x[$0], tangent: $0 == i ? 1 : 0) })
        expect("\(name): its value over Dual", along.value, expected, 1e-13)
        expect("\(name): derivative \(i) over Dual", along.tangent, gradient[i], 1e-9, near: size)
        expect("\(name): derivative \(i)", gradient[i], differences[i], 1e-5, near: size)
      }
    }
    if points == 0 { failures.append("\(name) is defined at no point that was tried.") }
    compared += 1
  }

  private mutating func expect(
    _ what: String, _ found: Double, _ expected: Double, _ tolerance: Double, near size: Double = 0
  ) {
    let scale = max(expected.magnitude, size, 1e-3)
    if !((found - expected).magnitude <= tolerance * scale) {
      failures.append("\(what) is \(found), not \(expected).")
    }
  }

  /// Tells what was compared, and fails if something differs.
  func finish() {
    print("\(compared) formulas have the same values and derivatives over Double, Value and Dual.")
    guard failures.isEmpty else {
      for failure in failures { print(failure) }
      exit(1)
    }
  }
}
