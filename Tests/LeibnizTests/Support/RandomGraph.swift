@testable import Leibniz

/// A formula drawn at random from the rows of the primitive table, with nodes shared at random.
///
/// It is a recipe, so the same formula runs on every kind of number. Rows are drawn such that, at
/// the inputs, no number is near a kink or the edge of a domain, and none is large: derivatives by
/// differences can then be held against exact ones.
struct RandomGraph {
  enum Step {
    case unary(Unary, Int)
    case binary(Binary, Int, Int)
    case binaryNumberSecond(Binary, Int, Double)
    case binaryNumberFirst(Binary, Double, Int)
    case nary(Nary, [Int])
    case dot([Int], [Int], bias: Int?)
  }

  var inputs: [Double]
  /// Each step's arguments are places in the list of the inputs, followed by earlier steps.
  var steps: [Step] = []

  init(inputs: [Double], steps: [Step]) {
    self.inputs = inputs
    self.steps = steps
  }

  /// The formula's value: the mean of all steps that no step uses.
  func callAsFunction<T: Scalar>(_ x: [T]) -> T {
    var values = x
    for step in steps { values.append(Self.evaluate(step, values)) }
    return .mean(unused.map { values[$0] })
  }

  static func evaluate<T: Scalar>(_ step: Step, _ values: [T]) -> T {
    switch step {
    case .unary(let f, let x): .apply(f, values[x])
    case .binary(let f, let x, let y): .apply(f, values[x], values[y])
    case .binaryNumberSecond(let f, let x, let y): .apply(f, values[x], y)
    case .binaryNumberFirst(let f, let x, let y): .apply(f, x, values[y])
    case .nary(let f, let list): .apply(f, list.map { values[$0] })
    case .dot(let a, let b, let bias):
      .dot(a.map { values[$0] }, b.map { values[$0] }, bias: bias.map { values[$0] })
    }
  }

  private var unused: [Int] {
    var used = Set<Int>()
    for step in steps { used.formUnion(step.arguments) }
    return (0..<(inputs.count + steps.count)).filter { !used.contains($0) }
  }
}

extension RandomGraph.Step {
  var arguments: [Int] {
    switch self {
    case .unary(_, let x), .binaryNumberSecond(_, let x, _), .binaryNumberFirst(_, _, let x): [x]
    case .binary(_, let x, let y): [x, y]
    case .nary(_, let list): list
    case .dot(let a, let b, let bias): a + b + (bias.map { [$0] } ?? [])
    }
  }

  /// The row of the table.
  var primitive: Primitive {
    switch self {
    case .unary(let f, _): .unary(f)
    case .binary(let f, _, _), .binaryNumberSecond(let f, _, _), .binaryNumberFirst(let f, _, _):
      .binary(f)
    case .nary(let f, _): .nary(f)
    case .dot: .nary(.dot)
    }
  }
}

/// A random graph of up to `size` operations, its output and its inputs.
///
/// Equal seeds give equal graphs.
func randomGraph(seed: UInt64, size: Int = 200) -> (output: Value, inputs: [Value]) {
  let graph = RandomGraph(seed: seed, size: size)
  let inputs = graph.inputs.map { Value($0) }
  return (graph(inputs), inputs)
}
