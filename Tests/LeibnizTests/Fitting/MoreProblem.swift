@testable import Leibniz

/// Problems of Moré, Garbow and Hillstrom, *Testing unconstrained optimization software*, 1981, with
/// their numbers there, standard starts, and sums of squares at their minima.
struct MoreProblem {
  let name: String
  let start: [Double]
  let minima: [Double]
  let residuals: @Sendable ([Value]) -> [Value]

  func sum(_ x: [Value]) -> Value {
    let r = residuals(x)
    return .dot(r, r)
  }

  static let bard = [
    0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
  ]
  static let kowalik = (
    y: [
      0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
    ],
    u: [4.0, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]
  )

  static let all = [
    MoreProblem(name: "1 Rosenbrock", start: [-1.2, 1], minima: [0]) {
      [10 * ($0[1] - $0[0] * $0[0]), 1 - $0[0]]
    },
    MoreProblem(name: "5 Beale", start: [1, 1], minima: [0]) { x in
      [1.5, 2.25, 2.625].enumerated().map { i, y in
        y - x[0] * (1 - x[1].power(Double(i + 1)))
      }
    },
    MoreProblem(name: "7 helical valley", start: [-1, 0, 0], minima: [0]) { x in
      let turn = Leibniz.atan2(x[1], x[0]) / (2 * Double.pi)
      let length = (x[0] * x[0] + x[1] * x[1]).sqrt()
      return [10 * (x[2] - 10 * turn), 10 * (length - 1), x[2]]
    },
    MoreProblem(name: "8 Bard", start: [1, 1, 1], minima: [8.21487e-3]) { x in
      bard.enumerated().map { i, y in
        let (u, v) = (Double(i + 1), Double(15 - i))
        return y - (x[0] + u / (v * x[1] + min(u, v) * x[2]))
      }
    },
    MoreProblem(name: "12 box", start: [0, 10, 20], minima: [0]) { x in
      (1...10).map { i in
        let t = 0.1 * Double(i)
        let known = (-t).exp() - (-10 * t).exp()
        return (-t * x[0]).exp() - (-t * x[1]).exp() - x[2] * known
      }
    },
    MoreProblem(name: "13 Powell's singular", start: [3, -1, 0, 1], minima: [0]) { x in
      let root5 = 5.0.squareRoot(), root10 = 10.0.squareRoot()
      let a = x[0] + 10 * x[1], b = root5 * (x[2] - x[3])
      let c = (x[1] - 2 * x[2]).power(2), d = root10 * (x[0] - x[3]).power(2)
      return [a, b, c, d]
    },
    MoreProblem(name: "14 Wood", start: [-3, -1, -3, -1], minima: [0]) { x in
      let root90 = 90.0.squareRoot(), root10 = 10.0.squareRoot()
      let a = 10 * (x[1] - x[0] * x[0]), b = 1 - x[0]
      let c = root90 * (x[3] - x[2] * x[2]), d = 1 - x[2]
      let e = root10 * (x[1] + x[3] - 2), f = (x[1] - x[3]) / root10
      return [a, b, c, d, e, f]
    },
    MoreProblem(
      name: "15 Kowalik and Osborne", start: [0.25, 0.39, 0.415, 0.39], minima: [3.07505e-4]
    ) {
      x in
      zip(kowalik.y, kowalik.u).map { y, u in
        let above = x[0] * (u * u + u * x[1])
        let below = u * u + u * x[2] + x[3]
        return y - above / below
      }
    },
    MoreProblem(name: "16 Brown and Dennis", start: [25, 5, -5, -1], minima: [85822.2]) { x in
      (1...20).map { i in
        let t = Double(i) / 5
        let a = x[0] + t * x[1] - t.exp()
        let b = x[2] + x[3] * t.sin() - t.cos()
        return a * a + b * b
      }
    },
    MoreProblem(
      name: "21 Rosenbrock in ten", start: [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1],
      minima: [0]
    ) { x in
      (0..<5).flatMap { i -> [Value] in
        let (a, b) = (x[2 * i], x[2 * i + 1])
        return [10 * (b - a * a), 1 - a]
      }
    },
    MoreProblem(
      name: "26 trigonometric", start: Array(repeating: 0.1, count: 10), minima: [0, 2.79506e-5]
    ) {
      x in
      let cosines = Value.sum(x.map { $0.cos() })
      return x.enumerated().map { i, own in
        let n = Double(i + 1)
        let first = 10 - cosines + n * (1 - own.cos())
        return first - own.sin()
      }
    },
    MoreProblem(name: "2 Freudenstein and Roth", start: [0.5, -2], minima: [0, 48.9842]) { x in
      let a = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]
      let b = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]
      return [a, b]
    },
    MoreProblem(name: "6 Jennrich and Sampson", start: [0.3, 0.4], minima: [124.362]) { x in
      (1...10).map { i in
        let t = Double(i)
        return 2 + 2 * t - ((t * x[0]).exp() + (t * x[1]).exp())
      }
    },
    MoreProblem(name: "9 Gauss", start: [0.4, 1, 0], minima: [1.12793e-8]) { x in
      gauss.enumerated().map { i, y in
        let distance = (7 - Double(i)) / 2 - x[2]
        return x[0] * (-x[1] * distance * distance / 2).exp() - y
      }
    },
    MoreProblem(
      name: "18 Biggs's exponentials", start: [1, 2, 1, 1, 1, 1], minima: [0, 5.65565e-3, 0.306367]
    ) { x in
      (1...13).map { i in
        let t = 0.1 * Double(i)
        let y = (-t).exp() - 5 * (-10 * t).exp() + 3 * (-4 * t).exp()
        let first = x[2] * (-t * x[0]).exp() - x[3] * (-t * x[1]).exp()
        return first + x[5] * (-t * x[4]).exp() - y
      }
    },
    MoreProblem(
      name: "20 Watson", start: Array(repeating: 0, count: 6), minima: [2.28767e-3],
      residuals: watson),
    MoreProblem(name: "23 penalty I", start: [1, 2, 3, 4], minima: [2.24997e-5]) { x in
      let root = 1e-5.squareRoot()
      let penalties: [Value] = x.map { root * ($0 - 1) }
      return penalties + [Value.dot(x, x) - 0.25]
    },
    MoreProblem(
      name: "25 variably dimensioned", start: (1...10).map { 1 - Double($0) / 10 }, minima: [0]
    ) { x in
      let sum = Value.sum(x.enumerated().map { i, own in Double(i + 1) * (own - 1) })
      let others: [Value] = x.map { $0 - 1 }
      return others + [sum, sum * sum]
    },
    MoreProblem(
      name: "27 Brown's almost linear", start: Array(repeating: 0.5, count: 5), minima: [0, 1]
    ) { x in
      let sum = Value.sum(x)
      let product = x.dropFirst().reduce(x[0]) { $0 * $1 }
      let others: [Value] = x.dropLast().map { $0 + sum - 6 }
      return others + [product - 1]
    },
    MoreProblem(
      name: "28 discrete boundary values", start: (1...10).map { Double($0 * ($0 - 11)) / 121 },
      minima: [0]
    ) { x in
      x.enumerated().map { i, own in
        let h = 1.0 / 11
        let t = Double(i + 1) * h
        let neighbours = within(x, i - 1) + within(x, i + 1)
        return 2 * own - neighbours + h * h * (own + t + 1).power(3) / 2
      }
    },
    MoreProblem(
      name: "30 Broyden's tridiagonal", start: Array(repeating: -1, count: 10), minima: [0]
    ) { x in
      x.enumerated().map { i, own in
        let neighbours = within(x, i - 1) + 2 * within(x, i + 1)
        return (3 - 2 * own) * own - neighbours + 1
      }
    },
    MoreProblem(name: "31 Broyden's banded", start: Array(repeating: -1, count: 10), minima: [0]) {
      x in
      x.enumerated().map { i, own in
        let near = (max(0, i - 5)...min(9, i + 1)).filter { $0 != i }
        let band = Value.sum(near.map { x[$0] * (1 + x[$0]) })
        return own * (2 + 5 * own * own) + 1 - band
      }
    },
    MoreProblem(name: "32 linear", start: Array(repeating: 1, count: 5), minima: [7]) { x in
      let mean = Value.sum(x) / 6
      let first: [Value] = x.map { $0 - mean - 1 }
      return first + Array(repeating: -mean - 1, count: 7)
    },
    MoreProblem(
      name: "35 Chebyshev's quadrature", start: (1...8).map { Double($0) / 9 },
      minima: [3.51687e-3]
    ) { x in
      var (last, current) = (x.map { _ in Value.constant(1) }, x.map { 2 * $0 - 1 })
      return (1...8).map { i in
        defer {
          let next = x.indices.map { j -> Value in
            let twice = 4 * x[j] - 2
            return twice * current[j] - last[j]
          }
          (last, current) = (current, next)
        }
        let integral = i % 2 == 0 ? -1 / Double(i * i - 1) : 0
        return Value.sum(current) / 8 - integral
      }
    },
  ]

  private static func watson(_ x: [Value]) -> [Value] {
    var residuals: [Value] = [x[0], x[1] - x[0] * x[0] - 1]
    for i in 1...29 {
      let t = Double(i) / 29
      var (slope, sum) = (Value.constant(0), x[0])
      for j in 1..<6 {
        let power = t.power(Double(j - 1))
        slope = slope + Double(j) * power * x[j]
        sum = sum + t * power * x[j]
      }
      residuals.append(slope - sum * sum - 1)
    }
    return residuals
  }

  /// A number of a vector that has zeros at both sides.
  private static func within(_ x: [Value], _ i: Int) -> Value {
    x.indices.contains(i) ? x[i] : .constant(0)
  }

  private static let gauss = [
    0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295, 0.0540,
    0.0175, 0.0044, 0.0009,
  ]

  /// Those whose parameters differ in size by many orders, for methods that scale them.
  static let badlyScaled = [
    MoreProblem(name: "3 Powell's badly scaled", start: [0, 1], minima: [0]) { x in
      [1e4 * x[0] * x[1] - 1, (-x[0]).exp() + (-x[1]).exp() - 1.0001]
    },
    MoreProblem(name: "4 Brown's badly scaled", start: [1, 1], minima: [0]) { x in
      [x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]
    },
  ]
}
