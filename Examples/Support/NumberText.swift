extension Double {
  /// The number to so many decimal places, for printing.
  public func rounded(to places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}

/// A fraction as a percentage with one decimal place at most: `97.5 %`.
public func percent(_ fraction: Double) -> String {
  let text = "\((100 * fraction).rounded(to: 1))"
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
}
