/// A number that writes down the elementary steps of what is done with it: the rows of the primitive
/// table, computed with such numbers, become text in any language.
///
/// A row that is added to the table is exported without another line.
struct WrittenNumber {
  /// The steps that belong together.
  final class List {
    private var steps: [ElementaryStep] = []
    private var known: [ElementaryStep: Int] = [:]

    /// An argument of the row.
    func argument(_ i: Int) -> WrittenNumber {
      WrittenNumber(operand: .argument(i), list: self)
    }

    /// Each of the row's arguments.
    var entries: WrittenNumber {
      WrittenNumber(operand: .argument(0), list: self, isWide: true)
    }

    fileprivate func result(of step: ElementaryStep) -> ElementaryStep.Operand {
      if let place = known[step] { return .step(place) }
      steps.append(step)
      known[step] = steps.count - 1
      return .step(steps.count - 1)
    }

    /// The steps that a result takes, without those that it does not need.
    func row(_ result: WrittenNumber) -> ElementaryRow {
      var isLive = [Bool](repeating: false, count: steps.count)
      func use(_ operand: ElementaryStep.Operand) {
        if case .step(let step) = operand { isLive[step] = true }
      }
      use(result.operand)
      for i in steps.indices.reversed() where isLive[i] { steps[i].operands.forEach(use) }
      var row = ElementaryRow()
      var places = [Int](repeating: 0, count: steps.count)
      func moved(_ operand: ElementaryStep.Operand) -> ElementaryStep.Operand {
        if case .step(let step) = operand { return .step(places[step]) }
        return operand
      }
      for (i, step) in steps.enumerated() where isLive[i] {
        places[i] = row.steps.count
        row.steps.append(
          ElementaryStep(operation: step.operation, operands: step.operands.map(moved)))
      }
      row.result = moved(result.operand)
      return row
    }
  }

  fileprivate let operand: ElementaryStep.Operand
  private let list: List?
  /// Whether it is a number for each entry of a list.
  private let isWide: Bool

  fileprivate init(operand: ElementaryStep.Operand, list: List?, isWide: Bool = false) {
    self.operand = operand
    self.list = list
    self.isWide = isWide
  }

  var knownNumber: Double? {
    if case .number(let bits) = operand { return Double(bitPattern: bits) }
    return nil
  }

  /// The step on some numbers, or what it gives where all are known.
  fileprivate static func step(
    _ operation: ElementaryStep.Operation, _ operands: [WrittenNumber], _ value: () -> Double
  ) -> WrittenNumber {
    guard let list = operands.lazy.compactMap({ $0.list }).first else { return constant(value()) }
    let step = ElementaryStep(operation: operation, operands: operands.map { $0.operand })
    return WrittenNumber(
      operand: list.result(of: step), list: list, isWide: operands.contains { $0.isWide })
  }

  /// One number of those that a list's entries have.
  private static func fold(
    _ operation: ElementaryStep.Operation, _ x: WrittenNumber
  ) -> WrittenNumber {
    let step = ElementaryStep(operation: operation, operands: [x.operand])
    return WrittenNumber(operand: x.list!.result(of: step), list: x.list)
  }

  private static func step(
    _ operation: ElementaryStep.Operation, _ x: WrittenNumber, _ value: (Double) -> Double
  ) -> WrittenNumber {
    step(operation, [x]) { value(x.knownNumber!) }
  }

  private static func step(
    _ operation: ElementaryStep.Operation, _ x: WrittenNumber, _ y: WrittenNumber,
    _ value: (Double, Double) -> Double
  ) -> WrittenNumber {
    step(operation, [x, y]) { value(x.knownNumber!, y.knownNumber!) }
  }
}

extension WrittenNumber: Elementary {
  init(_ number: Double) { self.init(operand: .constant(number), list: nil) }

  static prefix func - (x: WrittenNumber) -> WrittenNumber { step(.negate, x) { -$0 } }
  static func + (x: WrittenNumber, y: WrittenNumber) -> WrittenNumber {
    step(.add, x, y) { $0 + $1 }
  }
  static func - (x: WrittenNumber, y: WrittenNumber) -> WrittenNumber {
    step(.subtract, x, y) { $0 - $1 }
  }
  static func * (x: WrittenNumber, y: WrittenNumber) -> WrittenNumber {
    if x.knownNumber == 1 { return y }
    return y.knownNumber == 1 ? x : step(.multiply, x, y) { $0 * $1 }
  }
  static func / (x: WrittenNumber, y: WrittenNumber) -> WrittenNumber {
    step(.divide, x, y) { $0 / $1 }
  }

  static func choose(
    _ x: WrittenNumber, atLeast y: WrittenNumber, _ then: WrittenNumber, otherwise: WrittenNumber
  ) -> WrittenNumber {
    if let x = x.knownNumber, let y = y.knownNumber { return x >= y ? then : otherwise }
    if then.operand == otherwise.operand { return then }
    return step(.choose, [x, y, then, otherwise]) { 0 }
  }

  static func lookup(
    _ index: WrittenNumber, count: Int, _ entry: (Int) -> WrittenNumber
  ) -> WrittenNumber {
    var result = WrittenNumber(.nan)
    for i in (0..<count).reversed() {
      let place = WrittenNumber(Double(i))
      result = choose(
        index, atLeast: place, choose(place, atLeast: index, entry(i), otherwise: result),
        otherwise: result)
    }
    return result
  }

  static func total(_ count: Int, _ x: (Int) -> WrittenNumber) -> WrittenNumber {
    if count > 0, x(0).isWide { return fold(.total, x(0)) }
    return (0..<count).reduce(WrittenNumber(0)) { $0 + x($1) }
  }
  static func largest(_ count: Int, _ x: (Int) -> WrittenNumber) -> WrittenNumber {
    if count > 0, x(0).isWide { return fold(.largest, x(0)) }
    return (0..<count).reduce(WrittenNumber(-.infinity)) {
      BinaryFunction.maximum.value($0, x($1))
    }
  }

  static func magnitude(_ x: WrittenNumber) -> WrittenNumber {
    step(.magnitude, x, Double.magnitude)
  }
  static func sqrt(_ x: WrittenNumber) -> WrittenNumber { step(.sqrt, x, Double.sqrt) }
  static func exp(_ x: WrittenNumber) -> WrittenNumber { step(.exp, x, Double.exp) }
  static func log(_ x: WrittenNumber) -> WrittenNumber { step(.log, x, Double.log) }
  static func log1p(_ x: WrittenNumber) -> WrittenNumber { step(.log1p, x, Double.log1p) }
  static func expm1(_ x: WrittenNumber) -> WrittenNumber { step(.expm1, x, Double.expm1) }
  static func sin(_ x: WrittenNumber) -> WrittenNumber { step(.sin, x, Double.sin) }
  static func cos(_ x: WrittenNumber) -> WrittenNumber { step(.cos, x, Double.cos) }
  static func tan(_ x: WrittenNumber) -> WrittenNumber { step(.tan, x, Double.tan) }
  static func asin(_ x: WrittenNumber) -> WrittenNumber { step(.asin, x, Double.asin) }
  static func acos(_ x: WrittenNumber) -> WrittenNumber { step(.acos, x, Double.acos) }
  static func atan(_ x: WrittenNumber) -> WrittenNumber { step(.atan, x, Double.atan) }
  static func sinh(_ x: WrittenNumber) -> WrittenNumber { step(.sinh, x, Double.sinh) }
  static func cosh(_ x: WrittenNumber) -> WrittenNumber { step(.cosh, x, Double.cosh) }
  static func tanh(_ x: WrittenNumber) -> WrittenNumber { step(.tanh, x, Double.tanh) }
  static func asinh(_ x: WrittenNumber) -> WrittenNumber { step(.asinh, x, Double.asinh) }
  static func acosh(_ x: WrittenNumber) -> WrittenNumber { step(.acosh, x, Double.acosh) }
  static func atanh(_ x: WrittenNumber) -> WrittenNumber { step(.atanh, x, Double.atanh) }
  static func erf(_ x: WrittenNumber) -> WrittenNumber { step(.erf, x, Double.erf) }
  static func erfc(_ x: WrittenNumber) -> WrittenNumber { step(.erfc, x, Double.erfc) }
  static func pow(_ x: WrittenNumber, _ y: WrittenNumber) -> WrittenNumber {
    // As Double's own.
    switch y.knownNumber {
    case 1: x
    case 2: x * x
    case 3: x * x * x
    default: step(.pow, x, y, Double.pow)
    }
  }
  static func atan2(_ y: WrittenNumber, _ x: WrittenNumber) -> WrittenNumber {
    step(.atan2, y, x, Double.atan2)
  }
}

extension WrittenNumber: Scalar {
  static func constant(_ number: Double) -> WrittenNumber { WrittenNumber(number) }
  static func apply(_ f: UnaryFunction, _ x: WrittenNumber) -> WrittenNumber { f.value(x) }
  static func apply(
    _ f: BinaryFunction, _ x: WrittenNumber, _ y: WrittenNumber
  ) -> WrittenNumber { f.value(x, y) }
  static func apply(_ f: BinaryFunction, _ x: WrittenNumber, _ y: Double) -> WrittenNumber {
    f.value(x, WrittenNumber(y))
  }
  static func apply(_ f: BinaryFunction, _ x: Double, _ y: WrittenNumber) -> WrittenNumber {
    f.value(WrittenNumber(x), y)
  }
  static func apply(_ f: NaryFunction, _ arguments: [WrittenNumber]) -> WrittenNumber {
    f.value(count: arguments.count) { arguments[$0] }
  }
}
