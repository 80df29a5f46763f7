import Leibniz

extension Formulas {
  static func residual(_ x: [Double], _ w: Number, _ b: Number) -> Number {
    (w * x[0] + b) * (w * x[1] - b) / (1 + x[2] * w) - x[0] * 2
  }

  static func normalLogDensity(_ x: Number, _ mean: Number, _ s: Number) -> Number {
    -0.5 * ((x - mean) / s) * ((x - mean) / s) - log(s) - 0.5 * log(2 * 3.14159)
  }

  static func mixtureDensity(_ x: Number, _ a: Number, _ m: Number, _ s: Number) -> Number {
    a * exp(-0.5 * x * x) / sqrt(2 * 3.14159) + (1 - a) * exp(-0.5 * (x - m) * (x - m) / (s * s))
      / (s * sqrt(2 * 3.14159))
  }

  static func gaussianDivergence(
    _ m1: Number, _ s1: Number, _ m2: Number, _ s2: Number
  ) -> Number {
    log(s2 / s1) + (s1 * s1 + (m1 - m2) * (m1 - m2)) / (2 * s2 * s2) - 0.5
  }

  static func logisticLoss(_ x: Number) -> Number {
    log(1 + exp(-x)) + 0.5 * 0.01 * x * x
  }

  static func softplusBySteps(_ x: Number, _ beta: Number) -> Number {
    log(1 + exp(beta * x)) / beta - 0.5 * log(1 + exp(-2 * x)) + max(x, 0)
  }

  static func binaryEntropy(_ p: Number) -> Number {
    -p * log(p) - (1 - p) * log(1 - p) + 0.1 * p * (1 - p)
  }

  static func focalLoss(_ z: Number, _ gamma: Number) -> Number {
    let p = 1 / (1 + exp(-z))
    return -0.25 * pow(1 - p, gamma) * log(p) - 0.75 * pow(p, gamma) * log(1 - p)
  }

  static func studentLogDensity(_ t: Number, _ nu: Number) -> Number {
    -(nu + 1) / 2 * log(1 + t * t / nu) - 0.5 * log(nu * 3.14159) + 1 / (12 * nu)
  }

  static func weibull(_ t: Number, _ k: Number, _ l: Number) -> Number {
    k / l * pow(t / l, k - 1) * exp(-pow(t / l, k)) + 0.01 * exp(-t)
  }

  static func gompertz(_ t: Number, _ a: Number, _ b: Number, _ c: Number) -> Number {
    a * exp(-b * exp(-c * t)) + 0.1 * a * (1 - exp(-c * t)) - 0.02 * t
  }

  static func logisticGrowth(_ t: Number, _ k: Number, _ r: Number, _ p: Number) -> Number {
    k / (1 + (k - p) / p * exp(-r * t)) + 0.05 * k * sin(2 * 3.14159 * t) * exp(-0.1 * t)
  }

  static func poissonDeviance(_ y: Number, _ mu: Number) -> Number {
    2 * (y * log(y / mu) - (y - mu)) + 0.01 * (mu - 1) * (mu - 1)
  }

  static func huberSmooth(_ r: Number, _ delta: Number) -> Number {
    delta * delta * (sqrt(1 + (r / delta) * (r / delta)) - 1) + 0.5 * min(r, delta) * delta
  }

  static func cauchyLoss(_ r: Number, _ c: Number) -> Number {
    c * c / 2 * log(1 + (r / c) * (r / c)) + 1 - exp(-r * r / (2 * c * c))
  }

  static func periodicKernel(_ x: Number, _ p: Number, _ l: Number) -> Number {
    exp(-2 * sin(3.14159 * x / p) * sin(3.14159 * x / p) / (l * l)) + 0.1
      * exp(-x * x / (2 * l * l))
  }

  static func matern(_ r: Number, _ l: Number) -> Number {
    (1 + sqrt(5) * r / l + 5 * r * r / (3 * l * l)) * exp(-sqrt(5) * r / l) + 0.01 * r
  }

  static func rationalQuadratic(_ r: Number, _ a: Number, _ l: Number) -> Number {
    pow(1 + r * r / (2 * a * l * l), -a) + 0.1 * (1 - 1 / (1 + r * r))
  }

  static func evidenceBound(_ mu: Number, _ logvar: Number, _ x: Number) -> Number {
    -0.5 * (1 + logvar - mu * mu - exp(logvar)) + 0.5 * (x - 2 * mu) * (x - 2 * mu) / 0.1
  }

  static func meanOfSquares(_ x: [Number], _ y: [Double]) -> Number {
    Number.sum((0..<y.count).map { i in (x[i] - y[i]) * (x[i] - y[i]) }) / Double(y.count)
  }

  static func polynomialFit(_ c: [Number], _ t: Double, _ y: Double) -> Number {
    (c[0] + c[1] * t + c[2] * t * t + c[3] * t * t * t - y)
      * (c[0] + c[1] * t + c[2] * t * t + c[3] * t * t * t - y) + 0.01 * c[3] * c[3]
  }

  static func sumOfExponentials(_ p: [Number], _ t: Double, _ y: Double) -> Number {
    p[0] * exp(-p[1] * t) + p[2] * exp(-p[3] * t) * cos(2 * t + p[1]) - y + 0.01 * (p[0] - p[2])
  }

  static func weightedResidual(_ a: Number, _ b: Number, _ t: Double, _ w: Double) -> Number {
    w * (a * t * t + b * t + 1 - 2 * t) * (a * t * t + b * t + 1 - 2 * t) + 0.5 * w * a * a
      / (1 + t)
  }
}
