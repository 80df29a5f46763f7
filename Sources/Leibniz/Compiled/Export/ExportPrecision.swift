/// The numbers that an exported program computes with.
public enum ExportPrecision: String, Sendable, CaseIterable {
  /// 64 bits, as Leibniz itself.
  case double
  /// 32 bits, for processors that have no more.
  case float

  /// A constant of the primitive table in this precision.
  ///
  /// Constants that split or scale numbers were chosen for 64 bits; those of 32 bits have parts in
  /// their place: a sum that leaves a number's first half of digits, and powers of two that keep
  /// squares in range.
  func number(_ number: Double) -> Double {
    guard self == .float else { return number }
    switch number {
    case 0x1.8p34: return 0x1.8p16
    case 0x1p250: return 0x1p30
    case 0x1p-250: return 0x1p-30
    case 0x1p600: return 0x1p90
    case 0x1p-600: return 0x1p-72
    case Double.greatestFiniteMagnitude: return Double(Float.greatestFiniteMagnitude)
    case -Double.greatestFiniteMagnitude: return -Double(Float.greatestFiniteMagnitude)
    default: return Double(Float(number))
    }
  }

  /// The shortest text that reads as the number, with a point: 0.00001 as 1.0e-05.
  func text(_ number: Double) -> String {
    let text = self == .float ? "\(Float(number))" : "\(number)"
    guard let e = text.utf8.firstIndex(of: UInt8(ascii: "e")),
      !text.utf8.contains(UInt8(ascii: "."))
    else { return text }
    return text[..<e] + ".0" + text[e...]
  }
}
