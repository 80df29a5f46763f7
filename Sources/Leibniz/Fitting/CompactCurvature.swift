/// The curvature that the last steps s and the gradient's changes y along them have shown, in compact
/// form: B = θ 1 − W M Wᵀ with W = [Y, θ S].
///
/// Source: Byrd, Nocedal and Schnabel, *Representations of quasi-Newton matrices and their use in limited
/// memory methods*, 1994; Byrd, Lu, Nocedal and Zhu, 1995, from which the names are taken.
struct CompactCurvature {
  private let memory: Int
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []
  private var theta = 1.0
  /// M⁻¹, factored.
  private var middle: QR<Double>?

  init(memory: Int) { self.memory = memory }

  var isEmpty: Bool { steps.isEmpty }
  private var rank: Int { 2 * steps.count }

  /// Takes in a step, unless it shows no positive curvature.
  mutating func learn(step: [Double], change: [Double]) {
    let (product, square) = (dotProduct(step, change), dotProduct(change, change))
    guard product > 1e-14 * square, product.isFinite, square > 0 else { return }
    if steps.count == memory {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(step)
    changes.append(change)
    theta = square / product
    middle = try? QR(middleInverse)
    if middle == nil {
      steps = []
      changes = []
      theta = 1
    }
  }

  /// Wᵢ, the row of W that belongs to a parameter.
  private func row(_ i: Int) -> [Double] {
    changes.map { $0[i] } + steps.map { theta * $0[i] }
  }

  /// Wᵀ x.
  private func transposedProduct(_ x: [Double]) -> [Double] {
    changes.map { dotProduct($0, x) } + steps.map { theta * dotProduct($0, x) }
  }

  /// M x.
  private func middleProduct(_ x: [Double]) -> [Double] { middle?.solve(x) ?? [] }

  /// Where the quadratic model is low within the bounds: first along the projected gradient to its
  /// first minimum, then over the parameters that are still free.
  func minimum(from x: [Double], _ gradient: [Double], _ bounds: ParameterBounds) -> [Double] {
    var (point, c, isFree) = cauchyPoint(from: x, gradient, bounds)
    let free = isFree.indices.filter { isFree[$0] }
    if free.isEmpty || isEmpty { return point }
    // The reduced gradient at the Cauchy point.
    let mc = middleProduct(c)
    let rows = free.map(row)
    let reduced = zip(free, rows).map { i, w in
      gradient[i] + theta * (point[i] - x[i]) - dotProduct(w, mc)
    }
    let m = rank
    var sum = [Double](repeating: 0, count: m)
    var squares = Matrix<Double>(
      rowCount: m, columnCount: m, Array(repeating: 0, count: m * m))
    for (w, r) in zip(rows, reduced) {
      addMultiple(r, of: w, to: &sum)
      for i in 0..<m { for j in 0..<m { squares[i, j] += w[i] * w[j] / theta } }
    }
    // (1 − M N)⁻¹ M v = (M⁻¹ − N)⁻¹ v.
    var system = middleInverse
    for i in system.values.indices { system.values[i] -= squares.values[i] }
    guard let v = try? QR(system).solve(sum) else { return point }
    let change = zip(rows, reduced).map { w, r in
      -r / theta - dotProduct(w, v) / (theta * theta)
    }
    var share = 1.0
    for (i, d) in zip(free, change) where d != 0 {
      let room = (d > 0 ? bounds.upper[i] : bounds.lower[i]) - point[i]
      share = min(share, max(room / d, 0))
    }
    for (i, d) in zip(free, change) { point[i] += share * d }
    return bounds.clipped(point)
  }

  /// M⁻¹ = [−D, Lᵀ; L, θ SᵀS], where sᵢᵀyⱼ is in D if i = j and in L if i > j.
  private var middleInverse: Matrix<Double> {
    let m = steps.count
    var inverse = Matrix<Double>(
      rowCount: 2 * m, columnCount: 2 * m, Array(repeating: 0, count: 4 * m * m))
    for i in 0..<m {
      inverse[i, i] = -dotProduct(steps[i], changes[i])
      for j in 0..<m {
        inverse[m + i, m + j] = theta * dotProduct(steps[i], steps[j])
        if i > j {
          inverse[m + i, j] = dotProduct(steps[i], changes[j])
          inverse[j, m + i] = inverse[m + i, j]
        }
      }
    }
    return inverse
  }

  /// The first minimum of the model along the gradient projected onto the bounds, Wᵀ times the way
  /// there, and which parameters have met no bound on it.
  ///
  /// Algorithm CP of the source.
  private func cauchyPoint(
    from x: [Double], _ g: [Double], _ bounds: ParameterBounds
  ) -> (point: [Double], c: [Double], isFree: [Bool]) {
    var breaks = [Double](repeating: .infinity, count: x.count)
    for i in x.indices where g[i] != 0 {
      breaks[i] = (x[i] - (g[i] < 0 ? bounds.upper[i] : bounds.lower[i])) / g[i]
    }
    var d = x.indices.map { breaks[$0] > 0 ? -g[$0] : 0 }
    var isFree = breaks.map { $0 > 0 }
    var point = x
    var c = [Double](repeating: 0, count: rank)
    var p = transposedProduct(d)
    var slope = -dotProduct(d, d)
    var second = -theta * slope - (isEmpty ? 0 : dotProduct(p, middleProduct(p)))
    let least = .ulpOfOne * second.magnitude
    var time = 0.0
    var rest = -slope / max(second, least)
    for i in breaks.indices.filter({ isFree[$0] && breaks[$0].isFinite })
      .sorted(by: { breaks[$0] < breaks[$1] })
    {
      let span = breaks[i] - time
      if slope >= 0 || rest < span { break }
      point[i] = d[i] > 0 ? bounds.upper[i] : bounds.lower[i]
      let z = point[i] - x[i]
      addMultiple(span, of: p, to: &c)
      let w = row(i)
      let (mc, mp, mw) = (middleProduct(c), middleProduct(p), middleProduct(w))
      slope += span * second + g[i] * g[i] + theta * g[i] * z
      second -= theta * g[i] * g[i]
      if !isEmpty {
        slope -= g[i] * dotProduct(w, mc)
        second -= 2 * g[i] * dotProduct(w, mp) + g[i] * g[i] * dotProduct(w, mw)
      }
      addMultiple(g[i], of: w, to: &p)
      d[i] = 0
      isFree[i] = false
      time = breaks[i]
      rest = -slope / max(second, least)
    }
    if slope < 0 && rest.isFinite {
      time += max(rest, 0)
      addMultiple(max(rest, 0), of: p, to: &c)
    }
    for i in x.indices where isFree[i] { point[i] = x[i] + time * d[i] }
    return (bounds.clipped(point), c, isFree)
  }
}
