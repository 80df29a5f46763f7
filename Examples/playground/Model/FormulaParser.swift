import Leibniz

/// Reads a formula by recursive descent, one rule of the grammar a method.
///
///     formula = [ name "=" ] sum { ";" [ name "=" ] sum }
///     sum     = product { ("+" | "-") product }
///     product = signed { ("*" | "/") signed }
///     signed  = "-" signed | power
///     power   = atom [ "^" signed ]
///     atom    = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
struct FormulaParser {
  private let text: [Unicode.Scalar]
  private let number: (String) -> Double
  private var position = 0
  private var depth = 0
  private var names: [[Unicode.Scalar]] = []
  /// What names were given by `name = …`; the last one counts.
  private var definitions: [(name: [Unicode.Scalar], operand: FormulaOperand)] = []
  private(set) var variables: [Value] = []

  /// How deep brackets may be nested: far beyond what a reader types, and no stack overflows.
  private static let deepest = 200

  init(_ text: String, _ number: @escaping (String) -> Double) {
    self.text = Array(text.unicodeScalars)
    self.number = number
  }

  mutating func wholeFormula() throws(FormulaError) -> FormulaOperand {
    var last = try statement()
    while take(";") {
      if peek() == nil { break }
      last = try statement()
    }
    if let next = peek() { throw error("\(quoted(next)) is not expected here.") }
    return last
  }

  private mutating func statement() throws(FormulaError) -> FormulaOperand {
    let start = position
    let name = takeName()
    guard !name.isEmpty, take("=") else {
      position = start
      return try sum()
    }
    let operand = try sum()
    if case .value(let value) = operand, value.label.isEmpty { value.label = string(name) }
    definitions.append((name, operand))
    return operand
  }

  private mutating func sum() throws(FormulaError) -> FormulaOperand {
    var left = try product()
    while true {
      if take("+") {
        left = .apply(.add, left, try product())
      } else if take("-") || take("−") {
        left = .apply(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(FormulaError) -> FormulaOperand {
    var left = try signed()
    while true {
      if take("*") || take("·") || take("×") {
        left = .apply(.multiply, left, try signed())
      } else if take("/") || take("÷") {
        left = .apply(.divide, left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(FormulaError) -> FormulaOperand {
    guard take("-") || take("−") else { return try power() }
    return .apply(.negate, try nested { parser throws(FormulaError) in try parser.signed() })
  }

  private mutating func power() throws(FormulaError) -> FormulaOperand {
    let base = try atom()
    guard take("^") else { return base }
    let exponent = try nested { parser throws(FormulaError) in try parser.signed() }
    return .apply(.power, base, exponent)
  }

  private mutating func atom() throws(FormulaError) -> FormulaOperand {
    guard let next = peek() else {
      throw error("The formula ends where a number or name is missing.")
    }
    if isDigit(next) || next == "." { return .number(try literal()) }
    if isLetter(next) { return try nameOrCall() }
    guard take("(") else {
      throw error("\(quoted(next)) stands where a number or name is missing.")
    }
    let inside = try nested { parser throws(FormulaError) in try parser.sum() }
    try expect(")")
    return inside
  }

  private mutating func nameOrCall() throws(FormulaError) -> FormulaOperand {
    let start = position
    let name = takeName()
    guard take("(") else {
      return definitions.last { $0.name == name }?.operand ?? .value(variable(name))
    }
    var arguments: [FormulaOperand] = []
    if !take(")") {
      repeat {
        arguments.append(try nested { parser throws(FormulaError) in try parser.sum() })
      } while take(",")
      try expect(")")
    }
    return try call(name, at: start, arguments)
  }

  /// A function of the table, found by its name there.
  private func call(
    _ name: [Unicode.Scalar], at start: Int, _ arguments: [FormulaOperand]
  ) throws(FormulaError) -> FormulaOperand {
    func isNamed(_ text: String) -> Bool { Array(text.unicodeScalars) == name }
    func check(_ count: Int) throws(FormulaError) {
      guard arguments.count == count else {
        throw FormulaError(
          position: start,
          reason: "\(string(name)) takes \(count) argument\(count == 1 ? "" : "s"), "
            + "and here are \(arguments.count).")
      }
    }
    if let f = UnaryFunction.allCases.first(where: { isNamed($0.rawValue) }) {
      try check(1)
      return .apply(f, arguments[0])
    }
    let shortNames: [(String, BinaryFunction)] = [
      ("pow", .power), ("min", .minimum), ("max", .maximum),
    ]
    let binary =
      shortNames.first { isNamed($0.0) }?.1
      ?? BinaryFunction.allCases.first { isNamed($0.rawValue) }
    if let f = binary, arguments.count == 2 || !isNamed(NaryFunction.maximum.rawValue) {
      try check(2)
      return .apply(f, arguments[0], arguments[1])
    }
    if let f = [NaryFunction.sum, .mean, .maximum, .logSumExp].first(where: { isNamed($0.rawValue) }
    ) {
      guard !arguments.isEmpty else { try check(1); return .number(0) }
      return .value(.apply(f, arguments.map { $0.asValue }))
    }
    throw FormulaError(position: start, reason: "There is no function \(string(name)).")
  }

  private mutating func variable(_ name: [Unicode.Scalar]) -> Value {
    if let known = names.firstIndex(of: name) { return variables[known] }
    let variable = Value(number(string(name)), label: string(name))
    names.append(name)
    variables.append(variable)
    return variable
  }
}

extension FormulaParser {
  /// A decimal number: digits, perhaps a point and more digits, perhaps an exponent.
  private mutating func literal() throws(FormulaError) -> Double {
    let start = position
    var (digits, scale, count) = (0.0, 0, 0)
    func read(_ parser: inout FormulaParser, fraction: Bool) {
      while let next = parser.current, parser.isDigit(next) {
        digits = digits * 10 + Double(next.value - 48)
        count += 1
        if fraction { scale -= 1 }
        parser.position += 1
      }
    }
    read(&self, fraction: false)
    if current == "." {
      position += 1
      read(&self, fraction: true)
    }
    if count == 0 { throw FormulaError(position: start, reason: "A number needs a digit.") }
    if current == "e" || current == "E" {
      position += 1
      let isNegative = current == "-"
      if current == "-" || current == "+" { position += 1 }
      guard let next = current, isDigit(next) else {
        throw error("An exponent needs a digit.")
      }
      var exponent = 0
      while let next = current, isDigit(next) {
        exponent = min(exponent * 10 + Int(next.value - 48), 9999)
        position += 1
      }
      scale += isNegative ? -exponent : exponent
    }
    var power = 1.0
    for _ in 0..<min(abs(scale), 400) { power *= 10 }
    return scale < 0 ? digits / power : digits * power
  }

  private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

  /// A name, if one stands next.
  private mutating func takeName() -> [Unicode.Scalar] {
    guard let first = peek(), isLetter(first) else { return [] }
    let start = position
    while let next = current, isLetter(next) || isDigit(next) || next == "_" { position += 1 }
    return Array(text[start..<position])
  }

  /// The next character that is not a space.
  private mutating func peek() -> Unicode.Scalar? {
    while let next = current, next == " " || next == "\t" || next == "\n" { position += 1 }
    return current
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(FormulaError) {
    if take(scalar) { return }
    let found = peek().map { "\(quoted($0)) stands" } ?? "The formula ends"
    throw error("\(found) where \(quoted(scalar)) is missing.")
  }

  private mutating func nested(
    _ rule: (inout FormulaParser) throws(FormulaError) -> FormulaOperand
  ) throws(FormulaError) -> FormulaOperand {
    depth += 1
    defer { depth -= 1 }
    if depth > FormulaParser.deepest { throw error("The formula is nested too deeply.") }
    return try rule(&self)
  }

  private func error(_ reason: String) -> FormulaError {
    FormulaError(position: position, reason: reason)
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      || (scalar.value > 127 && !["·", "×", "÷", "−"].contains(scalar))
  }

  private func quoted(_ scalar: Unicode.Scalar) -> String { "“\(string([scalar]))”" }
}

private func string(_ scalars: [Unicode.Scalar]) -> String {
  var text = String.UnicodeScalarView()
  text.append(contentsOf: scalars)
  return String(text)
}
