/// A derivative rule of the primitive table as instructions over its arguments, found once for each
/// operation, length and kind of arguments.
///
/// The rule is evaluated on ``EmittedTerm``, so the terms' identities make it small, and scheduled as
/// a graph is. Each argument is a space of its own; temporaries are lanes, constants uniform.
struct Rule {
  private(set) var instructions: [Instruction] = []
  private(set) var temporaries: Int32 = 0
  private(set) var constants: [Form.Constant] = []

  /// What an argument's space stands for.
  enum Argument: Int {
    case a, b, c
    /// The result of the operation.
    case result
    /// The cotangent of the result.
    case cotangent
    case tangentOfA, tangentOfB, tangentOfC
    /// Where derivatives are added: the operands' cotangents, or the tangent of the result.
    case targetA, targetB, targetC
    static let count = 11

    var space: Instruction.Space { .argument(rawValue) }
    static func operand(_ i: Int) -> Argument { Argument(rawValue: i)! }
    static func tangent(_ i: Int) -> Argument { Argument(rawValue: 5 + i)! }
    static func target(_ i: Int) -> Argument { Argument(rawValue: 8 + i)! }
  }

  /// Which rule it is.
  struct Key: Hashable {
    var opcode: UInt32
    var length: Int32
    /// Which of the three operands take part, as bits.
    var wanted: UInt8
    /// The operands that are known numbers.
    var known: [UInt64?]
  }

  /// Whether it only adds products of its arguments.
  var isDirect: Bool { temporaries == 0 }

  /// The rule that hands each wanted operand its share of the cotangent of f's result.
  static func reverse(
    _ opcode: Opcode, length: Int, wanted: [Bool], known: [Double?],
    _ customOperations: [CustomOutput]
  ) -> Rule {
    var writer = Writer(known: known)
    let g = writer.leaf(.cotangent)
    for share in writer.shares(opcode, length, g, wanted, customOperations) {
      writer.add(share.number, to: .target(share.operand), share.place)
    }
    return Rule(writer)
  }

  /// The rule that adds what the tangents of the wanted operands make of the tangent of f's result.
  static func forward(
    _ opcode: Opcode, length: Int, wanted: [Bool], known: [Double?],
    _ customOperations: [CustomOutput]
  ) -> Rule {
    var writer = Writer(known: known)
    var (slopes, tangents): ([EmittedTerm], [EmittedTerm]) = ([], [])
    for share in writer.shares(opcode, length, .constant(1), wanted, customOperations) {
      slopes.append(share.number)
      tangents.append(writer.leaf(.tangent(share.operand), share.place))
    }
    if slopes.count > 2 {
      writer.add(.dot(slopes, tangents), to: .targetA, 0)
    } else {
      for (slope, tangent) in zip(slopes, tangents) { writer.add(slope * tangent, to: .targetA, 0) }
    }
    return Rule(writer)
  }

  private init(_ writer: Writer) {
    let terms = writer.list.terms
    let leaves = writer.leaves
    // A product that serves nothing else is made where it is added.
    var uses = [Int](repeating: 0, count: terms.count)
    for operand in terms.operands { uses[Int(operand)] += 1 }
    for share in writer.additions { uses[Int(share.term)] += 1 }
    var live = [Bool](repeating: false, count: terms.count)
    let additions = writer.additions.map { share -> (Writer.Addition, Int32, Int32?) in
      let isProduct =
        terms[share.term].opcode == .binary(.multiply) && uses[Int(share.term)] == 1
      let (x, y) =
        isProduct
        ? (terms.operand(0, of: share.term), terms.operand(1, of: share.term)) : (share.term, nil)
      live[Int(x)] = true
      if let y { live[Int(y)] = true }
      return (share, x, y)
    }
    for id in (0..<Int32(terms.count)).reversed() where live[Int(id)] && terms[id].count > 0 {
      for i in terms.operandRange(of: id) { live[Int(terms.operands[i])] = true }
    }
    let schedule = InstructionSchedule(terms, live: live, laneSlots: 0, uniformSlots: 0) {
      leaves[Int($0.first)]
    }
    temporaries = schedule.laneSlots
    constants = schedule.constants
    instructions = schedule.laneInstructions
    func operand(_ id: Int32?) -> Instruction.Operand {
      guard let id else { return .none }
      let location = schedule.location(of: id)
      return Instruction.Operand(location.slot, location.space)
    }
    for (share, x, y) in additions {
      instructions.append(
        orJoin: Instruction(
          opcode: .contract, accumulates: true,
          result: Instruction.Operand(
            share.place, share.target.space, strides: Instruction.Axes(0, 1, 0)),
          a: operand(x), b: operand(y)))
    }
  }

  /// Evaluates rows of the table on terms.
  private struct Writer {
    struct Addition {
      let target: Argument
      let place: Int32
      let term: Int32
    }

    let list = EmittedTerm.List()
    let known: [Double?]
    private(set) var leaves: [Form.Location] = []
    private(set) var additions: [Addition] = []
    private var ids: [Int32: EmittedTerm] = [:]

    init(known: [Double?]) { self.known = known }

    /// A number of an argument.
    mutating func leaf(_ argument: Argument, _ i: Int = 0) -> EmittedTerm {
      if argument.rawValue < 3, let number = known[argument.rawValue] { return .constant(number) }
      let key = Int32(argument.rawValue) << 24 | Int32(i)
      if let leaf = ids[key] { return leaf }
      let leaf = list.leaf(leaves.count)
      leaves.append(Form.Location(Int32(i), argument.space))
      ids[key] = leaf
      return leaf
    }

    mutating func add(_ share: EmittedTerm, to target: Argument, _ i: Int) {
      additions.append(Addition(target: target, place: Int32(i), term: share.id(in: list)))
    }

    /// What each wanted operand, at each place in it, gets of the cotangent g.
    mutating func shares(
      _ opcode: Opcode, _ length: Int, _ g: EmittedTerm, _ wanted: [Bool],
      _ customOperations: [CustomOutput]
    ) -> [(operand: Int, place: Int, number: EmittedTerm)] {
      var shares: [(operand: Int, place: Int, number: EmittedTerm)] = []
      let y = leaf(.result)
      switch opcode {
      case .unary(let f):
        if let slope = f.derivative(leaf(.a), y) { shares.append((0, 0, slope * g)) }
      case .binary(let f):
        let (x, z) = (leaf(.a), leaf(.b))
        if wanted[0], let slope = f.derivativeByFirst(x, z, y) { shares.append((0, 0, slope * g)) }
        if wanted[1], let slope = f.derivativeBySecond(x, z, y) { shares.append((1, 0, slope * g)) }
      case .nary(.select):
        let x = (0..<3).map { leaf(.operand($0)) }
        NaryFunction.select.pullback(of: g, count: 3, { x[$0] }, y) { i, share in
          if wanted[i] { shares.append((i, 0, share)) }
        }
      case .nary(let f):
        let x = (0..<length).map { leaf(.a, $0) }
        f.pullback(of: g, count: length, { x[$0] }, y) { shares.append((0, $0, $1)) }
      case .custom(let number):
        let x = (0..<length).map { leaf(.a, $0) }
        let partials = customOperations[Int(number)].partials(of: x, y, in: list)
        for (i, partial) in partials.enumerated() { shares.append((0, i, partial * g)) }
      case .input, .parameter, .constant, .contract, .zero, .gather, .scatter, .slope,
        .customSlopes, .customCall, .customPullback:
        break
      }
      return shares
    }
  }
}
