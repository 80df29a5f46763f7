/// A language that programs are written in.
public enum SourceLanguage: Sendable, CaseIterable {
  /// C11 with its own library alone.
  case c
  /// Swift without a package.
  case swift
}

extension SourceLanguage {
  /// A step of a row as an expression.
  func expression(
    _ operation: ElementaryStep.Operation, _ x: [String], _ precision: ExportPrecision
  ) -> String {
    switch operation {
    case .negate: return "-\(x[0])"
    case .add: return "\(x[0]) + \(x[1])"
    case .subtract: return "\(x[0]) - \(x[1])"
    case .multiply: return "\(x[0]) * \(x[1])"
    case .divide: return "\(x[0]) / \(x[1])"
    case .choose: return "\(x[0]) >= \(x[1]) ? \(x[2]) : \(x[3])"
    case .magnitude where self == .swift: return "\(x[0]).magnitude"
    case .sqrt where self == .swift: return "\(x[0]).squareRoot()"
    default:
      let name = operation == .magnitude ? "fabs" : operation.rawValue
      let suffix = self == .c && precision == .float ? "f" : ""
      return "\(name)\(suffix)(\(x.joined(separator: ", ")))"
    }
  }

  func literal(_ number: Double, _ precision: ExportPrecision) -> String {
    let number = precision.number(number)
    if number.isNaN { return self == .c ? "NAN" : "Real.nan" }
    if number.isInfinite {
      return (number < 0 ? "-" : "") + (self == .c ? "INFINITY" : "Real.infinity")
    }
    return precision.text(number) + (self == .c && precision == .float ? "f" : "")
  }

  /// The line that begins a loop over `name` from 0.
  func loop(_ name: String, below count: String, step: String? = nil) -> String {
    switch self {
    case .c:
      let next = step.map { "\(name) += \($0)" } ?? "\(name)++"
      return "for (size_t \(name) = 0; \(name) < \(count); \(next)) {"
    case .swift: return "for \(name) in 0..<\(count) {"
    }
  }

  /// The line that gives a name to a number.
  func constant(_ name: String, _ value: String) -> String {
    switch self {
    case .c: "const real \(name) = \(value);"
    case .swift: "let \(name): Real = \(value)"
    }
  }

  /// The line that begins a sum.
  func variable(_ name: String, _ value: String) -> String {
    switch self {
    case .c: "real \(name) = \(value);"
    case .swift: "var \(name): Real = \(value)"
    }
  }

  var end: String { self == .c ? ";" : "" }

  /// Whether a text can be a name in the language.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
