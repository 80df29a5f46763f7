/// A ``Value`` that simplifies what is built of it, so that derivatives stay small graphs.
///
/// The table's rules are written for clarity: the derivative of x², taken literally, is
/// `2 * select(|2|, x, 1).power(2 - 1)`. Built of formulas, it is the one node `2 * x`. Only what
/// is exact for every number, infinities and both zeros included, is simplified: not x + 0, which is
/// 0 where x is −0.
struct SimplifiedValue {
  let value: Value

  init(_ value: Value) { self.value = value }
}

extension SimplifiedValue: Scalar {
  static func constant(_ number: Double) -> SimplifiedValue { SimplifiedValue(.constant(number)) }

  var knownNumber: Double? { value.knownNumber }

  static func apply(_ f: UnaryFunction, _ x: SimplifiedValue) -> SimplifiedValue {
    let inner = x.value.withNode { node -> Value? in
      if case .unary(.negate, let inner) = node.expression { inner.value } else { nil }
    }
    if f == .negate, let inner { return SimplifiedValue(inner) }
    return SimplifiedValue(.apply(f, x.value))
  }

  static func apply(_ f: BinaryFunction, _ x: SimplifiedValue, _ y: SimplifiedValue)
    -> SimplifiedValue
  {
    if let number = y.knownNumber { return apply(f, x, number) }
    if let number = x.knownNumber { return apply(f, number, y) }
    return SimplifiedValue(.apply(f, x.value, y.value))
  }

  static func apply(_ f: BinaryFunction, _ x: SimplifiedValue, _ y: Double) -> SimplifiedValue {
    switch (f, y) {
    case (.add, 0) where y.sign == .minus, (.subtract, 0) where y.sign == .plus: x
    case (.multiply, 1), (.divide, 1), (.power, 1): x
    case (.multiply, -1), (.divide, -1): -x
    default: SimplifiedValue(.apply(f, x.value, y))
    }
  }

  static func apply(_ f: BinaryFunction, _ x: Double, _ y: SimplifiedValue) -> SimplifiedValue {
    switch (f, x) {
    case (.add, 0) where x.sign == .minus: y
    case (.subtract, 0) where x.sign == .minus: -y
    case (.multiply, 1): y
    case (.multiply, -1): -y
    default: SimplifiedValue(.apply(f, x, y.value))
    }
  }

  static func apply(_ f: NaryFunction, _ arguments: [SimplifiedValue]) -> SimplifiedValue {
    if f == .select, let condition = arguments[0].knownNumber, !condition.isNaN {
      return condition > 0 ? arguments[1] : arguments[2]
    }
    let result = Value.apply(f, arguments.map { $0.value })
    let isConstant = arguments.allSatisfy { $0.value.isConstant }
    return isConstant ? .constant(result.fields.number) : SimplifiedValue(result)
  }
}
