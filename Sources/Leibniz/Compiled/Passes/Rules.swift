/// The rules that a pass applies, each of which is found once.
struct Rules {
  private let isForward: Bool
  private var rules: [Rule.Key: Rule] = [:]

  /// - Parameter isForward: Whether they carry tangents, not cotangents.
  init(isForward: Bool) { self.isForward = isForward }

  /// - Parameters:
  ///   - wanted: Which operands take part.
  ///   - known: The numbers of operands that are constants.
  mutating func rule(
    for step: Instruction, _ wanted: [Bool], known: [Double?],
    _ customOperations: [CustomOutput]
  ) -> Rule {
    let key = Rule.Key(
      opcode: step.opcode.code, length: step.opcode.isList ? step.counts.length : 1,
      wanted: (wanted[0] ? 1 : 0) | (wanted[1] ? 2 : 0) | (wanted[2] ? 4 : 0),
      known: known.map { $0?.bitPattern })
    if let rule = rules[key] { return rule }
    let length = Int(step.counts.length)
    let rule =
      isForward
      ? Rule.forward(step.opcode, length: length, wanted: wanted, known: known, customOperations)
      : Rule.reverse(step.opcode, length: length, wanted: wanted, known: known, customOperations)
    rules[key] = rule
    return rule
  }
}
