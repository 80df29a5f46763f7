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
    let factors = Factors(NodeList(a), NodeList(b), bias: bias.map { Node(keeping: $0) })
    let second = Kinds(of: factors.second)
    guard let value = neuron(factors, second: second, then: f) else {
      let y = Node.activated(factors.sum, by: f)
      factors.release()
      return constant(y)
    }
    return value
  }

  /// f(Wx + bias), a node for each row of W; without f, the sums themselves.
  ///
  /// - Parameters:
  ///   - rows: the rows of W one after the other, each with its bias at the end if there are biases.
  ///   - count: how many rows there are, one at least.
  static func neurons(
    _ rows: [Value], count: Int, _ x: [Value], then f: UnaryFunction?
  ) -> [Value] {
    let width = rows.count / count
    let (a, b) = (NodeList(rows, references: count), NodeList(x, references: count))
    let second = Kinds(of: b.slice(from: 0, count: x.count))
    var constants = 0
    let neurons = [Value](unsafeUninitializedCapacity: count) { y, made in
      while made < count {
        let factors = Factors(rowAt: made * width, hasBias: width > x.count, in: a, b)
        // Moved to its place: a copy would count references.
        if let node = neuron(factors, second: second, then: f) {
          (y.baseAddress! + made).initialize(to: node)
        } else {
          (y.baseAddress! + made).initialize(to: constant(Node.activated(factors.sum, by: f)))
          constants += 1
        }
        made += 1
      }
    }
    if constants > 0 {
      a.release(constants) { $0.release() }
      b.release(constants) { $0.release() }
    }
    return neurons
  }

  /// The node, which takes over the references to the factors; `nil` where they are all constants.
  @inline(__always)
  private static func neuron(
    _ factors: Factors, second: Kinds, then f: UnaryFunction?
  ) -> Value? {
    var first = Kinds()
    var sum = 0.0
    let (a, b, bias) = (factors.first, factors.second, factors.bias)
    for i in 0..<a.count { sum += first.note(a[i]) * b[i].number }
    let traits = Kinds.traits(first: first, second: second)
    if traits.isSuperset(of: [.firstIsConstant, .secondIsConstant]),
      bias?.traits.contains(.isConstant) ?? true
    {
      return nil
    }
    let y = Node.activated(sum + (bias?.number ?? 0), by: f)
    return make(.dot(factors, then: f), data: y, traits: traits)
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
  func pushDotGradient(_ g: Double, _ factors: Factors, then f: UnaryFunction?) -> Reach {
    var g = g
    if let f {
      guard let slope = slope(of: f, factors) else { return [] }
      g *= slope
    }
    if let bias = factors.bias { bias.gradient += g }
    let (a, b) = (factors.first, factors.second)
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
    return .all
  }

  /// f′(sum) for this node f(sum), which does not store the sum; `nil` where it is zero everywhere.
  ///
  /// A rule that needs the result alone, as relu's, gives a number even where the argument is NaN;
  /// for the others the sum is added up again.
  @inline(__always)
  private func slope(of f: UnaryFunction, _ factors: Factors) -> Double? {
    guard let slope = f.derivative(.nan, number) else { return nil }
    if !slope.isNaN { return slope }
    return f.derivative(factors.sum, number)
  }
}

/// Which kinds of nodes a list holds, gathered while their numbers are read.
struct Kinds {
  private var any: UInt8 = 0
  private var all: UInt8 = .max

  init() {}

  @inline(__always)
  init(of nodes: NodeSlice) { nodes.forEach { _ = note($0) } }

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
