extension Samples {
  /// Random samples.
  ///
  /// ```swift
  /// var generator = SeededGenerator(seed: 1)
  /// let noise = Samples(
  ///   count: 1000, width: 2, drawnFrom: .normal(mean: 0, standardDeviation: 1), using: &generator)
  /// ```
  ///
  /// The numbers are drawn input by input, normal ones eight at once: from the same seed the same
  /// numbers, but others than ``RandomDistribution/next(using:)`` gives one by one.
  @_specialize(where G == SeededGenerator)
  @_specialize(where G == SystemRandomNumberGenerator)
  public init<G: RandomNumberGenerator>(
    count: Int, width: Int, drawnFrom distribution: RandomDistribution, using generator: inout G
  ) {
    self.init(count: count, width: width)
    for input in 0..<width {
      switch distribution {
      case .normal(let mean, let deviation):
        for start in Swift.stride(from: 0, to: count, by: 16) {
          let (first, second) = Lanes.normals(using: &generator)
          for lane in 0..<Swift.min(16, count - start) {
            let number = lane < 8 ? first.vector[lane] : second.vector[lane - 8]
            self[start + lane, input] = mean + deviation * number
          }
        }
      case .uniform, .bernoulli:
        for sample in 0..<count { self[sample, input] = distribution.next(using: &generator) }
      }
    }
  }
}

extension Lanes {
  /// Sixteen numbers of the standard normal distribution: both that the method of Box and Muller makes
  /// of each pair of uniform ones.
  @inline(__always)
  fileprivate static func normals<G: RandomNumberGenerator>(
    using generator: inout G
  ) -> (Lanes, Lanes) {
    var (radius, angle) = (Lanes(0), Lanes(0))
    for lane in 0..<8 {
      radius.vector[lane] = .random(in: .leastNormalMagnitude..<1, using: &generator)
      angle.vector[lane] = .random(in: 0..<(2 * .pi), using: &generator)
    }
    let length = sqrt(Lanes(-2) * log(radius))
    return (length * cos(angle), length * sin(angle))
  }
}
