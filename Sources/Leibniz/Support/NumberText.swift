extension Double {
  /// The shortest text of the number, without a trailing `.0`.
  package var shortText: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The number rounded to a fixed number of decimal places: 2.5 as 2.5000.
  package func text(places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (magnitude * scale).rounded(.toNearestOrEven)
    guard scaled < 0x1p53 else { return isNaN ? "nan" : "\(self)" }
    let digits = "\(UInt64(scaled))"
    let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
    let sign = self < 0 ? "-" : ""
    return places == 0
      ? sign + padded : "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}

extension String {
  /// A number's text as it is printed in books: with minus signs, not hyphens.
  package var withMinusSigns: String { String(map { $0 == "-" ? "−" : $0 }) }
}
