/// A ``Value`` that simplifies what is built of it, so that derivatives stay small graphs.
///
/// The table's rules are written for clarity: the derivative of x² by x, taken literally, is
/// `2 * select(|2|, x, 1).power(2 - 1)`. Built of formulas, it is the one node `2 * x`. Only what
/// is exact for every number, infinities included, is simplified.
struct Formula {
  let value: Value

  init(_ value: Value) { self.value = value }

  /// The number of a constant.
  private var known: Double? { value.isConstant ? value.node.number : nil }
}

extension Formula: Scalar {
  static func constant(_ number: Double) -> Formula { Formula(.constant(number)) }
  static func lift(_ parameter: Value) -> Formula { Formula(parameter) }

  static func apply(_ f: UnaryFunction, _ x: Formula) -> Formula {
    if f == .negate, case .unary(.negate, let inner) = x.value.node.expression {
      return Formula(inner.value)
    }
    return Formula(.apply(f, x.value))
  }

  static func apply(_ f: BinaryFunction, _ x: Formula, _ y: Formula) -> Formula {
    if let number = y.known { return apply(f, x, number) }
    if let number = x.known { return apply(f, number, y) }
    return Formula(.apply(f, x.value, y.value))
  }

  static func apply(_ f: BinaryFunction, _ x: Formula, _ y: Double) -> Formula {
    switch (f, y) {
    case (.add, 0), (.subtract, 0), (.multiply, 1), (.divide, 1), (.power, 1): x
    case (.multiply, -1), (.divide, -1): -x
    default: Formula(.apply(f, x.value, y))
    }
  }

  static func apply(_ f: BinaryFunction, _ x: Double, _ y: Formula) -> Formula {
    switch (f, x) {
    case (.add, 0), (.multiply, 1): y
    case (.subtract, 0), (.multiply, -1): -y
    default: Formula(.apply(f, x, y.value))
    }
  }

  static func apply(_ f: NaryFunction, _ arguments: [Formula]) -> Formula {
    if f == .select, let condition = arguments[0].known, !condition.isNaN {
      return condition > 0 ? arguments[1] : arguments[2]
    }
    let result = Value.apply(f, arguments.map { $0.value })
    let isConstant = arguments.allSatisfy { $0.value.isConstant }
    return isConstant ? .constant(result.node.number) : Formula(result)
  }

  static prefix func - (x: Formula) -> Formula { apply(.negate, x) }
  static func + (x: Formula, y: Formula) -> Formula { apply(.add, x, y) }
  static func - (x: Formula, y: Formula) -> Formula { apply(.subtract, x, y) }
  static func * (x: Formula, y: Formula) -> Formula { apply(.multiply, x, y) }
  static func / (x: Formula, y: Formula) -> Formula { apply(.divide, x, y) }
  static func + (x: Formula, y: Double) -> Formula { apply(.add, x, y) }
  static func - (x: Formula, y: Double) -> Formula { apply(.subtract, x, y) }
  static func * (x: Formula, y: Double) -> Formula { apply(.multiply, x, y) }
  static func / (x: Formula, y: Double) -> Formula { apply(.divide, x, y) }
  static func + (x: Double, y: Formula) -> Formula { apply(.add, x, y) }
  static func - (x: Double, y: Formula) -> Formula { apply(.subtract, x, y) }
  static func * (x: Double, y: Formula) -> Formula { apply(.multiply, x, y) }
  static func / (x: Double, y: Formula) -> Formula { apply(.divide, x, y) }
}
