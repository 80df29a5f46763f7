/// A function of some numbers, run once at a point and kept as a graph: what the functional forms
/// of differentiation work on.
///
/// The gradients of values that the function captures from outside are left alone.
struct RecordedFunction {
  private let inputs: [Value]
  let outputs: [Value]
  private let graph: Graph

  init(at point: [Double], of function: ([Value]) -> [Value]) {
    let inputs = point.map { Value($0) }
    self.init(of: function(inputs), withRespectTo: inputs)
  }

  init(of outputs: [Value], withRespectTo inputs: [Value]) {
    self.inputs = inputs
    self.outputs = outputs
    graph = Graph(outputs, dependingOn: inputs)
  }

  /// The outputs' numbers.
  var values: [Double] { outputs.map { $0.data } }

  /// Jᵀ c, the gradient of Σ cᵢ yᵢ.
  func pullback(of cotangent: [Double]) -> [Double] {
    require(
      cotangent.count == outputs.count,
      "\(cotangent.count) cotangents were given for \(outputs.count) outputs.")
    return graph.withIndices {
      graph.cotangents(of: outputs, by: inputs, seeds: cotangent).map { $0 ?? 0 }
    }
  }

  /// The gradient of the only output.
  func gradient() -> [Double] { pullback(of: [1]) }

  /// J d, the derivative of the outputs along a direction.
  func pushforward(of direction: [Double]) -> [Double] {
    checkLength(of: direction)
    return graph.withIndices {
      let tangents = graph.tangents(of: inputs, along: direction)
      return outputs.map { $0.node.hasIndex ? tangents[$0.node.index] : 0 }
    }
  }

  /// H d for the only output: tangents forwards, then dual cotangents in reverse.
  func hessianVectorProduct(_ direction: [Double]) -> [Double] {
    checkLength(of: direction)
    return graph.withIndices {
      let tangents = graph.tangents(of: inputs, along: direction)
      return graph.cotangents(of: outputs, by: inputs, seeds: [Dual(1)], tangents: tangents)
        .map { $0?.tangent ?? 0 }
    }
  }

  /// The gradients of the only output as graphs.
  func formulas() -> [Value] {
    graph.withIndices {
      graph.cotangents(of: outputs, by: inputs, seeds: [SimplifiedValue.constant(1)])
        .map { $0?.value ?? .constant(0) }
    }
  }

  private func checkLength(of direction: [Double]) {
    require(
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
