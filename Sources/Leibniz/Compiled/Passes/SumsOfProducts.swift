/// Turns sums of products into dot products: a·b + c·d + e is one instruction, not four.
///
/// Additions that serve only another addition are taken together; of their terms, the products that
/// serve nothing else become the pairs of a dot product if there are two or more. Pairs are kept
/// apart by whether their factors are uniform, so that each dot product is of one kind.
struct SumsOfProducts {
  private let terms: Terms
  private var uses: [UInt8]
  /// For the last addition of a chain that becomes dot products: what is added.
  private var leaves: [Int32: [Int32]] = [:]
  private var isAbsorbed: [Bool]

  /// The same outputs with dot products in place of sums of products.
  /// - Returns: Also where each term is now, −1 if nowhere; nothing if all are where they were.
  static func fuse(
    _ terms: Terms, outputs: [Int32]
  ) -> (terms: Terms, outputs: [Int32], places: [Int32]?) {
    var pass = SumsOfProducts(terms, outputs: outputs)
    pass.findChains()
    if pass.leaves.isEmpty { return (terms, outputs, nil) }
    return pass.rewritten(outputs: outputs)
  }

  private init(_ terms: Terms, outputs: [Int32]) {
    self.terms = terms
    uses = Array(repeating: 0, count: terms.count)
    isAbsorbed = Array(repeating: false, count: terms.count)
    for operand in terms.operands where uses[Int(operand)] < 2 { uses[Int(operand)] += 1 }
    for output in outputs { uses[Int(output)] = 2 }
  }

  private func isSum(_ id: Int32) -> Bool {
    switch terms[id].opcode {
    case .binary(.add), .nary(.sum): true
    default: false
    }
  }

  private func isFreeProduct(_ id: Int32) -> Bool {
    terms[id].opcode == .binary(.multiply) && uses[Int(id)] == 1
  }

  /// Whether an addition has a second addition, or two products, among its terms: tells most sums
  /// apart without gathering anything.
  private func mayBecomeDotProduct(_ id: Int32) -> Bool {
    var products = 0
    for i in 0..<Int(terms[id].count) {
      let operand = terms.operand(i, of: id)
      if isSum(operand) && uses[Int(operand)] == 1 { return true }
      if isFreeProduct(operand) { products += 1 }
    }
    return products > 1
  }

  private mutating func findChains() {
    var kept: [Int32] = []
    for id in (0..<Int32(terms.count)).reversed() where isSum(id) && !isAbsorbed[Int(id)] {
      if !mayBecomeDotProduct(id) { continue }
      var (gathered, inner, waiting): ([Int32], [Int32], [Int32]) = ([], [], [id])
      while let next = waiting.popLast() {
        if next != id { inner.append(next) }
        for operand in terms.operands[terms.operandRange(of: next)].reversed() {
          if isSum(operand) && uses[Int(operand)] == 1 {
            waiting.append(operand)
          } else {
            gathered.append(operand)
          }
        }
      }
      for sum in inner { isAbsorbed[Int(sum)] = true }
      if gathered.lazy.filter(isFreeProduct).prefix(2).count == 2 {
        leaves[id] = gathered.sorted()
      } else {
        // Nothing to gain: the chain stays as it was written.
        kept += inner
      }
    }
    for id in kept { isAbsorbed[Int(id)] = false }
  }

  private func rewritten(
    outputs: [Int32]
  ) -> (terms: Terms, outputs: [Int32], places: [Int32]?) {
    var result = Terms(like: terms)
    var place = [Int32](repeating: -1, count: terms.count)
    for id in 0..<Int32(terms.count) where !isAbsorbed[Int(id)] {
      let term = terms[id]
      switch term.opcode {
      case .input, .parameter: place[Int(id)] = result.leaf(term.opcode, number: Int(term.first))
      case .constant: place[Int(id)] = result.constant(terms.number(id)!)
      default:
        if let leaves = leaves[id] {
          place[Int(id)] = sum(leaves, place, in: &result)
        } else {
          for i in terms.operandRange(of: id) {
            result.add(operand: place[Int(terms.operands[i])])
          }
          place[Int(id)] = result.operation(term.opcode)
        }
      }
    }
    result.close()
    return (result, outputs.map { place[Int($0)] }, place)
  }

  /// Adds up the leaves of a chain: a dot product for each kind of pairs, then the rest.
  private func sum(_ leaves: [Int32], _ place: [Int32], in result: inout Terms) -> Int32 {
    var pairs: [[(Int32, Int32)]] = [[], [], []]
    var rest: [Int32] = []
    for leaf in leaves {
      guard isFreeProduct(leaf) else {
        rest.append(place[Int(leaf)])
        continue
      }
      let (a, b) = (terms.operand(0, of: leaf), terms.operand(1, of: leaf))
      let (uniformA, uniformB) = (terms[a].isUniform, terms[b].isUniform)
      let kind = (uniformA ? 0 : 1) + (uniformB ? 0 : 1)
      pairs[kind].append(uniformB && !uniformA ? (b, a) : (a, b))
    }
    for pairs in pairs where pairs.count == 1 {
      rest.append(
        result.operation(.multiply, place[Int(pairs[0].0)], place[Int(pairs[0].1)]))
    }
    var total: Int32?
    for pairs in pairs where pairs.count > 1 {
      for pair in pairs { result.add(operand: place[Int(pair.0)]) }
      for pair in pairs { result.add(operand: place[Int(pair.1)]) }
      if let last = rest.last, result[last].isUniform {
        result.add(operand: last)
        rest.removeLast()
      }
      result.noteFused(products: pairs.count)
      let dot = result.operation(.nary(.dot))
      total = total.map { result.operation(.add, $0, dot) } ?? dot
    }
    for term in rest { total = total.map { result.operation(.add, $0, term) } ?? term }
    return total!
  }
}
