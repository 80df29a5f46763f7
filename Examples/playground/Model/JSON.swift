/// Text in the JavaScript Object Notation, as far as the page needs it.
public enum JSON {
  /// `{"a": 1, …}`.
  public static func object(_ fields: [(String, String)]) -> String {
    "{" + joined(fields.map { "\(text($0.0)):\($0.1)" }) + "}"
  }

  /// `[1, 2, …]`.
  public static func list(_ items: [String]) -> String { "[" + joined(items) + "]" }

  /// A number; JSON has none that are not finite, which become texts.
  public static func number(_ x: Double) -> String {
    if x.isFinite { return "\(x)" }
    return x.isNaN ? "\"nan\"" : x > 0 ? "\"inf\"" : "\"-inf\""
  }

  /// A text in quotation marks.
  public static func text(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case _ where scalar.value < 32: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func joined(_ items: [String]) -> String {
    var result = ""
    for (place, item) in items.enumerated() { result += place == 0 ? item : "," + item }
    return result
  }
}
