import Leibniz

extension Formulas {
  static func neuronByHand(_ x: [Double], _ w: [Number], _ b: Number) -> Number {
    tanh(w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + b) + 0.01 * (w[0] * w[0] + w[1] * w[1])
  }

  static func micrograd(_ a: Number, _ b: Number) -> Number {
    let c = a + b
    let d = a * b + b * b * b
    let e = c - d + 2 * d + relu(b + a) + 3 * d + relu(b - a)
    let f = e * e
    return f / 2.0 + 10.0 / f
  }

  private static func relu(_ x: Number) -> Number { x.relu() }

  static func geluByTanh(_ x: Number) -> Number {
    0.5 * x * (1 + tanh(sqrt(2 / 3.14159) * (x + 0.044715 * x * x * x)))
  }

  static func mish(_ x: Number) -> Number {
    x * tanh(log(1 + exp(x))) + 0.1 * x / (1 + exp(-1.702 * x))
  }

  static func hardSwish(_ x: Number) -> Number {
    x * min(max(x + 3, 0), 6) / 6 + 0.1 * max(x, 0.5 * x)
  }

  static func exclusiveOr(_ w: [Number]) -> Number {
    let h = tanh(w[0] * 1.0 + w[1] * 0.0 + w[2])
    let k = tanh(w[3] * 1.0 + w[4] * 0.0 + w[5])
    return (1 - tanh(w[6] * h + w[7] * k + w[8])).power(2) + 0.5 * 0.1 * (h * h + k * k)
  }

  static func gatedCell(_ x: Number, _ h: Number, _ w: Number) -> Number {
    let z = 1 / (1 + exp(-(w * x + 0.5 * h - 0.1)))
    let r = 1 / (1 + exp(-(0.3 * x + w * h)))
    return (1 - z) * h + z * tanh(w * x + r * h * 0.7 + 0.2)
  }

  static func attention(_ q: [Number], _ k: [Double]) -> Number {
    (exp(q[0] * k[0] / sqrt(2)) * 1.5 + exp(q[1] * k[1] / sqrt(2)) * 0.5)
      / (exp(q[0] * k[0] / sqrt(2)) + exp(q[1] * k[1] / sqrt(2)))
  }

  static func adamStep(_ g: Number, _ m: Number, _ v: Number) -> Number {
    -0.001 * (0.9 * m + 0.1 * g) / (1 - 0.9)
      / (sqrt((0.999 * v + 0.001 * g * g) / (1 - 0.999)) + 1e-8)
  }

  static func cosineSimilarity(_ a: [Number], _ b: [Number]) -> Number {
    (a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
      / (sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])
        * sqrt(b[0] * b[0] + b[1] * b[1] + b[2] * b[2]))
  }

  static func triplet(_ a: Number, _ p: Number, _ n: Number) -> Number {
    max((a - p) * (a - p) - (a - n) * (a - n) + 0.2, 0) + 0.01 * (a * a + p * p + n * n)
  }

  static func elasticNet(_ w: [Number], _ x: [Double], _ y: Double) -> Number {
    0.5 * (w[0] * x[0] + w[1] * x[1] - y) * (w[0] * x[0] + w[1] * x[1] - y)
      + 0.1 * (0.5 * (abs(w[0]) + abs(w[1])) + 0.25 * (w[0] * w[0] + w[1] * w[1]))
  }

  static func pidResponse(_ p: Number, _ i: Number, _ d: Number) -> Number {
    let e = [1.0, 0.7, 0.45, 0.3]
    return p * e[3] + i * (e[0] + e[1] + e[2] + e[3]) * 0.1 + d * (e[3] - e[2]) / 0.1 - 0.5 * p * i
  }

  static func quadrotorThrust(_ u: [Number], _ tilt: Number) -> Number {
    (u[0] * u[0] + u[1] * u[1] + u[2] * u[2] + u[3] * u[3]) * 1e-2 * cos(tilt) / 0.5 - 9.81
      - 0.1 * sin(tilt) * (u[0] - u[2]) * 0.17
  }

  static func kalmanGain(_ p: Number, _ r: Number, _ q: Number) -> Number {
    (1 - (p + q) / (p + q + r)) * (p + q) + (p + q) / (p + q + r) * 0.3 - 0.5 * log(p + q + r)
  }

  static func lqrCost(_ k: Number, _ l: Number, _ dt: Double) -> Number {
    let v = 0.5 - dt * (k * 1 + l * 0.5)
    let x = 1 + dt * v
    return x * x + 0.1 * v * v + 0.01 * (k * x + l * v) * (k * x + l * v) + dt * (k - 1) * (l - 2)
      / 10
  }
}
