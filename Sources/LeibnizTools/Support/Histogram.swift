import Leibniz

/// The counts of numbers in equal bins over the range that they span.
struct Histogram {
  /// The ends of the bins: one more than there are bins.
  let edges: [Double]
  private(set) var counts: [Int]

  /// - Parameter values: finite numbers, one at least.
  init(_ values: [Double], bins: Int) {
    let range = values.min()!...values.max()!
    let bins = range.lowerBound == range.upperBound ? 1 : bins
    edges = (0...bins).map { range.number(at: Double($0) / Double(bins)) }
    counts = Array(repeating: 0, count: bins)
    for value in values {
      counts[min(Int(range.fraction(of: value) * Double(bins)), bins - 1)] += 1
    }
  }

  /// The number of bins that shows the shape of a distribution: each 2 · IQR / ∛n wide, 100 at most.
  ///
  /// Source: Freedman and Diaconis, *On the histogram as a density estimator*, 1981.
  static func binCount(for values: [Double]) -> Int {
    let sorted = values.sorted()
    guard let least = sorted.first, let most = sorted.last else { return 1 }
    // Half of everything, since differences may overflow.
    let range = sorted[3 * sorted.count / 4] / 2 - sorted[sorted.count / 4] / 2
    let width = 2 * range / Double(sorted.count).power(1 / 3)
    let bins = (most / 2 - least / 2) / width
    return bins.isFinite ? min(max(Int(bins.rounded(.up)), 1), 100) : 10
  }
}
