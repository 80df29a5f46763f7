import LeibnizKernels

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
    self.init(count: count, width: width)
    guard width > 0 else { return }
    // As many at a time as stay in the cache, in whole blocks of normal numbers.
    let part = 2 * RandomDistribution.pairs
    var numbers = [Double](repeating: 0, count: Swift.min(part, count) * width)
    for first in Swift.stride(from: 0, to: count, by: part) {
      let end = Swift.min(part, count - first) * width
      numbers.withUnsafeMutableBufferPointer { numbers in
        let drawn = UnsafeMutableBufferPointer(rebasing: numbers[..<end])
        distribution.fill(drawn, using: &generator)
        setSamples(from: first, to: UnsafeBufferPointer(drawn))
      }
    }
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
    let pairs = RandomDistribution.pairs
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * pairs) { room in
      for start in stride(from: 0, to: numbers.count, by: 2 * pairs) {
        let end = min(start + 2 * pairs, numbers.count)
        let block = UnsafeMutableBufferPointer(rebasing: numbers[start..<end])
        RandomDistribution.drawNormals(block, room.baseAddress!, using: &generator)
        for i in block.indices { block[i] = mean + deviation * block[i] }
      }
    }
  }

  /// How many pairs of uniform numbers are transformed at once.
  fileprivate static var pairs: Int { 256 }

  /// Numbers of the standard normal distribution: both that the method of Box and Muller makes of each
  /// pair of uniform ones, eight by eight.
  @inline(__always)
  private static func drawNormals<G: RandomNumberGenerator>(
    _ numbers: UnsafeMutableBufferPointer<Double>, _ room: UnsafeMutablePointer<Double>,
    using generator: inout G
  ) {
    let count = (numbers.count + 15) / 16 * 8
    let (radius, angle) = (room, room + pairs)
    let (cosine, sine) = (room + 2 * pairs, room + 3 * pairs)
    for i in 0..<count {
      radius[i] = .random(in: .leastNormalMagnitude..<1, using: &generator)
      angle[i] = .random(in: 0..<(2 * .pi), using: &generator)
    }
    leibniz_log(radius, radius, count)
    leibniz_cos(cosine, angle, count)
    leibniz_sin(sine, angle, count)
    for i in 0..<count {
      let length = (-2 * radius[i]).squareRoot()
      cosine[i] *= length
      sine[i] *= length
    }
    for i in numbers.indices {
      let pair = i / 16 * 8 + i % 8
      numbers[i] = i % 16 < 8 ? cosine[pair] : sine[pair]
    }
  }
}
