import Leibniz

/// A formula drawn at random from the rows of the primitive table, with nodes shared at random.
///
/// It is a recipe, so the same formula runs on every kind of number. Rows are drawn such that, at
/// the inputs, no number is near a kink or the edge of a domain, and none is large: derivatives by
/// differences can then be held against exact ones.
package struct RandomGraph {
  package enum Step {
    case unary(UnaryFunction, Int)
    case binary(BinaryFunction, Int, Int)
    case binaryNumberSecond(BinaryFunction, Int, Double)
    case binaryNumberFirst(BinaryFunction, Double, Int)
    case nary(NaryFunction, [Int])
    case lookup(Int, in: [Int])
    /// The second entry of a table where a number is above 0, else the first: an index that is data.
    case lookupAtStep(Int, in: [Int])
    case dot([Int], [Int], bias: Int?, then: UnaryFunction?)
    case custom(CustomFunction, [Int])
    case constant(Double)
  }

  package var inputs: [Double]
  /// Each step's arguments are places in the list of the inputs, followed by earlier steps.
  package var steps: [Step] = []
  /// The places whose mean is the formula's value.
  package var outputs: [Int] = []

  package init(inputs: [Double]) { self.inputs = inputs }

  /// The formula's value.
  package func callAsFunction<T: Scalar>(_ x: [T]) -> T {
    var values = x
    for step in steps { values.append(Self.evaluate(step, values)) }
    return .mean(outputs.map { values[$0] })
  }

  /// The same formula with the numbers that stop a gradient frozen at the inputs: what differences
  /// have to see.
  package var withStopsFrozen: RandomGraph {
    var frozen = self
    var values = inputs
    for (i, step) in steps.enumerated() {
      values.append(Self.evaluate(step, values))
      if step.primitive == .unary(.stopGradient) { frozen.steps[i] = .constant(values.last!) }
    }
    return frozen
  }

  package static func evaluate<T: Scalar>(_ step: Step, _ values: [T]) -> T {
    switch step {
    case .unary(let f, let x): .apply(f, values[x])
    case .binary(let f, let x, let y): .apply(f, values[x], values[y])
    case .binaryNumberSecond(let f, let x, let y): .apply(f, values[x], y)
    case .binaryNumberFirst(let f, let x, let y): .apply(f, x, values[y])
    case .nary(let f, let list): .apply(f, list.map { values[$0] })
    case .lookup(let index, let table):
      .lookup(table.map { values[$0] }, at: .constant(Double(index)))
    case .lookupAtStep(let x, let table): .lookup(table.map { values[$0] }, at: values[x].step())
    case .custom(let f, let list): f(list.map { values[$0] })
    case .dot(let a, let b, let bias, let f):
      neuron(a.map { values[$0] }, b.map { values[$0] }, bias: bias.map { values[$0] }, then: f)
    case .constant(let number): .constant(number)
    }
  }

  /// A neuron: one node in a graph, its two functions on other numbers.
  private static func neuron<T: Scalar>(_ a: [T], _ b: [T], bias: T?, then f: UnaryFunction?) -> T {
    if let f, let a = a as? [Value], let b = b as? [Value] {
      return Value.neuron(weights: a, b, bias: bias as! Value?, then: f) as! T
    }
    let sum = T.dot(a, b, bias: bias)
    return f.map { .apply($0, sum) } ?? sum
  }
}

extension RandomGraph.Step {
  package var arguments: [Int] {
    switch self {
    case .unary(_, let x), .binaryNumberSecond(_, let x, _), .binaryNumberFirst(_, _, let x): [x]
    case .binary(_, let x, let y): [x, y]
    case .nary(_, let list), .lookup(_, let list), .custom(_, let list): list
    case .lookupAtStep(let x, let table): [x] + table
    case .dot(let a, let b, let bias, _): a + b + (bias.map { [$0] } ?? [])
    case .constant: []
    }
  }

  /// The row of the table.
  package var primitive: Primitive? {
    switch self {
    case .unary(let f, _): .unary(f)
    case .binary(let f, _, _), .binaryNumberSecond(let f, _, _), .binaryNumberFirst(let f, _, _):
      .binary(f)
    case .nary(let f, _): .nary(f)
    case .lookup, .lookupAtStep: .nary(.lookup)
    case .custom(let f, _): .custom(f.rawValue)
    case .dot(_, _, _, then: let f?): .neuron(f)
    case .dot: .nary(.dot)
    case .constant: nil
    }
  }
}

/// A random graph of up to `size` operations, its output and its inputs.
///
/// Equal seeds give equal graphs.
package func randomGraph(seed: UInt64, size: Int = 200) -> (output: Value, inputs: [Value]) {
  let graph = RandomGraph(seed: seed, size: size)
  let inputs = graph.inputs.map { Value($0) }
  return (graph(inputs), inputs)
}
