extension Value {
  /// Computes the derivative of this value with respect to everything it depends on, by reverse-mode
  /// automatic differentiation.
  ///
  /// ```swift
  /// let x = Value(3)
  /// let y = x * x
  /// y.backward()
  /// print(x.grad)  // 6.0
  /// y.backward()
  /// print(x.grad)  // 12.0: variables add up, until zeroGrad()
  /// ```
  ///
  /// The chain rule, once for each edge: x.grad += ∂y/∂x · y.grad, where y comes after all that
  /// depends on it (Kahn's topological order). Where the table says that a derivative is zero
  /// everywhere, as that of `sign`, nothing is handed on; any other zero is, and 0 · ∞ is NaN.
  ///
  /// - Parameter seed: the derivative to start from, dL/dL. Any other number scales all gradients.
  /// - Complexity: O(nodes + edges) in time; the stack holds the nodes that wait, one for a chain.
  ///
  /// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., section 3.2;
  /// Kahn, *Topological sorting of large networks*, 1962.
  public func backward(seed: Double = 1) {
    guard isOperation else {
      if isVariable { node.gradient += seed }
      return
    }
    withNode { root in
      Node.forEachInReverse(below: CollectionOfOne(root), leaves: false) {
        $0.gradient = $0 == root ? seed : 0
      } visit: { node, isReached in
        isReached ? node.pushGradient() : []
      }
    }
  }
}

extension Node {
  /// The chain rule at one node: every child's gradient grows by its share of this one's.
  @inline(__always)
  func pushGradient() -> Reach {
    let g = gradient
    switch expression {
    case .variable, .constant: return []
    case .unary(let f, let x):
      guard let slope = f.derivative(x.number, number) else { return [] }
      x.gradient += slope * g
    case .binary(let f, let x, let y):
      let (a, b) = (x.number, y.number)
      var reach: Reach = []
      if let slope = f.derivativeByFirst(a, b, number) {
        x.gradient += slope * g
        reach.insert(.first)
      }
      if let slope = f.derivativeBySecond(a, b, number) {
        y.gradient += slope * g
        reach.insert(.others)
      }
      return reach
    case .binaryNumberSecond(let f, let x, let y):
      guard let slope = f.derivativeByFirst(x.number, y, number) else { return [] }
      x.gradient += slope * g
    case .binaryNumberFirst(let f, let x, let y):
      guard let slope = f.derivativeBySecond(x, y.number, number) else { return [] }
      y.gradient += slope * g
    case .nary(let f, let x):
      f.pullback(of: g, count: x.count, { x[$0].number }, number) { x[$0].gradient += $1 }
      if f.chooses { return .others }
    case .dot(let factors, let f):
      return pushDotGradient(g, factors, then: f)
    case .custom(let operation, let x):
      let slopes = operation.takeUnretainedValue().partials(x.map { $0.number }, number)
      for i in 0..<x.count { x[i].gradient += slopes[i] * g }
    case .call(let call, let x):
      let shares = call.takeUnretainedValue().takePullback(x.map { $0.number })
      for i in 0..<x.count { x[i].gradient += shares[i] }
    case .output(let i, let call): call.call?.call.add(g, to: Int(i))
    }
    return .all
  }
}

/// Which operands an operation has handed a share of its gradient to: what was handed nothing hands
/// nothing on, not even 0 · ∞.
struct Reach: OptionSet {
  let rawValue: UInt8
  static let first = Reach(rawValue: 1)
  static let others = Reach(rawValue: 2)
  static let all: Reach = [.first, .others]
}
