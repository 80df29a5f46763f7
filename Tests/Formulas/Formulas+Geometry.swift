import Leibniz

extension Formulas {
  static func radialDistortion(
    _ x: Number, _ y: Number, _ k1: Number, _ k2: Number, _ p1: Number
  ) -> Number {
    let r2 = x * x + y * y
    return x * (1 + k1 * r2 + k2 * r2 * r2 + 0.01 * r2 * r2 * r2) + 2 * p1 * x * y
      + 0.002 * (r2 + 2 * x * x)
  }

  static func reprojection(
    _ f: Number, _ cx: Number, _ x: Number, _ z: Number, _ k: Number
  ) -> Number {
    (f * (x / z) * (1 + k * (x / z) * (x / z) + 0.1 * k * k * (x / z).power(4)) + cx - 320).power(2)
  }

  static func pinhole(_ angle: Number, _ tx: Number, _ tz: Number) -> Number {
    500 * (cos(angle) * 0.3 - sin(angle) * 1.5 + tx) / (sin(angle) * 0.3 + cos(angle) * 1.5 + tz)
      + 320
  }

  static func haversine(_ a: Number, _ b: Number, _ c: Number, _ d: Number) -> Number {
    2 * 6.371
      * asin(
        sqrt(
          sin((c - a) / 2) * sin((c - a) / 2) + cos(a) * cos(c) * sin((d - b) / 2)
            * sin((d - b) / 2)))
  }

  static func bearing(_ a: Number, _ b: Number, _ c: Number, _ d: Number) -> Number {
    atan2(sin(d - b) * cos(c), cos(a) * sin(c) - sin(a) * cos(c) * cos(d - b))
  }

  static func lawOfCosines(_ a: Number, _ b: Number, _ angle: Number) -> Number {
    sqrt(a * a + b * b - 2 * a * b * cos(angle)) + acos((a - b) / (a + b + 1)) * 0.5
  }

  static func heron(_ a: Number, _ b: Number, _ c: Number) -> Number {
    sqrt((a + b + c) / 2 * ((a + b + c) / 2 - a) * ((a + b + c) / 2 - b) * ((a + b + c) / 2 - c))
  }

  static func bezier(_ t: Number, _ a: Number, _ b: Number, _ c: Number) -> Number {
    (1 - t) * (1 - t) * (1 - t) * a + 3 * (1 - t) * (1 - t) * t * b + 3 * (1 - t) * t * t * c + t
      * t * t
  }

  static func hermite(_ t: Number, _ m0: Number, _ m1: Number) -> Number {
    (2 * t * t * t - 3 * t * t + 1) * 0.5 + (t * t * t - 2 * t * t + t) * m0
      + (-2 * t * t * t + 3 * t * t) * 2 + (t * t * t - t * t) * m1
  }

  static func planarArm(_ a: Number, _ b: Number, _ c: Number) -> Number {
    (cos(a) + 0.8 * cos(a + b) + 0.5 * cos(a + b + c) - 1.2).power(2)
      + (sin(a) + 0.8 * sin(a + b) + 0.5 * sin(a + b + c) - 0.9).power(2)
  }

  static func rotationEntry(_ roll: Number, _ pitch: Number, _ yaw: Number) -> Number {
    cos(yaw) * sin(pitch) * sin(roll) - sin(yaw) * cos(roll) + 0.5 * cos(pitch) * cos(yaw)
      - 0.3 * sin(pitch)
  }

  static func torusDistance(_ x: Number, _ y: Number, _ z: Number) -> Number {
    sqrt((sqrt(x * x + z * z) - 1.5) * (sqrt(x * x + z * z) - 1.5) + y * y) - 0.4
  }

  static func smoothUnion(_ a: Number, _ b: Number, _ k: Number) -> Number {
    let h = max(min(0.5 + 0.5 * (b - a) / k, 1), 0)
    return b * (1 - h) + a * h - k * h * (1 - h)
  }

  static func determinant(_ m: [Number]) -> Number {
    m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
      + m[2] * (m[3] * m[7] - m[4] * m[6])
  }

  static func cholesky(_ a: Number, _ b: Number, _ c: Number) -> Number {
    2 * log(sqrt(a)) + 2 * log(sqrt(c - (b / sqrt(a)) * (b / sqrt(a)))) + (a * c - b * b) * 0.5
  }

  static func ellipsePerimeter(_ a: Number, _ b: Number) -> Number {
    3.14159 * (a + b)
      * (1 + 3 * ((a - b) / (a + b)).power(2) / (10 + sqrt(4 - 3 * ((a - b) / (a + b)).power(2))))
  }

  static func catmullRom(_ p: [Number], _ t: Double) -> Number {
    0.5
      * (2 * p[1] + (p[2] - p[0]) * t + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t * t
        + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t * t * t)
  }

  static func localTangent(_ x: Number, _ y: Number) -> Number {
    let c = sqrt(1 - 0.00669 * sin(x) * sin(x))
    return 6.378 / c * cos(x) * cos(y) + 6.378 * (1 - 0.00669) / c * sin(x) - 0.5
      * atan(0.9 * tan(x))
  }

  static func rangeAndBearing(_ x: Number, _ y: Number, _ heading: Number) -> Number {
    (sqrt((x - 3) * (x - 3) + (y - 2) * (y - 2)) - 2.5).power(2) / 0.1
      + (atan2(2 - y, 3 - x) - heading - 0.2).power(2) / 0.02
  }
}
