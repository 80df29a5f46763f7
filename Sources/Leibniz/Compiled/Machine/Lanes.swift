import LeibnizKernels

/// Eight samples side by side: the number that compiled programs compute with.
///
/// Being a ``Scalar``, it takes values and derivatives from the primitive table like any other.
struct Lanes: Scalar, Elementary {
  var vector: SIMD8<Double>

  @inline(__always)
  init(_ vector: SIMD8<Double>) { self.vector = vector }
  @inline(__always)
  init(_ number: Double) { vector = SIMD8(repeating: number) }

  @inline(__always)
  static func choose(_ x: Lanes, atLeast y: Lanes, _ then: Lanes, otherwise: Lanes) -> Lanes {
    Lanes(otherwise.vector.replacing(with: then.vector, where: x.vector .>= y.vector))
  }

  static func lookup(_ index: Lanes, count: Int, _ entry: (Int) -> Lanes) -> Lanes {
    var y = index
    for lane in 0..<8 {
      y.vector[lane] = entry(index.vector[lane].index(count: count)).vector[lane]
    }
    return y
  }

  @inline(__always)
  static func magnitude(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x.vector, to: SIMD8<UInt64>.self) & ~(1 << 63)
    return Lanes(unsafeBitCast(bits, to: SIMD8<Double>.self))
  }
  @inline(__always)
  static func sqrt(_ x: Lanes) -> Lanes { Lanes(x.vector.squareRoot()) }

  static func exp(_ x: Lanes) -> Lanes { inPlace(x, leibniz_exp8) }
  static func log(_ x: Lanes) -> Lanes { inPlace(x, leibniz_log8) }

  static func expm1(_ x: Lanes) -> Lanes { inPlace(x, leibniz_expm18) }

  /// log(u) with u = 1 + x, put right by what rounding took from u.
  static func log1p(_ x: Lanes) -> Lanes {
    let u = Lanes(1) + x
    let y = log(u) + (x - (u - Lanes(1))) / u
    return choose(
      Lanes(-1), atLeast: x, log(u),
      otherwise: choose(x, atLeast: Lanes(0x1p60), log(x), otherwise: y))
  }

  /// t / (t + 2) with t = e²ˣ − 1.
  static func tanh(_ x: Lanes) -> Lanes {
    let magnitude = magnitude(x)
    let t = expm1(magnitude + magnitude)
    let y = choose(magnitude, atLeast: Lanes(20), Lanes(1), otherwise: t / (t + Lanes(2)))
    return choose(x, atLeast: Lanes(0), y, otherwise: -y)
  }

  static func cosh(_ x: Lanes) -> Lanes {
    // By e^(|x|/2), whose square can be halved before it overflows.
    let root = exp(Lanes(0.5) * magnitude(x))
    return Lanes(0.5) * root * root + Lanes(0.5) / (root * root)
  }

  static func sin(_ x: Lanes) -> Lanes { laneByLane(x, Double.sin) }
  static func cos(_ x: Lanes) -> Lanes { laneByLane(x, Double.cos) }
  static func tan(_ x: Lanes) -> Lanes { laneByLane(x, Double.tan) }
  static func asin(_ x: Lanes) -> Lanes { laneByLane(x, Double.asin) }
  static func acos(_ x: Lanes) -> Lanes { laneByLane(x, Double.acos) }
  static func atan(_ x: Lanes) -> Lanes { laneByLane(x, Double.atan) }
  static func sinh(_ x: Lanes) -> Lanes { laneByLane(x, Double.sinh) }
  static func asinh(_ x: Lanes) -> Lanes { laneByLane(x, Double.asinh) }
  static func acosh(_ x: Lanes) -> Lanes { laneByLane(x, Double.acosh) }
  static func atanh(_ x: Lanes) -> Lanes { laneByLane(x, Double.atanh) }
  static func erf(_ x: Lanes) -> Lanes { laneByLane(x, Double.erf) }
  static func erfc(_ x: Lanes) -> Lanes { laneByLane(x, Double.erfc) }
  static func pow(_ x: Lanes, _ y: Lanes) -> Lanes { laneByLane(x, y, Double.pow) }
  static func atan2(_ y: Lanes, _ x: Lanes) -> Lanes { laneByLane(y, x, Double.atan2) }

  @inline(__always)
  private static func inPlace(_ x: Lanes, _ function: (UnsafeMutablePointer<Double>) -> Void)
    -> Lanes
  {
    var x = x
    withUnsafeMutableBytes(of: &x) {
      function($0.baseAddress!.assumingMemoryBound(to: Double.self))
    }
    return x
  }

  @inline(__always)
  private static func laneByLane(_ x: Lanes, _ function: (Double) -> Double) -> Lanes {
    var y = x
    for lane in 0..<8 { y.vector[lane] = function(x.vector[lane]) }
    return y
  }

  @inline(__always)
  private static func laneByLane(
    _ x: Lanes, _ y: Lanes, _ function: (Double, Double) -> Double
  ) -> Lanes {
    var z = x
    for lane in 0..<8 { z.vector[lane] = function(x.vector[lane], y.vector[lane]) }
    return z
  }
}

extension Lanes {
  static func constant(_ number: Double) -> Lanes { Lanes(number) }
  static func lift(_ parameter: Value) -> Lanes { Lanes(parameter.data) }

  @inline(__always)
  static func apply(_ f: UnaryFunction, _ x: Lanes) -> Lanes { f.value(x) }
  @inline(__always)
  static func apply(_ f: BinaryFunction, _ x: Lanes, _ y: Lanes) -> Lanes { f.value(x, y) }
  @inline(__always)
  static func apply(_ f: BinaryFunction, _ x: Lanes, _ y: Double) -> Lanes { f.value(x, Lanes(y)) }
  @inline(__always)
  static func apply(_ f: BinaryFunction, _ x: Double, _ y: Lanes) -> Lanes { f.value(Lanes(x), y) }
  static func apply(_ f: NaryFunction, _ arguments: [Lanes]) -> Lanes {
    f.value(count: arguments.count) { arguments[$0] }
  }
  /// Without the array that the general form makes.
  @inline(__always)
  static func select(where condition: Lanes, then positive: Lanes, else otherwise: Lanes) -> Lanes {
    piecewise(condition, negative: otherwise, zero: otherwise, positive: positive)
  }

  @inline(__always) static prefix func - (x: Lanes) -> Lanes { Lanes(-x.vector) }
  @inline(__always) static func + (x: Lanes, y: Lanes) -> Lanes { Lanes(x.vector + y.vector) }
  @inline(__always) static func - (x: Lanes, y: Lanes) -> Lanes { Lanes(x.vector - y.vector) }
  @inline(__always) static func * (x: Lanes, y: Lanes) -> Lanes { Lanes(x.vector * y.vector) }
  @inline(__always) static func / (x: Lanes, y: Lanes) -> Lanes { Lanes(x.vector / y.vector) }
  @inline(__always) static func + (x: Lanes, y: Double) -> Lanes { Lanes(x.vector + y) }
  @inline(__always) static func - (x: Lanes, y: Double) -> Lanes { Lanes(x.vector - y) }
  @inline(__always) static func * (x: Lanes, y: Double) -> Lanes { Lanes(x.vector * y) }
  @inline(__always) static func / (x: Lanes, y: Double) -> Lanes { Lanes(x.vector / y) }
  @inline(__always) static func + (x: Double, y: Lanes) -> Lanes { Lanes(x + y.vector) }
  @inline(__always) static func - (x: Double, y: Lanes) -> Lanes { Lanes(x - y.vector) }
  @inline(__always) static func * (x: Double, y: Lanes) -> Lanes { Lanes(x * y.vector) }
  @inline(__always) static func / (x: Double, y: Lanes) -> Lanes { Lanes(x / y.vector) }
}

/// The number of a kernel: one sample as a `Double`, or eight as ``Lanes``.
protocol LaneNumber: Scalar, Elementary {
  /// How many neighbouring numbers in memory it takes.
  static var width: Int { get }
  init(at address: UnsafePointer<Double>)
  func store(at address: UnsafeMutablePointer<Double>)
  /// The sum over the lanes.
  var total: Double { get }
}

extension Lanes: LaneNumber {
  static var width: Int { 8 }

  @inline(__always)
  init(at address: UnsafePointer<Double>) {
    vector = UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(address).storeBytes(of: vector, as: SIMD8<Double>.self)
  }

  @inline(__always)
  var total: Double { vector.sum() }
}

extension Double: LaneNumber {
  static var width: Int { 1 }
  @inline(__always)
  init(at address: UnsafePointer<Double>) { self = address.pointee }
  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>) { address.pointee = self }
  @inline(__always)
  var total: Double { self }
}
