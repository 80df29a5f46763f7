/// The expressions of a program before they become instructions: each term stands after those it
/// is made of, and no two terms are alike.
struct Terms {
  /// An operation on earlier terms.
  struct Term {
    var opcode: Opcode
    /// Whether it is the same for all samples: no input is below it.
    var isUniform: Bool
    /// Where its operands stand in ``operands``; for a leaf, its number among its kind.
    var first: Int32
    var count: Int32
  }

  private(set) var terms: [Term]
  /// The operands of all terms, then those added for the next one.
  private(set) var operands: [Int32]
  private(set) var constants: [Double]
  private(set) var counts = SimplificationCounts()
  /// Where the operands added for the next term begin.
  private var pending = 0
  private var table: HashTable

  /// - Parameter capacity: How many operations are expected. Each may bring a constant.
  init(capacity: Int) {
    terms = Array(room: 2 * capacity)
    operands = Array(room: 2 * capacity)
    constants = Array(room: capacity)
    table = HashTable(capacity: 2 * capacity)
  }

  /// No terms yet, with room for those of another list and its counts.
  init(like other: Terms) {
    self.init(capacity: other.count / 2)
    counts = other.counts
  }

  var count: Int { terms.count }

  /// Says that the last term has been added: memory that only the search for equal ones needs is given
  /// back before the instructions take theirs.
  mutating func close() { table = HashTable(capacity: 0) }

  mutating func noteRecorded(_ nodes: Int) { counts.recordedNodes = nodes }
  mutating func noteFused(products: Int) { counts.fusedProducts += products }
  mutating func noteDead(_ dead: Int) { counts.deadTerms = dead }

  @inline(__always)
  subscript(_ id: Int32) -> Term { terms[Int(id)] }

  /// Where the operands of a term stand in ``operands``.
  @inline(__always)
  func operandRange(of id: Int32) -> Range<Int> {
    let term = terms[Int(id)]
    return Int(term.first)..<Int(term.first + term.count)
  }

  @inline(__always)
  func operand(_ i: Int, of id: Int32) -> Int32 { operands[Int(terms[Int(id)].first) + i] }

  /// The number of a constant term.
  @inline(__always)
  func number(_ id: Int32) -> Double? {
    let term = terms[Int(id)]
    return term.opcode == .constant ? constants[Int(term.first)] : nil
  }

  mutating func leaf(_ opcode: Opcode, number: Int) -> Int32 {
    terms.append(
      Term(
        opcode: opcode, isUniform: opcode != .input, first: Int32(number), count: 0))
    return Int32(terms.count - 1)
  }

  mutating func constant(_ number: Double) -> Int32 {
    let hash = hash(of: number)
    let place = table.place(of: hash) { self.number($0)?.bitPattern == number.bitPattern }
    if let known = table[place] { return known }
    constants.append(number)
    let id = leaf(.constant, number: constants.count - 1)
    insert(id, hash, at: place)
    return id
  }

  /// Adds an operand to those of the next operation.
  @inline(__always)
  mutating func add(operand id: Int32) { operands.append(id) }

  /// The term for an operation on two others.
  mutating func operation(_ f: BinaryFunction, _ x: Int32, _ y: Int32) -> Int32 {
    add(operand: x)
    add(operand: y)
    return operation(.binary(f))
  }

  /// The term for an operation on the operands added since the last one, simplified: an equal one if
  /// there is one, a constant if all operands are.
  mutating func operation(_ opcode: Opcode) -> Int32 {
    let list = pending..<operands.count
    if opcode == .nary(.mean) {
      return operation(.divide, operation(.nary(.sum)), constant(Double(list.count)))
    }
    // The sum of one starts at zero: it is 0 for −0.
    if opcode == .nary(.sum), list.count == 1 {
      add(operand: constant(0))
      return operation(.binary(.add))
    }
    // A dot product has lanes because of its products: a bias that differs from sample to sample is
    // added to uniform ones.
    if opcode == .nary(.dot), list.count % 2 == 1, let bias = operands.last, !self[bias].isUniform,
      list.dropLast().allSatisfy({ self[operands[$0]].isUniform })
    {
      operands.removeLast()
      return operation(.add, operation(opcode), bias)
    }
    if list.allSatisfy({ terms[Int(operands[$0])].opcode == .constant }),
      let number = folded(opcode, list)
    {
      counts.foldedConstants += 1
      operands.removeSubrange(list)
      return constant(number)
    }
    if let same = identity(opcode, list) {
      counts.removedIdentities += 1
      operands.removeSubrange(list)
      return same
    }
    let hash = hash(of: opcode, list)
    let place = table.place(of: hash) { isOperation($0, opcode, list) }
    if let known = table[place] {
      counts.mergedSubexpressions += 1
      operands.removeSubrange(list)
      return known
    }
    let isUniform = list.allSatisfy { terms[Int(operands[$0])].isUniform }
    terms.append(
      Term(
        opcode: opcode, isUniform: isUniform, first: Int32(list.lowerBound),
        count: Int32(list.count)))
    pending = operands.count
    let id = Int32(terms.count - 1)
    insert(id, hash, at: place)
    return id
  }

  private mutating func insert(_ id: Int32, _ hash: UInt32, at place: Int) {
    table.insert(id, hash, at: place)
    guard table.isCrowded else { return }
    table = HashTable(capacity: 2 * terms.count)
    for id in 0..<Int32(terms.count) {
      guard let hash = self.hash(of: id) else { continue }
      table.insert(id, hash, at: table.place(of: hash) { _ in false })
    }
  }

  /// The hash of a term that may be found again; inputs and parameters are known by their nodes.
  private func hash(of id: Int32) -> UInt32? {
    switch self[id].opcode {
    case .input, .parameter: nil
    case .constant: hash(of: constants[Int(self[id].first)])
    case let opcode: hash(of: opcode, operandRange(of: id))
    }
  }

  private func hash(of constant: Double) -> UInt32 { HashTable.mix(2, constant.bitPattern) }

  @inline(__always)
  private func hash(of opcode: Opcode, _ list: Range<Int>) -> UInt32 {
    var hash = HashTable.mix(opcode.code, UInt64(list.count))
    for i in list { hash = HashTable.mix(hash, UInt64(UInt32(bitPattern: operands[i]))) }
    return hash
  }

  /// Whether a term is an operation on the operands that stand at the given places.
  @inline(__always)
  private func isOperation(_ id: Int32, _ opcode: Opcode, _ list: Range<Int>) -> Bool {
    let term = terms[Int(id)]
    guard term.opcode == opcode && Int(term.count) == list.count else { return false }
    for i in 0..<list.count
    where operands[Int(term.first) + i] != operands[list.lowerBound + i] {
      return false
    }
    return true
  }

  /// The operation's value on constants; `nil` for a custom one.
  private func folded(_ opcode: Opcode, _ list: Range<Int>) -> Double? {
    let x = { (i: Int) in constants[Int(terms[Int(operands[list.lowerBound + i])].first)] }
    return switch opcode {
    case .unary(let f): f.value(x(0))
    case .binary(let f): f.value(x(0), x(1))
    case .nary(let f): f.value(count: list.count, x)
    case .input, .parameter, .constant, .contract, .zero, .gather, .scatter, .slope, .custom,
      .customSlopes, .customCall, .customPullback:
      nil
    }
  }
}

/// How often each simplification was made; what ``Program/description`` tells.
struct SimplificationCounts: Sendable {
  var recordedNodes = 0
  var foldedConstants = 0
  var removedIdentities = 0
  var mergedSubexpressions = 0
  var fusedProducts = 0
  var deadTerms = 0
}
