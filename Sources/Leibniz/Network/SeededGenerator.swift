/// A source of random numbers that gives the same ones for the same seed, on every platform.
///
/// ```swift
/// var generator = SeededGenerator(seed: 42)
/// Double.random(in: 0..<1, using: &generator)
/// ```
///
/// SplitMix64; its one word of state can be saved and restored.
///
/// Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// The complete state of the generator, which can be saved and restored.
  public var state: UInt64

  /// A generator whose numbers depend on the seed alone.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension RandomNumberGenerator {
  /// A number of the standard normal distribution, by the method of Box and Muller (1958).
  ///
  /// ``Samples/init(count:width:drawnFrom:using:)`` draws many at once, sooner.
  @_specialize(where Self == SeededGenerator)
  @_specialize(where Self == SystemRandomNumberGenerator)
  public mutating func normal() -> Double {
    let radius = (-2 * Double.random(in: Double.leastNormalMagnitude..<1, using: &self).log())
      .sqrt()
    return radius * Double.random(in: 0..<(2 * Double.pi), using: &self).cos()
  }
}
