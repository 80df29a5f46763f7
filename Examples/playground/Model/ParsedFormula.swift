import Leibniz

/// A formula as a reader types it, as a graph of values.
///
/// ```swift
/// let formula = try ParsedFormula("e = a*b; (e + c)*f") { _ in 2 }
/// formula.output.data               // 12.0
/// formula.variables.map(\.label)    // ["a", "b", "c", "f"]
/// ```
///
/// Numbers, names, `+ - * / ^`, brackets, and every function of the primitive table by its name. A name
/// that is not called is a variable, or what `name = …;` gave it before.
public struct ParsedFormula {
  /// The value of the formula.
  public let output: Value
  /// The variables in the order in which they are met.
  public let variables: [Value]

  /// Reads a formula.
  ///
  /// - Parameter number: the number of a variable at the start.
  /// - Throws: ``FormulaError`` with the place of the first character that does not fit.
  public init(_ text: String, number: @escaping (_ name: String) -> Double) throws(FormulaError) {
    var parser = FormulaParser(text, number)
    let operand = try parser.wholeFormula()
    variables = parser.variables
    switch operand {
    case .value(let value): output = value
    case .number(let number): output = Value.constant(number)
    }
  }
}

/// Why a text is not a formula.
public struct FormulaError: Error, Equatable {
  /// The place of the character, counted from 0.
  public let position: Int
  /// What is wrong with it, in a sentence.
  public let reason: String
}

/// A part of a formula: a plain number costs no node of the graph.
enum FormulaOperand {
  case value(Value)
  case number(Double)

  static func apply(
    _ f: BinaryFunction, _ x: FormulaOperand, _ y: FormulaOperand
  ) -> FormulaOperand {
    switch (x, y) {
    case (.value(let x), .value(let y)): .value(.apply(f, x, y))
    case (.value(let x), .number(let y)): .value(.apply(f, x, y))
    case (.number(let x), .value(let y)): .value(.apply(f, x, y))
    case (.number(let x), .number(let y)): .number(.apply(f, x, y))
    }
  }

  static func apply(_ f: UnaryFunction, _ x: FormulaOperand) -> FormulaOperand {
    switch x {
    case .value(let x): .value(.apply(f, x))
    case .number(let x): .number(.apply(f, x))
    }
  }

  /// The operand as a value; a plain number becomes a constant.
  var asValue: Value {
    switch self {
    case .value(let value): value
    case .number(let number): .constant(number)
    }
  }
}
