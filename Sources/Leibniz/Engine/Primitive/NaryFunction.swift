/// The functions of any number of arguments: y = f(x₀, …, xₙ₋₁).
///
/// `dot` takes the first factors, then the second factors, then perhaps a bias; `select` takes
/// the condition, then the alternatives; `lookup` takes the index, then the table.
///
/// Sums are added up in order, and overflow where a partial sum does. A product 0 · ∞ is NaN, as
/// IEEE 754 has it, in the value of `dot`, in its derivatives and in those of a neuron: a weight of 0
/// does not hide that its input is infinite.
public enum NaryFunction: String, CaseIterable, Sendable {
  /// Σ xᵢ.
  case sum
  /// Σ xᵢ / n.
  case mean
  /// Σ aᵢ bᵢ, perhaps with a bias.
  case dot
  /// The largest argument.
  case maximum
  /// log Σ exp xᵢ.
  case logSumExp
  /// The first alternative where the condition is above 0, else the second.
  case select
  /// tableᵢ for the index i.
  case lookup

  /// The required number of arguments; `nil` if any number is allowed.
  private var arity: Int? {
    switch self {
    case .sum, .mean, .dot, .maximum, .logSumExp, .lookup: nil
    case .select: 3
    }
  }

  /// Whether the first argument chooses among the others, and has no derivative itself.
  @inline(__always)
  var chooses: Bool { self == .select || self == .lookup }

  /// Whether the value is the same in whatever order the arguments stand.
  var isSymmetric: Bool {
    switch self {
    case .sum, .mean, .maximum, .logSumExp: true
    case .dot, .select, .lookup: false
    }
  }

  /// The place of the argument that the first one chooses; `nil` where that is NaN.
  @inline(__always)
  func chosen(by first: Double, count n: Int) -> Int? {
    if self == .lookup { return 1 + first.index(count: n - 1) }
    return first.isNaN ? nil : first > 0 ? 1 : 2
  }

  /// Stops with a sentence if the number of arguments is wrong. Every number type calls this for
  /// arguments from the user, before reading them.
  @inline(__always)
  func requireArity(_ count: Int) {
    if let arity {
      require(count == arity, "\(rawValue) takes \(arity) arguments and was given \(count).")
    }
    if self == .lookup { require(count > 0, "lookup takes an index and was given no argument.") }
  }

  /// The value y = f(x₀, …, xₙ₋₁), where `x(i)` is the argument i.
  @inline(__always)
  func value<T: Elementary>(count n: Int, _ x: (Int) -> T) -> T {
    switch self {
    case .sum: return T.total(n, x)
    case .mean: return T.total(n, x) / T(Double(n))
    case .dot:
      let pairs = n / 2
      let products = T.total(pairs) { x($0) * x(pairs + $0) }
      return n % 2 == 0 ? products : products + x(n - 1)
    case .maximum: return T.largest(n, x)
    case .logSumExp:
      // Shifted by the largest, for exp overflows at 710. The largest itself is then exp(0) = 1,
      // and log1p of the rest keeps the digits that 1 + rest would lose.
      let top = T.largest(n, x)
      let ties = T.total(n) { T.choose(x($0), atLeast: top, T(1), otherwise: T(0)) }
      let below = T.total(n) { i in
        T.choose(x(i), atLeast: top, T(0), otherwise: T.exp(x(i) - top))
      }
      return top + T.log1p(below + (ties - T(1)))
    case .select: return piecewise(x(0), negative: x(2), zero: x(2), positive: x(1))
    case .lookup: return T.lookup(x(0), count: n - 1) { x($0 + 1) }
    }
  }

  /// Hands each argument i its share ∂y/∂xᵢ · g of the gradient g that has reached y = f(x).
  ///
  /// At a kink: ties of the maximum share equally. A condition of `select` and an index of `lookup`
  /// get nothing, and where they are known numbers, what they do not choose gets nothing. The shares of logSumExp are those of the limit where arguments are infinite: one
  /// largest takes all, equal ones share equally.
  @inline(__always)
  public func pullback<T: Scalar>(
    of g: T, count n: Int, _ x: (Int) -> T, _ y: T, _ give: (Int, T) -> Void
  ) {
    switch self {
    case .sum:
      for i in 0..<n { give(i, g) }
    case .mean:
      let share = g / Double(n)
      for i in 0..<n { give(i, share) }
    case .dot:
      let pairs = n / 2
      for i in 0..<pairs {
        give(i, g * x(pairs + i))
        give(pairs + i, g * x(i))
      }
      if n % 2 == 1 { give(n - 1, g) }
    case .maximum:
      var ties = T.constant(0)
      for i in 0..<n { ties = ties + isTie(x(i), y) }
      let share = g / ties
      for i in 0..<n { give(i, share * isTie(x(i), y)) }
    case .logSumExp:
      // The rounding of y puts the same small factor on all shares; their sum takes it off.
      let top = finite(y)
      let shares = (0..<n).map { (finite(x($0)) - top).exp() }
      let scale = g / T.sum(shares)
      for i in 0..<n { give(i, scale * shares[i]) }
    case .select, .lookup:
      if let first = x(0).knownNumber, let place = chosen(by: first, count: n) {
        give(place, g)
      } else if self == .select {
        give(1, T.select(where: x(0), then: g, else: T.constant(0)))
        give(2, T.select(where: x(0), then: T.constant(0), else: g))
      } else {
        // 1 − |index − i| is above 0 for the entry taken alone.
        for i in 0..<n - 1 {
          let isTaken = 1 - (x(0) - Double(i)).abs()
          give(1 + i, T.select(where: isTaken, then: g, else: T.constant(0)))
        }
      }
    }
  }
}

/// 1 where x is the largest argument y, 0 where it is smaller.
@inline(__always)
private func isTie<T: Scalar>(_ x: T, _ y: T) -> T { 2 - 2 * T.apply(.greater, y, x) }
