/// The derivatives of all fᵢ by the coordinate xⱼ from values alone, for checking.
///
/// Central differences with the steps h, h/2, h/4, … err by even powers of the step. Richardson's
/// extrapolation removes one power after the other, and of all the extrapolations the one that
/// changed least is taken: near a kink or the edge of a domain that is one with a small step. The
/// first step is 5% of the coordinate.
///
/// Source: Ridders, *Accurate computation of F′(x) and F′(x) F″(x)*, 1982.
func centralDifferences(
  at x: [Double], coordinate j: Int, of f: ([Double]) -> [Double]
) -> [Double] {
  var step = 0.05 * max(x[j].magnitude, 0.01)
  var extrapolations: [Extrapolation] = []
  for _ in 0..<10 {
    var (right, left) = (x, x)
    right[j] += step
    left[j] -= step
    let (above, below) = (f(right), f(left))
    if extrapolations.isEmpty {
      extrapolations = Array(repeating: Extrapolation(), count: above.count)
    }
    // The step that is really taken, after rounding.
    let width = right[j] - left[j]
    for i in above.indices { extrapolations[i].append((above[i] - below[i]) / width) }
    step /= 2
  }
  return extrapolations.map { $0.best }
}

/// The limit of a sequence whose error has only even powers of a step that halves each time.
private struct Extrapolation {
  private(set) var best = Double.nan
  private var error = Double.infinity
  private var lastRow: [Double] = []

  mutating func append(_ number: Double) {
    var row = [number]
    var power = 4.0
    for old in lastRow {
      let newest = row[row.count - 1]
      let next = newest + (newest - old) / (power - 1)
      let change = max((next - newest).magnitude, (next - old).magnitude)
      if change < error { (best, error) = (next, change) }
      row.append(next)
      power *= 4
    }
    lastRow = row
  }
}
