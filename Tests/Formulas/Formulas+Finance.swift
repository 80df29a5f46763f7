import Leibniz

extension Formulas {
  static func blackScholes(
    _ spot: Number, _ strike: Number, _ rate: Number, _ volatility: Number, _ time: Number
  ) -> Number {
    let d1 =
      (log(spot / strike) + (rate + 0.5 * volatility * volatility) * time)
      / (volatility * sqrt(time))
    let d2 = d1 - volatility * sqrt(time)
    return spot * 0.5 * (1 + erf(d1 / sqrt(2)))
      - strike * exp(-rate * time) * 0.5 * (1 + erf(d2 / sqrt(2)))
  }

  static func blackScholesInOne(_ s: Number, _ k: Number, _ v: Number) -> Number {
    s * 0.5 * erfc(-(log(s / k) + (0.03 + v * v / 2) * 0.5) / (v * sqrt(0.5)) / sqrt(2))
      - k * exp(-0.03 * 0.5) * 0.5
      * erfc(-(log(s / k) + (0.03 - v * v / 2) * 0.5) / (v * sqrt(0.5)) / sqrt(2))
  }

  static func bondPrice(_ yield: Number, _ coupon: Number) -> Number {
    coupon * (1 - (1 + yield).power(-10)) / yield + 100 * (1 + yield).power(-10)
  }

  static func annuity(_ rate: Number, _ n: Number, _ principal: Number) -> Number {
    principal * rate * pow(1 + rate, n) / (pow(1 + rate, n) - 1) + 0.001 * principal
  }

  static func nelsonSiegel(
    _ t: Number, _ b0: Number, _ b1: Number, _ b2: Number, _ tau: Number
  ) -> Number {
    b0 + b1 * (1 - exp(-t / tau)) / (t / tau) + b2
      * ((1 - exp(-t / tau)) / (t / tau) - exp(-t / tau))
  }

  static func vasicek(_ r: Number, _ a: Number, _ b: Number, _ s: Number) -> Number {
    let bond = (1 - exp(-a * 2)) / a
    return exp((b - s * s / (2 * a * a)) * (bond - 2) - s * s * bond * bond / (4 * a) - bond * r)
  }

  static func sabr(_ f: Number, _ k: Number, _ alpha: Number, _ nu: Number) -> Number {
    let z = nu / alpha * sqrt(f * k) * log(f / k)
    return alpha / sqrt(f * k) * (1 + (alpha * alpha / (24 * f * k) + 0.25 * nu * nu) * 0.5)
      * (1 - 0.5 * z + z * z / 12)
  }

  static func merton(_ assets: Number, _ debt: Number, _ v: Number) -> Number {
    assets * exp(-0.01) - debt * exp(-0.02 * 3) * (1 - 0.5 * exp(-(assets / debt - 1) / (v * v)))
  }

  static func portfolioVariance(_ a: Number, _ b: Number, _ rho: Number) -> Number {
    a * a * 0.04 + b * b * 0.09 + (1 - a - b) * (1 - a - b) * 0.01 + 2 * a * b * rho * 0.2 * 0.3
      + 2 * a * (1 - a - b) * 0.1 * 0.2 * 0.1
  }

  static func crra(_ c: Number, _ gamma: Number) -> Number {
    (pow(c, 1 - gamma) - 1) / (1 - gamma) - 0.01 * c * c + 0.5 * log(c)
  }

  static func cobbDouglas(_ k: Number, _ l: Number, _ a: Number) -> Number {
    1.2 * pow(k, a) * pow(l, 1 - a) - 0.05 * k - 0.6 * l
  }

  static func solow(_ k: Number, _ s: Number, _ a: Number) -> Number {
    s * pow(k, a) - (0.05 + 0.01 + 0.02) * k + 0.001 * k * k / (1 + k)
  }

  static func ces(_ x: Number, _ y: Number, _ rho: Number) -> Number {
    pow(0.4 * pow(x, rho) + 0.6 * pow(y, rho), 1 / rho) - 0.1 * (x + y)
  }

  static func newsvendor(_ q: Number, _ mean: Number, _ s: Number) -> Number {
    5 * q - 2 * (q - mean) * 0.5 * (1 + erf((q - mean) / (s * sqrt(2))))
      - 2 * s * exp(-(q - mean) * (q - mean) / (2 * s * s)) / sqrt(2 * 3.14159)
  }

  static func barrierReward(_ x: Number, _ mu: Number) -> Number {
    3 * x - x * x - mu * (log(x) + log(2 - x)) + 0.1 * (x - 1) * (x - 1) * (x - 1)
  }

  static func hestonDrift(_ v: Number, _ kappa: Number, _ theta: Number, _ xi: Number) -> Number {
    kappa * (theta - v) + 0.5 * xi * sqrt(v) * 0.3 - 0.25 * xi * xi + 0.5 * v * (1 - v)
  }

  static func garch(_ omega: Number, _ alpha: Number, _ beta: Number) -> Number {
    let v = omega + alpha * 0.04 + beta * (omega + alpha * 0.01 + beta * 0.02)
    return 0.5 * log(2 * 3.14159 * v) + 0.03 * 0.03 / (2 * v) + 0.1 * (alpha + beta)
      * (alpha + beta)
  }
}
