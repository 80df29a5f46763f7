// The dot product has code of its own beside its row of the table: it is where networks spend their
// time, and it keeps two arrays as they are, where the row takes one list of all factors.

extension Value {
  /// Σ aᵢ bᵢ + bias as one node.
  ///
  /// Numbers are multiplied as IEEE 754 has it, in the sum and in its derivatives, and so in neurons
  /// and in programs: 0 · ∞ is NaN.
  ///
  /// ```swift
  /// let w = [Value(1), Value(2)], x = [Value(3), Value(4)]
  /// Value.dot(w, x, bias: Value(5))  // 16
  /// ```
  ///
  /// - Precondition: `a` and `b` are of one length.
  /// - Complexity: O(n); the arrays are kept, not copied.
  public static func dot(_ a: [Value], _ b: [Value], bias: Value? = nil) -> Value {
    neuron(a, b, bias: bias, then: nil)
  }

  /// f(Σ aᵢ bᵢ + bias) as one node; without f, the sum itself.
  @inline(__always)
  static func neuron(_ a: [Value], _ b: [Value], bias: Value?, then f: UnaryFunction?) -> Value {
    requireEqualLengths(a.count, b.count)
    let first = NodeList(a)
    let second = NodeList(b)
    let (sum, traits) = sumOfProducts(first, second)
    let y = Node.activated(sum + (bias?.fields.number ?? 0), by: f)
    if traits.isSuperset(of: [.firstIsConstant, .secondIsConstant]), bias?.isConstant ?? true {
      first.release()
      second.release()
      return constant(y)
    }
    return make(
      .dot(first, second, bias: bias.map { Node(keeping: $0) }, then: f), data: y, traits: traits)
  }

  /// Σ aᵢ bᵢ, and what kinds of nodes the lists hold.
  @inline(__always)
  static func sumOfProducts(_ a: NodeList, _ b: NodeList) -> (Double, Traits) {
    var (kindsA, kindsB) = (Kinds(), Kinds())
    var sum = 0.0
    for i in 0..<a.count { sum += kindsA.note(a[i]) * kindsB.note(b[i]) }
    return (sum, Kinds.traits(first: kindsA, second: kindsB))
  }
}

extension Node {
  /// f(sum), or the sum where there is no f.
  @inline(__always)
  static func activated(_ sum: Double, by f: UnaryFunction?) -> Double {
    f.map { $0.value(sum) } ?? sum
  }

  /// aᵢ.grad += g bᵢ and bᵢ.grad += g aᵢ, where g has come through f; nothing for a list of
  /// constants.
  ///
  /// A g of zero is handed on as well: 0 · ∞ is NaN here too, as in formulas and programs.
  /// To stop at the zeros of inactive relus would save an eighth of `backward()` on an MLP.
  @inline(__always)
  func pushDotGradient(
    _ g: Double, _ a: NodeList, _ b: NodeList, bias: Node?, then f: UnaryFunction?
  ) {
    var g = g
    if let f {
      guard let slope = slope(of: f, a, b, bias: bias) else { return }
      g *= slope
    }
    if let bias { bias.gradient += g }
    if traits.isDisjoint(with: [.firstIsConstant, .secondIsConstant]) {
      for i in 0..<a.count {
        a[i].gradient += g * b[i].number
        b[i].gradient += g * a[i].number
      }
    } else if traits.contains(.secondIsConstant) {
      for i in 0..<a.count { a[i].gradient += g * b[i].number }
    } else {
      for i in 0..<a.count { b[i].gradient += g * a[i].number }
    }
  }

  /// f′(sum) for this node f(sum), which does not store the sum; `nil` where it is zero everywhere.
  ///
  /// A rule that needs the result alone, as relu's, gives a number even where the argument is NaN;
  /// for the others the sum is added up again.
  @inline(__always)
  private func slope(
    of f: UnaryFunction, _ a: NodeList, _ b: NodeList, bias: Node?
  ) -> Double? {
    guard let slope = f.derivative(.nan, number) else { return nil }
    if !slope.isNaN { return slope }
    return f.derivative(Value.sumOfProducts(a, b).0 + (bias?.number ?? 0), number)
  }
}

/// Which kinds of nodes a list holds, gathered while their numbers are read.
struct Kinds {
  private var any: UInt8 = 0
  private var all: UInt8 = .max

  @inline(__always)
  mutating func note(_ node: Node) -> Double {
    any |= node.traits.rawValue
    all &= node.traits.rawValue
    return node.number
  }

  /// The traits of an operation on the lists noted.
  @inline(__always)
  static func traits(first: Kinds, second: Kinds = Kinds()) -> Traits {
    var traits: Traits = .isOperation
    if Traits(rawValue: first.any).contains(.isOperation) { traits.insert(.firstHasOperations) }
    if Traits(rawValue: first.all).contains(.isConstant) { traits.insert(.firstIsConstant) }
    if Traits(rawValue: second.any).contains(.isOperation) { traits.insert(.secondHasOperations) }
    if Traits(rawValue: second.all).contains(.isConstant) { traits.insert(.secondIsConstant) }
    return traits
  }
}
