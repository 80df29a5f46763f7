/// A function of some numbers, run once at a point and kept as a graph: what the functional forms
/// of differentiation work on.
///
/// The gradients of values that the function captures from outside are left alone.
struct Recording {
  private let inputs: [Value]
  let outputs: [Value]
  private let graph: Graph
  private let active: [Bool]

  init(at point: [Double], of function: ([Value]) -> [Value]) {
    let inputs = point.map { Value($0) }
    self.init(of: function(inputs), withRespectTo: inputs)
  }

  init(of outputs: [Value], withRespectTo inputs: [Value]) {
    self.inputs = inputs
    self.outputs = outputs
    let graph = Graph(outputs + inputs)
    self.graph = graph
    active = graph.withIndices { graph.dependents(of: inputs) }
  }

  /// The outputs' numbers.
  var values: [Double] { outputs.map { $0.data } }

  /// Jᵀ c, the gradient of Σ cᵢ yᵢ.
  func pullback(of cotangent: [Double]) -> [Double] {
    precondition(
      cotangent.count == outputs.count,
      "\(cotangent.count) cotangents were given for \(outputs.count) outputs.")
    return graph.withIndices {
      let cotangents = graph.cotangents(
        of: outputs, seeds: cotangent, active: active, numbers: graph.nodes.map { $0.number })
      return inputs.map { cotangents[$0.node.index] ?? 0 }
    }
  }

  /// The gradient of the only output.
  func gradient() -> [Double] { pullback(of: [1]) }

  /// J d, the derivative of the outputs along a direction.
  func pushforward(of direction: [Double]) -> [Double] {
    checkLength(of: direction)
    return graph.withIndices {
      let tangents = graph.tangents(of: inputs, along: direction)
      return outputs.map { tangents[$0.node.index] }
    }
  }

  /// H d for the only output: tangents forwards, then dual cotangents in reverse.
  func hessianVectorProduct(_ direction: [Double]) -> [Double] {
    checkLength(of: direction)
    return graph.withIndices {
      let tangents = graph.tangents(of: inputs, along: direction)
      let numbers = zip(graph.nodes, tangents).map { Dual($0.number, tangent: $1) }
      let cotangents = graph.cotangents(
        of: outputs, seeds: [Dual(1)], active: active, numbers: numbers)
      return inputs.map { cotangents[$0.node.index]?.tangent ?? 0 }
    }
  }

  /// The gradients of the only output as graphs.
  func formulas() -> [Value] {
    graph.withIndices {
      let cotangents = graph.cotangents(
        of: outputs, seeds: [Formula.constant(1)], active: active,
        numbers: graph.nodes.map { Formula($0.value) })
      return inputs.map { cotangents[$0.node.index]?.value ?? .constant(0) }
    }
  }

  private func checkLength(of direction: [Double]) {
    precondition(
      direction.count == inputs.count,
      "A direction of \(direction.count) numbers was given for \(inputs.count) inputs.")
  }
}

/// The vector along coordinate i.
func unitVector(_ i: Int, count: Int) -> [Double] {
  var vector = [Double](repeating: 0, count: count)
  vector[i] = 1
  return vector
}
