import Leibniz

extension Formulas {
  static func harmonicPotential(_ x: Number, _ y: Number, _ k: Number) -> Number {
    0.5 * k * (x * x + y * y) + 0.1 * k * x * x * y - y * y * y / 3
  }

  static func lennardJones(_ r: Number, _ epsilon: Number, _ sigma: Number) -> Number {
    4 * epsilon * ((sigma / r).power(12) - (sigma / r).power(6))
  }

  static func morse(_ r: Number, _ depth: Number, _ width: Number) -> Number {
    depth * (1 - exp(-width * (r - 1.4))) * (1 - exp(-width * (r - 1.4))) - depth
  }

  static func vanDerPol(_ x: Number, _ v: Number, _ mu: Number) -> Number {
    mu * (1 - x * x) * v - x + 0.2 * sin(1.3 * v)
  }

  static func duffing(_ x: Number, _ v: Number, _ t: Number) -> Number {
    -0.3 * v + x - x * x * x + 0.5 * cos(1.2 * t) * exp(-0.05 * t)
  }

  static func kepler(_ anomaly: Number, _ eccentricity: Number, _ mean: Number) -> Number {
    (anomaly - eccentricity * sin(anomaly) - mean) / (1 - eccentricity * cos(anomaly))
  }

  static func orbitRadius(_ axis: Number, _ e: Number, _ angle: Number) -> Number {
    axis * (1 - e * e) / (1 + e * cos(angle - 0.3)) + 0.01 * axis * sin(2 * angle)
  }

  static func doublePendulum(
    _ a: Number, _ b: Number, _ u: Number, _ v: Number
  ) -> Number {
    let (m1, m2, l1, l2, g) = (1.0, 0.8, 1.2, 0.9, 9.81)
    return
      (-g * (2 * m1 + m2) * sin(a) - m2 * g * sin(a - 2 * b)
      - 2 * sin(a - b) * m2 * (v * v * l2 + u * u * l1 * cos(a - b)))
      / (l1 * (2 * m1 + m2 - m2 * cos(2 * a - 2 * b)))
  }

  static func doublePendulumEnergy(
    _ a: Number, _ b: Number, _ u: Number, _ v: Number
  ) -> Number {
    0.5 * u * u + 0.5 * (u * u + v * v + 2 * u * v * cos(a - b)) - 9.81 * (2 * cos(a) + cos(b))
  }

  static func cartPole(_ angle: Number, _ rate: Number, _ force: Number) -> Number {
    (9.81 * sin(angle) + cos(angle) * (-force - 0.1 * 0.5 * rate * rate * sin(angle)) / 1.1)
      / (0.5 * (4.0 / 3.0 - 0.1 * cos(angle) * cos(angle) / 1.1))
  }

  static func projectile(_ speed: Number, _ angle: Number, _ height: Number) -> Number {
    speed * cos(angle) / 9.81
      * (speed * sin(angle) + sqrt(speed * speed * sin(angle) * sin(angle) + 2 * 9.81 * height))
  }

  static func dragForce(_ v: Number, _ area: Number, _ altitude: Number) -> Number {
    0.5 * 1.225 * exp(-altitude / 8500) * v * v * area * (0.3 + 0.1 / (1 + exp(-(v - 30) / 5)))
  }

  static func rocketEquation(_ m0: Number, _ m1: Number, _ isp: Number) -> Number {
    isp * 9.80665 * log((m0 + 2 * m1) / (m0 * 0.1 + m1)) - 9.80665 * (m0 - m1) / 12
  }

  static func gravityPotential(_ r: Number, _ latitude: Number) -> Number {
    let s = sin(latitude)
    return -398.6 / r * (1 - 0.00108 * (6.378 / r) * (6.378 / r) * (3 * s * s - 1) / 2)
  }

  static func eulerSpiral(_ s: Number, _ k: Number) -> Number {
    s - k * k * s.power(5) / 40 + k.power(4) * s.power(9) / 3456 - k.power(6) * s.power(13) / 599040
  }

  static func beamDeflection(_ x: Number, _ load: Number, _ length: Number) -> Number {
    load * x * (length * length * length - 2 * length * x * x + x * x * x) / (24 * 210 * 8.3)
  }

  static func vonMises(_ sx: Number, _ sy: Number, _ txy: Number) -> Number {
    sqrt(sx * sx - sx * sy + sy * sy + 3 * txy * txy + 1e-9)
  }

  static func hertzContact(_ force: Number, _ r1: Number, _ r2: Number) -> Number {
    (6 * force * (1 / r1 + 1 / r2) * (1 / r1 + 1 / r2) / (3.14159 * 3.14159 * 3.14159)).power(
      1.0 / 3)
      + 0.02 * log(1 + force)
  }

  static func pacejka(_ slip: Number, _ load: Number) -> Number {
    let (b, c, e) = (10.0, 1.9, 0.97)
    return load * sin(c * atan(b * slip - e * (b * slip - atan(b * slip))))
  }

  static func springDamper(_ t: Number, _ damping: Number, _ stiffness: Number) -> Number {
    exp(-damping * t / 2) * cos(sqrt(stiffness - damping * damping / 4) * t)
      + damping / (2 * sqrt(stiffness - damping * damping / 4)) * sin(3 * t) * exp(-damping * t)
  }

  static func quaternionNorm(
    _ w: Number, _ x: Number, _ y: Number, _ z: Number
  ) -> Number {
    (w * w + x * x + y * y + z * z - 1) * (w * w + x * x + y * y + z * z - 1)
      + 2 * (x * z + w * y) - (1 - 2 * (y * y + z * z))
  }

  static func relativisticEnergy(_ v: Number, _ m: Number) -> Number {
    m * 9 * (1 / sqrt(1 - v * v / 9) - 1) - 0.5 * m * v * v * (1 + 0.75 * v * v / 9)
  }

  static func colebrook(_ f: Number, _ roughness: Number, _ reynolds: Number) -> Number {
    1 / sqrt(f) + 2 * log(roughness / 3.7 + 2.51 / (reynolds * sqrt(f))) / log(10)
  }
}
