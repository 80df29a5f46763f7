import Leibniz

extension Formulas {
  static func wave(_ t: Number) -> Number {
    2 * t * t + 3.5 * t - 1 / (t * t + 1) + exp(-t * t / 2) * sin(3 * t + 0.5) / 4
      + (t - 1) * (t + 1) * 0.5
  }

  static func butterworth(_ f: Number, _ cutoff: Number) -> Number {
    1 / sqrt(1 + (f / cutoff).power(8)) + 0.01 * log(1 + f * f)
  }

  static func resonance(_ f: Number, _ r: Number, _ l: Number, _ c: Number) -> Number {
    let w = 2 * 3.14159 * f
    return sqrt(r * r + (w * l - 1 / (w * c)) * (w * l - 1 / (w * c))) / (r + 0.1 * w * l)
  }

  static func diode(_ v: Number, _ saturation: Number, _ n: Number) -> Number {
    saturation * (exp(v / (n * 0.02585)) - 1) + v / 1e4 - saturation * v * 2
  }

  static func solarCell(_ v: Number, _ i: Number, _ rs: Number) -> Number {
    3.2 - 1e-3 * (exp((v + i * rs) / (1.3 * 0.5)) - 1) - (v + i * rs) / 40 - i
  }

  static func ebersMoll(_ vbe: Number, _ vbc: Number) -> Number {
    1e-3 * (exp(vbe / 0.5) - exp(vbc / 0.5)) - 1e-3 / 4 * (exp(vbc / 0.5) - 1) * (1 + vbe / 50)
  }

  static func planck(_ wavelength: Number, _ t: Number) -> Number {
    2 * 3.7 / wavelength.power(5) / (exp(1.4388 / (wavelength * t)) - 1)
  }

  static func gaussianBeam(_ r: Number, _ z: Number, _ waist: Number) -> Number {
    let w = waist * sqrt(1 + (z / (3.14159 * waist * waist)) * (z / (3.14159 * waist * waist)))
    return (waist / w) * (waist / w) * exp(-2 * r * r / (w * w)) * (1 + 0.1 * cos(2 * z - 0.5 * r))
  }

  static func snell(_ angle: Number, _ n1: Number, _ n2: Number) -> Number {
    let s = n1 / n2 * sin(angle)
    return (n1 * cos(angle) - n2 * sqrt(1 - s * s)) / (n1 * cos(angle) + n2 * sqrt(1 - s * s))
  }

  static func fresnel(_ cosine: Number, _ f0: Number) -> Number {
    f0 + (1 - f0) * (1 - cosine).power(5) - 0.5 * (1 - cosine) * (1 - cosine) * f0
  }

  static func sellmeier(_ w: Number) -> Number {
    sqrt(
      1 + 1.0396 * w * w / (w * w - 0.006) + 0.2318 * w * w / (w * w - 0.02)
        + 1.0105 * w * w / (w * w - 0.9))
  }

  static func microfacet(_ nh: Number, _ roughness: Number) -> Number {
    let a = roughness * roughness
    return a * a / (3.14159 * (nh * nh * (a * a - 1) + 1) * (nh * nh * (a * a - 1) + 1))
  }

  static func dipole(_ x: Number, _ y: Number, _ d: Number) -> Number {
    1 / sqrt((x - d / 2) * (x - d / 2) + y * y) - 1 / sqrt((x + d / 2) * (x + d / 2) + y * y)
  }

  static func debyeHueckel(_ r: Number, _ kappa: Number, _ q: Number) -> Number {
    q * q / (4 * 3.14159 * 0.8 * r) * exp(-kappa * (r - 0.3)) / (1 + kappa * 0.3)
  }

  static func heatKernel(_ x: Number, _ t: Number, _ d: Number) -> Number {
    exp(-x * x / (4 * d * t)) / sqrt(4 * 3.14159 * d * t) - 0.1 * x * exp(-t)
  }

  static func burgersResidual(_ u: Number, _ ux: Number, _ uxx: Number, _ ut: Number) -> Number {
    (ut + u * ux - 0.01 / 3.14159 * uxx) * (ut + u * ux - 0.01 / 3.14159 * uxx) + 0.1 * u * u
  }

  static func helmholtz(_ x: Number, _ y: Number, _ k: Number) -> Number {
    sin(k * x) * sin(k * y) * (k * k - 2 * 3.14159 * 3.14159) + 0.3 * cos(k * (x - y)) / (1 + x * x)
  }

  static func soliton(_ x: Number, _ t: Number, _ c: Number) -> Number {
    0.5 * c / (cosh(0.5 * sqrt(c) * (x - c * t)) * cosh(0.5 * sqrt(c) * (x - c * t)))
  }

  static func lorentzianPeaks(_ f: Number, _ a: Number, _ w: Number) -> Number {
    a * w / ((f - 1) * (f - 1) + w * w) + 0.5 * a * w / ((f - 2.5) * (f - 2.5) + 2 * w * w)
      - 0.1 * a / (1 + f)
  }

  static func pseudoVoigt(_ x: Number, _ mixing: Number, _ w: Number) -> Number {
    mixing / (1 + (x / w) * (x / w)) + (1 - mixing) * exp(-0.693 * (x / w) * (x / w)) + 0.02 * x
  }

  static func antennaArray(_ angle: Number, _ spacing: Number, _ phase: Number) -> Number {
    let psi = 2 * 3.14159 * spacing * cos(angle) + phase
    return sin(4 * psi / 2) / (4 * sin(psi / 2) + 0.01) * (1 + 0.3 * cos(angle) * cos(angle))
  }

  static func lorenzDivergence(_ x: Number, _ y: Number, _ z: Number) -> Number {
    10 * (y - x) * (y - x) + (x * (28 - z) - y) * (x * (28 - z) - y)
      + (x * y - 8.0 / 3 * z).power(2)
  }
}
