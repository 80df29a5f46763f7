import Foundation

extension Double {
  /// The number to so many decimal places, for printing.
  public func rounded(to places: Int) -> Double {
    guard magnitude < 0x1p53 else { return self }
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}

extension Double {
  /// The number to four decimal places, or to four digits where those say too little or too much.
  public var toFourPlaces: String {
    self == 0 || (1e-3..<1e6).contains(magnitude)
      ? "\(rounded(to: 4))" : String(format: "%.4g", self)
  }
}

/// A fraction as a percentage with one decimal place at most: `97.5 %`.
public func percent(_ fraction: Double) -> String {
  let text = "\((100 * fraction).rounded(to: 1))"
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
}
