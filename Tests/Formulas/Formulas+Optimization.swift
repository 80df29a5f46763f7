import Leibniz

extension Formulas {
  static func rosenbrock(_ x: [Number]) -> Number {
    Number.sum(
      (0..<x.count - 1).map { i in
        100 * (x[i + 1] - x[i] * x[i]).power(2) + (1 - x[i]).power(2)
      })
  }

  static func rosenbrockOfTwo(_ x: Number, _ y: Number) -> Number {
    (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
  }

  static func rastrigin(_ x: [Number]) -> Number {
    Number.sum(x.map { 10 + $0 * $0 - 10 * cos(2 * 3.14159 * $0) })
  }

  static func ackley(_ x: Number, _ y: Number) -> Number {
    -20 * exp(-0.2 * sqrt(0.5 * (x * x + y * y)))
      - exp(
        0.5 * (cos(2 * 3.14159 * x) + cos(2 * 3.14159 * y))) + 2.71828 + 20
  }

  static func himmelblau(_ x: Number, _ y: Number) -> Number {
    (x * x + y - 11) * (x * x + y - 11) + (x + y * y - 7) * (x + y * y - 7)
  }

  static func beale(_ x: Number, _ y: Number) -> Number {
    (1.5 - x + x * y).power(2) + (2.25 - x + x * y * y).power(2)
      + (2.625 - x + x * y * y * y).power(2)
  }

  static func booth(_ x: Number, _ y: Number) -> Number {
    (x + 2 * y - 7) * (x + 2 * y - 7) + (2 * x + y - 5) * (2 * x + y - 5)
  }

  static func camel(_ x: Number, _ y: Number) -> Number {
    (4 - 2.1 * x * x + x * x * x * x / 3) * x * x + x * y + (-4 + 4 * y * y) * y * y
  }

  static func goldsteinPrice(_ x: Number, _ y: Number) -> Number {
    (1 + (x + y + 1).power(2) * (19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y))
      * (30 + (2 * x - 3 * y).power(2)
        * (18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y))
  }

  static func branin(_ x: Number, _ y: Number) -> Number {
    (y - 5.1 / (4 * 3.14159 * 3.14159) * x * x + 5 / 3.14159 * x - 6).power(2)
      + 10 * (1 - 1 / (8 * 3.14159)) * cos(x) + 10
  }

  static func easom(_ x: Number, _ y: Number) -> Number {
    -cos(x) * cos(y) * exp(-(x - 3.14159) * (x - 3.14159) - (y - 3.14159) * (y - 3.14159))
  }

  static func mccormick(_ x: Number, _ y: Number) -> Number {
    sin(x + y) + (x - y) * (x - y) - 1.5 * x + 2.5 * y + 1
  }

  static func schafferOfTwo(_ x: Number, _ y: Number) -> Number {
    0.5 + (sin(x * x - y * y) * sin(x * x - y * y) - 0.5)
      / ((1 + 0.001 * (x * x + y * y)) * (1 + 0.001 * (x * x + y * y)))
  }

  static func levi(_ x: Number, _ y: Number) -> Number {
    sin(3 * 3.14159 * x).power(2) + (x - 1).power(2) * (1 + sin(3 * 3.14159 * y).power(2))
      + (y - 1).power(2) * (1 + sin(2 * 3.14159 * y).power(2))
  }

  static func powell(_ x: [Number]) -> Number {
    (x[0] + 10 * x[1]).power(2) + 5 * (x[2] - x[3]).power(2) + (x[1] - 2 * x[2]).power(4)
      + 10 * (x[0] - x[3]).power(4)
  }

  static func woods(_ x: [Number]) -> Number {
    100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0])
      + 90 * (x[3] - x[2] * x[2]) * (x[3] - x[2] * x[2]) + (1 - x[2]) * (1 - x[2])
      + 10 * (x[1] + x[3] - 2) * (x[1] + x[3] - 2) + 0.1 * (x[1] - x[3]) * (x[1] - x[3])
  }

  static func styblinskiTang(_ x: [Number]) -> Number {
    Number.sum(x.map { ($0 * $0 * $0 * $0 - 16 * $0 * $0 + 5 * $0) / 2 })
  }

  static func logBarrier(_ x: Number, _ y: Number, _ mu: Number) -> Number {
    x * x + 2 * y * y - x * y - mu * (log(x) + log(y) + log(4 - x - y)) + 0.5 * (x - 1) * y
  }

  static func augmentedLagrangian(_ x: Number, _ y: Number, _ l: Number) -> Number {
    x * x + y * y * 2 + l * (x + y - 1) + 10.0 / 2 * (x + y - 1) * (x + y - 1) - 0.1 * x * y
  }

  static func minimalSurface(_ u: [Number]) -> Number {
    sqrt(1 + (u[1] - u[0]) * (u[1] - u[0]) / 0.01 + (u[2] - u[0]) * (u[2] - u[0]) / 0.01) * 0.01
      + sqrt(1 + (u[3] - u[1]) * (u[3] - u[1]) / 0.01 + (u[3] - u[2]) * (u[3] - u[2]) / 0.01) * 0.01
  }
}
