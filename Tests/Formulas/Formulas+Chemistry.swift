import Leibniz

extension Formulas {
  static func arrhenius(_ t: Number, _ a: Number, _ energy: Number) -> Number {
    a * exp(-energy / (8.314e-3 * t)) * (t / 300).power(0.5) - 0.1 * a / (1 + t / 300)
  }

  static func vanDerWaals(_ v: Number, _ t: Number, _ n: Number) -> Number {
    n * 0.08206 * t / (v - n * 0.0427) - n * n * 3.64 / (v * v)
  }

  static func redlichKwong(_ v: Number, _ t: Number) -> Number {
    0.08314 * t / (v - 0.0297) - 6.46 / (sqrt(t) * v * (v + 0.0297))
  }

  static func pengRobinson(_ v: Number, _ t: Number) -> Number {
    let alpha = (1 + 0.70 * (1 - sqrt(t / 304))) * (1 + 0.70 * (1 - sqrt(t / 304)))
    return 0.08314 * t / (v - 0.0267) - 3.96 * alpha / (v * v + 2 * 0.0267 * v - 0.0267 * 0.0267)
  }

  static func antoine(_ t: Number) -> Number {
    (8.07131 - 1730.63 / (233.426 + t)) * log(10) + 0.001 * (t - 25) * (t - 25) / (1 + t / 100)
  }

  static func michaelisMenten(_ s: Number, _ vmax: Number, _ km: Number) -> Number {
    vmax * s / (km * (1 + 0.3 / 2.0) + s * (1 + s / 10)) - 0.05 * s
  }

  static func hill(_ x: Number, _ k: Number, _ n: Number) -> Number {
    0.1 + 0.9 * pow(x, n) / (pow(k, n) + pow(x, n)) - 0.02 * x * (1 - x)
  }

  static func nernst(_ outside: Number, _ inside: Number, _ t: Number) -> Number {
    8.314 * t / (2 * 96.485) * log((outside + 0.05 * inside) / (inside + 0.05 * outside))
  }

  static func butlerVolmer(_ eta: Number, _ i0: Number, _ alpha: Number) -> Number {
    i0 * (exp(alpha * 38.9 * eta / 10) - exp(-(1 - alpha) * 38.9 * eta / 10)) - eta / 7
  }

  static func henderson(_ acid: Number, _ base: Number) -> Number {
    4.76 + log(base / acid) / 2.302585 + 0.5 * sqrt(acid + base) / (1 + sqrt(acid + base))
  }

  static func langmuir(_ pa: Number, _ pb: Number, _ k: Number) -> Number {
    k * pa * 2.2 * pb / ((1 + k * pa + 2.2 * pb) * (1 + k * pa + 2.2 * pb))
  }

  static func flory(_ phi: Number, _ chi: Number) -> Number {
    phi * log(phi) / 100 + (1 - phi) * log(1 - phi) + chi * phi * (1 - phi)
  }

  static func gibbsMixing(_ x: Number, _ a: Number, _ t: Number) -> Number {
    8.314 * t * (x * log(x) + (1 - x) * log(1 - x)) + a * x * (1 - x) * (1 + 0.2 * (2 * x - 1))
  }

  static func debyeHeat(_ t: Number, _ theta: Number) -> Number {
    let u = theta / t
    return 3 * 8.314 * u * u * exp(u) / ((exp(u) - 1) * (exp(u) - 1)) + 0.001 * t
  }

  static func hodgkinHuxleyAlpha(_ v: Number) -> Number {
    0.01 * (10 - v) / (exp((10 - v) / 10) - 1) + 0.125 * exp(-v / 80) - 0.1 * (25 - v)
      / (exp((25 - v) / 10) - 1)
  }

  static func hodgkinHuxleyCurrent(
    _ v: Number, _ m: Number, _ h: Number, _ n: Number
  ) -> Number {
    120 * m * m * m * h * (v - 115) + 36 * n * n * n * n * (v + 12) + 0.3 * (v - 10.6)
  }

  static func fitzHughNagumo(_ v: Number, _ w: Number) -> Number {
    (v - v * v * v / 3 - w + 0.5) * (v - v * v * v / 3 - w + 0.5)
      + ((v + 0.7 - 0.8 * w) / 12.5) * ((v + 0.7 - 0.8 * w) / 12.5)
  }

  static func lotkaVolterra(_ x: Number, _ y: Number, _ a: Number, _ b: Number) -> Number {
    a * x * (1 - x / 20) - b * x * y / (1 + 0.1 * x) + 0.5 * b * x * y - 0.8 * y
  }

  static func epidemic(_ s: Number, _ i: Number, _ beta: Number) -> Number {
    beta * s * i / (s + i + 1 - s * i / 10) - 0.1 * i - 0.02 * (1 - s - i) * (1 - s - i)
  }

  static func pharmacokinetics(_ t: Number, _ ka: Number, _ ke: Number) -> Number {
    100 * 0.9 * ka / (20 * (ka - ke)) * (exp(-ke * t) - exp(-ka * t)) + 0.5 * exp(-2 * t)
  }

  static func monod(_ s: Number, _ mu: Number, _ ks: Number) -> Number {
    mu * s / (ks + s + s * s / 5) * (1 - 0.2 * exp(-s)) - 0.03
  }

  static func brusselator(_ x: Number, _ y: Number) -> Number {
    (1 + x * x * y - (2.5 + 1) * x).power(2) + (2.5 * x - x * x * y).power(2)
  }
}
