/// A number that writes down what is done with it: the rules of the primitive table, applied to such
/// numbers, become terms, with the algebraic identities that ``Terms`` knows.
struct EmittedTerm {
  /// The terms that belong together.
  final class List {
    var terms = Terms(capacity: 8)

    /// The number of a new leaf.
    func leaf(_ number: Int) -> EmittedTerm {
      EmittedTerm(kind: .term(terms.leaf(.input, number: number), self))
    }

    /// A custom operation, by its place in the program's list of them.
    func custom(_ number: Int32, _ arguments: [EmittedTerm]) -> EmittedTerm {
      let ids = arguments.map { $0.id(in: self) }
      for id in ids { terms.add(operand: id) }
      return EmittedTerm(terms.operation(.custom(number)), in: self)
    }
  }

  private enum Kind {
    case number(Double)
    case term(Int32, List)
  }

  private let kind: Kind

  init(_ id: Int32, in list: List) { kind = .term(id, list) }
  private init(kind: Kind) { self.kind = kind }

  /// Its place in a list of terms.
  func id(in list: List) -> Int32 {
    switch kind {
    case .number(let number): list.terms.constant(number)
    case .term(let id, _): id
    }
  }

  private var list: List? {
    if case .term(_, let list) = kind { list } else { nil }
  }

  private var number: Double? {
    if case .number(let number) = kind { number } else { nil }
  }
}

extension EmittedTerm {
  var knownNumber: Double? { number }
}

extension EmittedTerm: Scalar {
  static func constant(_ number: Double) -> EmittedTerm { EmittedTerm(kind: .number(number)) }
  static func lift(_ parameter: Value) -> EmittedTerm { constant(parameter.fields.number) }

  static func apply(_ f: UnaryFunction, _ x: EmittedTerm) -> EmittedTerm {
    guard let list = x.list else { return constant(f.value(x.number!)) }
    list.terms.add(operand: x.id(in: list))
    return EmittedTerm(list.terms.operation(.unary(f)), in: list)
  }

  static func apply(_ f: BinaryFunction, _ x: EmittedTerm, _ y: EmittedTerm) -> EmittedTerm {
    guard let list = x.list ?? y.list else { return constant(f.value(x.number!, y.number!)) }
    return EmittedTerm(list.terms.operation(f, x.id(in: list), y.id(in: list)), in: list)
  }

  static func apply(_ f: BinaryFunction, _ x: EmittedTerm, _ y: Double) -> EmittedTerm {
    apply(f, x, constant(y))
  }

  static func apply(_ f: BinaryFunction, _ x: Double, _ y: EmittedTerm) -> EmittedTerm {
    apply(f, constant(x), y)
  }

  static func apply(_ f: NaryFunction, _ arguments: [EmittedTerm]) -> EmittedTerm {
    guard let list = arguments.lazy.compactMap({ $0.list }).first else {
      return constant(f.value(count: arguments.count) { arguments[$0].number! })
    }
    let ids = arguments.map { $0.id(in: list) }
    for id in ids { list.terms.add(operand: id) }
    return EmittedTerm(list.terms.operation(.nary(f)), in: list)
  }
}
