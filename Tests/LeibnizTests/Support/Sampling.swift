import Leibniz

/// Numbers drawn evenly from a range, with both its ends first; the same ones for the same seed.
func samples(_ count: Int, in range: ClosedRange<Double>, seed: UInt64) -> [Double] {
  var generator = SeededGenerator(seed: seed)
  return [range.lowerBound, range.upperBound]
    + (2..<count).map { _ in Double.random(in: range, using: &generator) }
}

/// Points drawn evenly from a rectangle, with its corners first.
func samples(
  _ count: Int, in x: ClosedRange<Double>, _ y: ClosedRange<Double>, seed: UInt64
) -> [(Double, Double)] {
  var generator = SeededGenerator(seed: seed)
  let corners = [x.lowerBound, x.upperBound].flatMap { a in
    [y.lowerBound, y.upperBound].map { (a, $0) }
  }
  return corners
    + (corners.count..<count).map { _ in
      (Double.random(in: x, using: &generator), Double.random(in: y, using: &generator))
    }
}
