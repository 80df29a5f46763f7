/// How residuals count in a fit: by their squares, or less where they are large, so that outliers do
/// not decide.
///
/// With z = (r / scale)², the cost is ½ scale² Σ ρ(z). All agree with squares for residuals that are
/// small against the scale.
///
/// Source: Triggs, McLauchlan, Hartley and Fitzgibbon, *Bundle adjustment – a modern synthesis*, 2000,
/// section 4.3.
public enum RobustLoss: Equatable, Sendable {
  /// ρ(z) = z.
  case squares
  /// ρ(z) = z to z = 1, then 2√z − 1: squares near zero, absolute values far away.
  case huber(scale: Double)
  /// ρ(z) = 2 (√(1 + z) − 1): Huber's without a kink.
  case softL1(scale: Double)
  /// ρ(z) = log(1 + z): what is far away hardly counts.
  case cauchy(scale: Double)

  /// scale² ρ(r² / scale²), and ρ′ and ρ″ / scale² by the square of r.
  func value(_ square: Double) -> (cost: Double, first: Double, second: Double) {
    switch self {
    case .squares: return (square, 1, 0)
    case .huber(let scale):
      let z = square / (scale * scale)
      if z <= 1 { return (square, 1, 0) }
      let root = z.squareRoot()
      return (scale * scale * (2 * root - 1), 1 / root, -0.5 / (z * root) / (scale * scale))
    case .softL1(let scale):
      let z = square / (scale * scale)
      let root = (1 + z).squareRoot()
      return (
        scale * scale * 2 * z / (root + 1), 1 / root, -0.5 / ((1 + z) * root) / (scale * scale)
      )
    case .cauchy(let scale):
      let z = square / (scale * scale)
      return (
        scale * scale * Double.log1p(z), 1 / (1 + z), -1 / ((1 + z) * (1 + z)) / (scale * scale)
      )
    }
  }
}
