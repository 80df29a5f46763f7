extension Double {
  /// The number in as few characters as say it: without a needless `.0`.
  package var shortText: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension String {
  /// A number's text as it is printed in books: with minus signs, not hyphens.
  package var withMinusSigns: String { String(map { $0 == "-" ? "−" : $0 }) }
}
