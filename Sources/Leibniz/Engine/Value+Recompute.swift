extension Value {
  /// Recomputes this value and everything below it, after variables were set.
  ///
  /// ```swift
  /// let x = Value(2), y = x * x
  /// x.data = 3
  /// y.recompute()
  /// print(y.data)  // 9.0
  /// ```
  ///
  /// - Complexity: O(nodes + edges).
  public func recompute() {
    Graph([self]).forEach { node in
      if node.isOperation { node.number = node.evaluated() }
    }
  }
}

extension Node {
  /// The operation's value at its children's numbers.
  func evaluated() -> Double {
    switch expression {
    case .variable, .constant: number
    case .unary(let f, let x): f.value(x.number)
    case .binary(let f, let x, let y): f.value(x.number, y.number)
    case .binaryNumberSecond(let f, let x, let y): f.value(x.number, y)
    case .binaryNumberFirst(let f, let x, let y): f.value(x, y.number)
    case .nary(let f, let x): f.value(count: x.count) { x[$0].number }
    case .dot(let factors, let f): Node.activated(factors.sum, by: f)
    case .custom(let operation, let x): operation.takeUnretainedValue().value(x.map { $0.number })
    case .call(let call, let x): call.takeUnretainedValue().evaluated(x.map { $0.number })
    case .output(let i, let call): call.call?.call.values[Int(i)] ?? .nan
    }
  }
}
