/// The expressions of a program before they become instructions: each term stands after those it
/// is made of, and no two terms are alike.
struct Terms {
  /// An operation on earlier terms.
  struct Term {
    var opcode: Opcode
    /// Where its operands stand in ``operands``; for a leaf, its number among its kind.
    var first: Int32
    var count: Int32
    /// Whether it is the same for all samples: no input is below it.
    var isUniform: Bool
    /// Whether a parameter is below it.
    var dependsOnParameter: Bool
  }

  private(set) var terms: [Term] = []
  private(set) var operands: [Int32] = []
  private(set) var constants: [Double] = []
  private(set) var counts = SimplificationCounts()
  private var table = HashTable()

  init(capacity: Int) {
    terms.reserveCapacity(capacity)
    operands.reserveCapacity(2 * capacity)
    table.reserve(capacity)
  }

  /// No terms yet, with room for those of another list and its counts.
  init(like other: Terms) {
    self.init(capacity: other.count)
    counts = other.counts
  }

  var count: Int { terms.count }

  mutating func noteRecorded(_ nodes: Int) { counts.recordedNodes = nodes }
  mutating func noteFused(products: Int) { counts.fusedProducts += products }
  mutating func noteDead(_ dead: Int) { counts.deadTerms = dead }

  @inline(__always)
  subscript(_ id: Int32) -> Term { terms[Int(id)] }

  @inline(__always)
  func operands(of id: Int32) -> ArraySlice<Int32> {
    let term = terms[Int(id)]
    return operands[Int(term.first)..<Int(term.first + term.count)]
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
        opcode: opcode, first: Int32(number), count: 0, isUniform: opcode != .input,
        dependsOnParameter: opcode == .parameter))
    return Int32(terms.count - 1)
  }

  mutating func constant(_ number: Double) -> Int32 {
    let hash = HashTable.mix(2, number.bitPattern)
    if let known = table.find(
      hash,
      where: {
        guard let other = self.number($0) else { return false }
        return other.bitPattern == number.bitPattern
      })
    {
      return known
    }
    constants.append(number)
    let id = leaf(.constant, number: constants.count - 1)
    table.insert(id, hash)
    return id
  }

  /// The term for an operation, simplified: an equal one if there is one, a constant if all
  /// operands are.
  mutating func operation(_ opcode: Opcode, _ list: ArraySlice<Int32>) -> Int32 {
    // A dot product has lanes because of its products: a bias that differs from sample to sample is
    // added to uniform ones.
    if opcode == .nary(.dot), list.count % 2 == 1, let bias = list.last, !self[bias].isUniform,
      list.dropLast().allSatisfy({ self[$0].isUniform })
    {
      let products = operation(opcode, list.dropLast())
      return operation(.binary(.add), [products, bias])
    }
    if let number = folded(opcode, list) {
      counts.foldedConstants += 1
      return constant(number)
    }
    if let same = identity(opcode, list) {
      counts.removedIdentities += 1
      return same
    }
    var hash = HashTable.mix(opcode.code, UInt64(list.count))
    for operand in list { hash = HashTable.mix(hash, UInt64(UInt32(bitPattern: operand))) }
    if let known = table.find(
      hash,
      where: { id in
        let term = terms[Int(id)]
        return term.opcode == opcode && Int(term.count) == list.count
          && operands(of: id).elementsEqual(list)
      })
    {
      counts.mergedSubexpressions += 1
      return known
    }
    var (isUniform, dependsOnParameter) = (true, false)
    for operand in list {
      let term = terms[Int(operand)]
      isUniform = isUniform && term.isUniform
      dependsOnParameter = dependsOnParameter || term.dependsOnParameter
    }
    terms.append(
      Term(
        opcode: opcode, first: Int32(operands.count), count: Int32(list.count),
        isUniform: isUniform, dependsOnParameter: dependsOnParameter))
    operands.append(contentsOf: list)
    let id = Int32(terms.count - 1)
    table.insert(id, hash)
    return id
  }

  /// The operation's value where all operands are constants.
  private func folded(_ opcode: Opcode, _ list: ArraySlice<Int32>) -> Double? {
    for operand in list where terms[Int(operand)].opcode != .constant { return nil }
    let x = { (i: Int) in constants[Int(terms[Int(list[list.startIndex + i])].first)] }
    return switch opcode {
    case .unary(let f): f.value(x(0))
    case .binary(let f): f.value(x(0), x(1))
    case .nary(let f): f.value(count: list.count, x)
    case .input, .parameter, .constant, .copy, .custom: nil
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

/// A hash table of terms by what they are; open addressing, because a general dictionary would take
/// most of the time of compiling.
private struct HashTable {
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var hashes: [UInt32] = Array(repeating: 0, count: 64)
  private var count = 0

  @inline(__always)
  static func mix(_ a: UInt32, _ b: UInt64) -> UInt32 {
    let product = (UInt64(a) ^ b &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  mutating func reserve(_ capacity: Int) {
    while slots.count < 2 * capacity { resize() }
  }

  @inline(__always)
  func find(_ hash: UInt32, where isEqual: (Int32) -> Bool) -> Int32? {
    var i = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[i] >= 0 {
      if hashes[i] == hash && isEqual(slots[i]) { return slots[i] }
      i = (i + 1) & (slots.count - 1)
    }
    return nil
  }

  mutating func insert(_ id: Int32, _ hash: UInt32) {
    if 2 * (count + 1) > slots.count { resize() }
    place(id, hash)
    count += 1
  }

  private mutating func place(_ id: Int32, _ hash: UInt32) {
    var i = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[i] >= 0 { i = (i + 1) & (slots.count - 1) }
    slots[i] = id
    hashes[i] = hash
  }

  private mutating func resize() {
    let (oldSlots, oldHashes) = (slots, hashes)
    slots = Array(repeating: -1, count: 2 * oldSlots.count)
    hashes = Array(repeating: 0, count: 2 * oldSlots.count)
    for i in oldSlots.indices where oldSlots[i] >= 0 { place(oldSlots[i], oldHashes[i]) }
  }
}
