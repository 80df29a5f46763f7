import Leibniz

extension RandomGraph {
  /// Draws a formula of one to five inputs and up to `size` operations.
  package init(seed: UInt64, size: Int = 200) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...5, using: &generator)
    self.init(inputs: (0..<count).map { _ in .random(in: -2...2, using: &generator) })
    // Small graphs more often than large ones: they cost less and fail more legibly.
    let share = Double.random(in: 0...1, using: &generator)
    let length = max(1, Int(Double(size) * share * share * share))
    var numbers = inputs
    // The largest derivative by an input, bounded by the chain rule: kept from growing with depth.
    var slopes = [Double](repeating: 1, count: count)
    while steps.count < length {
      let step = Self.draw(from: numbers.count, using: &generator)
      guard step.isSmooth(at: step.arguments.map { numbers[$0] }) else { continue }
      let number = Self.evaluate(step, numbers)
      if case .dot(_, _, _, then: .relu) = step, number == 0 { continue }
      let slope = Self.slopeBound(of: step, numbers, slopes)
      guard abs(number) < 4, slope < 20 else { continue }
      steps.append(step)
      numbers.append(number)
      slopes.append(slope)
    }
    let used = Set(steps.flatMap(\.arguments))
    outputs = numbers.indices.filter { !used.contains($0) }
  }

  /// Whether every step is smooth and moderate at these inputs too.
  package func isSmooth(at x: [Double]) -> Bool {
    var numbers = x
    for step in steps {
      guard step.isSmooth(at: step.arguments.map { numbers[$0] }) else { return false }
      numbers.append(Self.evaluate(step, numbers))
      guard abs(numbers[numbers.count - 1]) < 20 else { return false }
    }
    return true
  }

  /// Σ |∂y/∂xᵢ| sᵢ.
  private static func slopeBound(of step: Step, _ numbers: [Double], _ slopes: [Double]) -> Double {
    Set(step.arguments).reduce(0) { sum, argument in
      var duals = numbers.map { Dual($0) }
      duals[argument].tangent = 1
      return sum + abs(evaluate(step, duals).tangent) * slopes[argument]
    }
  }

  private static func draw<G: RandomNumberGenerator>(
    from count: Int, using generator: inout G
  ) -> Step {
    // Recent nodes more often, so that graphs are deep as well as wide.
    func node() -> Int {
      let recent = Swift.max(0, count - 8)
      return Bool.random(using: &generator)
        ? .random(in: recent..<count, using: &generator) : .random(in: 0..<count, using: &generator)
    }
    func nodes(_ count: Int) -> [Int] { (0..<count).map { _ in node() } }
    switch Int.random(in: 0..<17, using: &generator) {
    case 0...7:
      return .unary(UnaryFunction.allCases.randomElement(using: &generator)!, node())
    case 8:
      let f = CustomFunction.allCases.randomElement(using: &generator)!
      return .custom(f, nodes(f.arity))
    case 9...14:
      let row = BinaryFunction.allCases.randomElement(using: &generator)!
      let number = Double(Int.random(in: 1...6, using: &generator)) / 2
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: return .binaryNumberSecond(row, node(), number)
      case 1: return .binaryNumberFirst(row, number, node())
      default: return .binary(row, node(), node())
      }
    default:
      let length = Int.random(in: 1...5, using: &generator)
      let row = NaryFunction.allCases.randomElement(using: &generator)!
      switch row {
      case .select: return .nary(row, nodes(3))
      case .lookup:
        if Bool.random(using: &generator) { return .lookupAtStep(node(), in: nodes(length + 1)) }
        return .lookup(.random(in: 0..<length, using: &generator), in: nodes(length))
      case .dot:
        let functions: [UnaryFunction?] = [nil, .relu, .tanh, .sigmoid]
        return .dot(
          nodes(length), nodes(length), bias: Bool.random(using: &generator) ? node() : nil,
          then: functions.randomElement(using: &generator)!)
      case .sum, .mean, .maximum, .logSumExp: return .nary(row, nodes(length))
      }
    }
  }
}

extension RandomGraph.Step {
  /// Whether the row is smooth and moderate around these arguments.
  fileprivate func isSmooth(at x: [Double]) -> Bool {
    let margin = 0.05
    switch self {
    case .unary(let f, _):
      let isKinked = [.abs, .sign, .step, .relu].contains(f)
      return isKinked ? abs(x[0]) > margin : f.domain.contains(x[0])
    case .binary(let f, _, _): return Self.isSmooth(f, x[0], x[1])
    case .binaryNumberSecond(let f, _, let y): return Self.isSmooth(f, x[0], y)
    case .binaryNumberFirst(let f, let number, _): return Self.isSmooth(f, number, x[0])
    case .nary(.maximum, let list):
      let ranked = Set(list).map { place in x[list.firstIndex(of: place)!] }.sorted(by: >)
      return ranked.count < 2 || ranked[0] - ranked[1] > margin
    case .nary(.select, _), .lookupAtStep: return abs(x[0]) > margin
    case .nary, .dot, .lookup, .custom, .constant: return true
    }
  }

  private static func isSmooth(_ f: BinaryFunction, _ x: Double, _ y: Double) -> Bool {
    let margin = 0.05
    switch f {
    case .add, .subtract, .multiply: return true
    case .divide: return abs(y) > 0.2
    case .power: return x > 0.2
    case .atan2: return x * x + y * y > 0.1 && !(y < 0.1 && abs(x) < margin)
    case .minimum, .maximum, .greater: return abs(x - y) > margin
    case .leakyReLU, .elu: return abs(x) > margin
    }
  }
}
