/// Points that fill the unit cube more evenly than random ones: of the first 2ᵏ, each of the 2ᵏ equal
/// parts of every axis holds one.
///
/// ```swift
/// var points = SobolSequence(dimensions: 2, seed: 1)
/// points.next()  // two numbers in 0..<1
/// ```
///
/// The numbers are shifted by random bits of the seed, which keeps that property.
///
/// Source: Joe and Kuo, *Constructing Sobol sequences with better two-dimensional projections*, 2008,
/// with their direction numbers.
struct SobolSequence {
  private let directions: [[UInt32]]
  private var point: [UInt32]
  private var index: UInt32 = 0

  /// The most dimensions there are numbers for.
  static let mostDimensions = polynomials.count + 1

  /// The degree, the inner coefficients and the first direction numbers from the second axis on.
  private static let polynomials: [(degree: Int, coefficients: UInt32, first: [UInt32])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
    (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]),
  ]

  init(dimensions: Int, seed: UInt64) {
    require(
      1...SobolSequence.mostDimensions ~= dimensions,
      "Sobol points have 1 to \(SobolSequence.mostDimensions) dimensions, not \(dimensions).")
    directions = (0..<dimensions).map { axis in
      guard axis > 0 else { return (0..<32).map { 1 << (31 - UInt32($0)) } }
      let (degree, coefficients, first) = SobolSequence.polynomials[axis - 1]
      var v = first.enumerated().map { $1 << (31 - UInt32($0)) }
      for i in degree..<32 {
        var next = v[i - degree] ^ (v[i - degree] >> UInt32(degree))
        for k in 1..<max(degree, 1) where coefficients >> UInt32(degree - 1 - k) & 1 == 1 {
          next ^= v[i - k]
        }
        v.append(next)
      }
      return v
    }
    var generator = SeededGenerator(seed: seed)
    point = (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
  }

  /// The next point, by the Gray code of its index.
  mutating func next() -> [Double] {
    defer {
      let bit = (~index).trailingZeroBitCount
      for axis in point.indices { point[axis] ^= directions[axis][bit] }
      index += 1
    }
    return point.map { Double($0) * 0x1p-32 }
  }
}
