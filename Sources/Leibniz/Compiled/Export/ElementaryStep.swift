/// One step of a row of the primitive table, as other languages are told it.
struct ElementaryStep: Hashable, Sendable {
  var operation: Operation
  var operands: [Operand]

  /// What every engine that programs are exported to has, or has a composition for.
  enum Operation: String, CaseIterable, Sendable {
    case negate, add, subtract, multiply, divide
    /// The third operand where the first is at least the second, else the fourth.
    case choose
    case magnitude, sqrt, exp, log, log1p, expm1
    case sin, cos, tan, asin, acos, atan
    case sinh, cosh, tanh, asinh, acosh, atanh
    case erf, erfc, pow, atan2
    /// Of the entries of a list.
    case total, largest
  }

  /// What a step takes.
  enum Operand: Hashable, Sendable {
    /// A number, by its bits.
    case number(UInt64)
    /// An argument of the row: a, b or c of an instruction, or an entry of its list.
    case argument(Int)
    /// The result of an earlier step.
    case step(Int)

    static func constant(_ number: Double) -> Operand { .number(number.bitPattern) }
  }
}

/// A row of the table as steps, each after those it is made of, and no two alike.
struct ElementaryRow: Sendable {
  var steps: [ElementaryStep] = []
  var result = ElementaryStep.Operand.constant(0)
  /// Whether argument 0 stands for each entry of a list.
  var isJoined = false

  /// How often each step is used, the result counted.
  var uses: [Int] {
    var uses = [Int](repeating: 0, count: steps.count)
    for operand in steps.flatMap({ $0.operands }) + [result] {
      if case .step(let step) = operand { uses[step] += 1 }
    }
    return uses
  }
}

/// The rows of instructions' opcodes, found once each by having the table compute with
/// ``WrittenNumber``.
struct ElementaryRows {
  /// Whether steps take lists as a whole, where their order says nothing.
  let joinsLists: Bool
  private struct Key: Hashable {
    var opcode: UInt32
    var length: Int32
    var known: [UInt64?]
  }

  private var rows: [Key: ElementaryRow] = [:]

  init(joinsLists: Bool = false) { self.joinsLists = joinsLists }

  /// The row of an instruction that is a map, or makes one number of a list.
  ///
  /// - Parameter known: the operands that are one constant.
  mutating func row(
    of step: Instruction, known: [Double?], _ customOperations: [CustomOutput]
  ) -> ElementaryRow {
    let length = step.opcode.isList ? step.counts.length : 1
    let key = Key(
      opcode: step.opcode.code, length: length, known: known.map { $0?.bitPattern })
    if let row = rows[key] { return row }
    let list = WrittenNumber.List()
    func argument(_ i: Int) -> WrittenNumber {
      if let number = known[i] { return .constant(number) }
      return list.argument(i)
    }
    var isJoined = false
    let result: WrittenNumber
    switch step.opcode {
    case .unary(let f): result = f.value(argument(0))
    case .binary(let f): result = f.value(argument(0), argument(1))
    case .slope(let f):
      let slope = f.derivative(argument(0), argument(1))
      result = slope.map { $0 * argument(2) } ?? .constant(0)
    case .nary(.select): result = NaryFunction.select.value(count: 3, argument)
    case .nary(let f) where joinsLists && f.isSymmetric:
      result = f.value(count: Int(length)) { _ in list.entries }
      isJoined = true
    case .nary(let f): result = f.value(count: Int(length), list.argument)
    case .custom(let number):
      result = customOperations[Int(number)].written((0..<Int(length)).map(list.argument))
    case .input, .parameter, .constant, .contract, .zero, .gather, .scatter, .customSlopes,
      .customCall, .customPullback:
      stop("\(step.opcode) is not a row of the table.")
    }
    var row = list.row(result)
    row.isJoined = isJoined
    rows[key] = row
    return row
  }
}
