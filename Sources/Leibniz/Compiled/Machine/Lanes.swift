/// Eight samples side by side: the number that compiled programs compute with.
///
/// Being a ``Scalar``, it takes values and derivatives from the primitive table like any other.
struct Lanes: Scalar {
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
}

extension Lanes {
  static func constant(_ number: Double) -> Lanes { Lanes(number) }

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

  // The standard library's −x is 0 − x, which is 0 where x is 0, not −0.
  @inline(__always) static prefix func - (x: Lanes) -> Lanes { Lanes(-0.0 - x.vector) }
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
  /// Up to as many numbers that stand apart; where there are fewer, the last one again.
  init(at address: UnsafePointer<Double>, stride: Int, count: Int)
  func store(at address: UnsafeMutablePointer<Double>, stride: Int, count: Int)
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

  @inline(__always)
  init(at address: UnsafePointer<Double>, stride: Int, count: Int) {
    vector = SIMD8()
    for lane in 0..<8 { vector[lane] = address[min(lane, count - 1) * stride] }
  }

  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>, stride: Int, count: Int) {
    for lane in 0..<min(count, 8) { address[lane * stride] = vector[lane] }
  }
}

extension Double: LaneNumber {
  static var width: Int { 1 }
  @inline(__always)
  init(at address: UnsafePointer<Double>) { self = address.pointee }
  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>) { address.pointee = self }
  @inline(__always)
  init(at address: UnsafePointer<Double>, stride: Int, count: Int) { self = address.pointee }
  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>, stride: Int, count: Int) {
    address.pointee = self
  }
  @inline(__always)
  var total: Double { self }
}
