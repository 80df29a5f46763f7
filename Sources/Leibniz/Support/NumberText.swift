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

  /// The number rounded to some digits, without zeros at its end: 0.123456 as 0.1235, and 1234567 as
  /// 1.235e+06.
  package func text(digits count: Int) -> String {
    guard isFinite else { return isNaN ? "nan" : "\(self)" }
    let (digits, exponent) = decimalDigits(count)
    let sign = self < 0 ? "-" : ""
    let text = digits.map { "\($0)" }.joined()
    if exponent < -4 || exponent >= count {
      let power = "\(exponent.magnitude)"
      return sign + text.prefix(1) + (text.count > 1 ? "." : "") + text.dropFirst()
        + "e\(exponent < 0 ? "-" : "+")\(power.count < 2 ? "0" : "")\(power)"
    }
    if exponent < 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(text)" }
    let whole = text.prefix(exponent + 1)
    let rest = text.dropFirst(exponent + 1)
    return sign + whole + String(repeating: "0", count: exponent + 1 - whole.count)
      + (rest.isEmpty ? "" : "." + rest)
  }

  /// The decimal digits of a finite number, rounded to `count`, without zeros at their end, and the
  /// exponent of ten of the first one.
  package func decimalDigits(_ count: Int) -> (digits: [Int], exponent: Int) {
    // The shortest text that is this number: "120.5", "1e-05", "1.5e+300".
    let parts = "\(magnitude)".utf8.split(separator: UInt8(ascii: "e"))
    let point = parts[0].firstIndex(of: UInt8(ascii: ".")) ?? parts[0].endIndex
    var exponent = parts[0].distance(from: parts[0].startIndex, to: point) - 1
    if parts.count > 1 { exponent += Int(String(parts[1])!)! }
    var digits = parts[0].filter { $0 != UInt8(ascii: ".") }.map { Int($0) - 48 }
    while digits.count > 1, digits[0] == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    if digits.count > count {
      let isUp = digits[count] >= 5
      digits.removeLast(digits.count - count)
      if isUp {
        while digits.last == 9 { digits.removeLast() }
        if digits.isEmpty {
          digits = [1]
          exponent += 1
        } else {
          digits[digits.count - 1] += 1
        }
      }
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    return digits == [0] ? (digits, 0) : (digits, exponent)
  }
}

extension String {
  /// A number's text as it is printed in books: with minus signs, not hyphens.
  package var withMinusSigns: String { String(map { $0 == "-" ? "−" : $0 }) }
}
