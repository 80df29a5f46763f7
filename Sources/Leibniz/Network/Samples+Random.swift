extension Samples {
  /// Random samples.
  ///
  /// ```swift
  /// var generator = SeededGenerator(seed: 1)
  /// let noise = Samples(
  ///   count: 1000, width: 2, drawnFrom: .normal(mean: 0, standardDeviation: 1), using: &generator)
  /// ```
  ///
  /// The numbers are drawn sample by sample, normal ones eight at once: from the same seed the same
  /// numbers, but others than ``RandomDistribution/next(using:)`` gives one by one.
  @_specialize(where G == SeededGenerator)
  @_specialize(where G == SystemRandomNumberGenerator)
  public init<G: RandomNumberGenerator>(
    count: Int, width: Int, drawnFrom distribution: RandomDistribution, using generator: inout G
  ) {
    var numbers = [Double](repeating: 0, count: count * width)
    numbers.withUnsafeMutableBufferPointer { distribution.fill($0, using: &generator) }
    self = width == 0 ? Samples(count: count, width: 0) : Samples(numbers: numbers, width: width)
  }
}

extension RandomDistribution {
  @inline(__always)
  fileprivate func fill<G: RandomNumberGenerator>(
    _ numbers: UnsafeMutableBufferPointer<Double>, using generator: inout G
  ) {
    guard case .normal(let mean, let deviation) = self else {
      for i in numbers.indices { numbers[i] = next(using: &generator) }
      return
    }
    for start in stride(from: 0, to: numbers.count, by: 16) {
      let (first, second) = Lanes.normals(using: &generator)
      for lane in 0..<min(16, numbers.count - start) {
        let number = lane < 8 ? first.vector[lane] : second.vector[lane - 8]
        numbers[start + lane] = mean + deviation * number
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
