/// A function of some numbers, run once at a point and kept as a graph: what the functional forms
/// of differentiation work on.
///
/// The gradients of values that the function captures do not change.
///
/// A derivative inside another one may depend on the outer variable. As a ``Value`` it can; as a plain
/// number it would lose that silently, so there a sentence is the answer.
struct RecordedFunction {
  let inputs: [Value]
  let outputs: [Value]
  private let graph: Graph

  init(at point: [Double], of function: ([Value]) -> [Value]) {
    let inputs = point.map { Value($0) }
    self.init(of: inputs.asPoint(function), withRespectTo: inputs)
  }

  init(of outputs: [Value], withRespectTo inputs: [Value]) {
    self.inputs = inputs
    self.outputs = outputs
    graph = Graph(outputs, dependingOn: inputs)
  }

  /// The outputs' numbers.
  var values: [Double] {
    if graph.readsPoint { Self.requireNoPoint(below: outputs) }
    return outputs.map { $0.data }
  }

  /// Jᵀ c, the gradient of Σ cᵢ yᵢ.
  func pullback(of cotangent: [Double]) -> [Double] {
    require(
      cotangent.count == outputs.count,
      "A cotangent of length \(cotangent.count) was given for \(counted(outputs.count, "output")).")
    if graph.readsPoint {
      Self.requireNoPoint(below: formulas(cotangent: cotangent.map(Value.constant)))
    }
    return graph.withIndices {
      graph.cotangents(of: outputs, by: inputs, seeds: cotangent).map { $0 ?? 0 }
    }
  }

  /// The gradient of the only output.
  func gradient() -> [Double] { pullback(of: [1]) }

  /// J d, the derivative of the outputs along a direction.
  func pushforward(of direction: [Double]) -> [Double] {
    checkLength(of: direction)
    if graph.readsPoint {
      for output in outputs {
        Self.requireNoPoint(
          below: RecordedFunction(of: [output], withRespectTo: inputs).formulas())
      }
    }
    return graph.withIndices {
      let tangents = graph.tangents(of: inputs, along: direction)
      return outputs.map { $0.hasIndex ? tangents[$0.index] : 0 }
    }
  }

  /// H d for the only output: tangents forwards, then dual cotangents in reverse.
  func hessianVectorProduct(_ direction: [Double]) -> [Double] {
    checkLength(of: direction)
    if graph.readsPoint {
      Self.requireNoPoint(below: hessianVectorProduct(direction.map(Value.constant)))
    }
    return graph.withIndices {
      let tangents = graph.tangents(of: inputs, along: direction)
      return graph.cotangents(of: outputs, by: inputs, seeds: [Dual(1)], tangents: tangents)
        .map { $0?.tangent ?? 0 }
    }
  }

  private func checkLength(of direction: [Double]) {
    require(
      direction.count == inputs.count,
      "A direction of length \(direction.count) was given for a point of length \(inputs.count).")
  }

  /// Stops with a sentence if numbers are asked for that depend on the point of another derivative.
  private static func requireNoPoint(below values: [Value]) {
    var readsPoint = false
    Graph(values).forEach { readsPoint = readsPoint || $0.traits.contains(.isPoint) }
    if readsPoint {
      stop(
        "A derivative inside another depends on the outer variable, which a plain number cannot "
          + "carry: differentiate at values, as in derivative(at: x) or gradients(of:withRespectTo:)."
      )
    }
  }
}

extension RecordedFunction {
  /// The gradients of the only output as graphs.
  func formulas() -> [Value] { formulas(cotangent: [.constant(1)]) }

  /// Jᵀ c as graphs.
  func formulas(cotangent: [Value]) -> [Value] {
    require(
      cotangent.count == outputs.count,
      "A cotangent of length \(cotangent.count) was given for \(counted(outputs.count, "output")).")
    return graph.withIndices {
      var recorder = GradientRecorder(graph)
      return recorder.gradients(of: outputs, cotangent: cotangent, by: inputs)
        .map { $0 ?? .constant(0) }
    }
  }

  /// H d for the only output as graphs.
  func hessianVectorProduct(_ direction: [Value]) -> [Value] {
    require(
      direction.count == inputs.count,
      "A direction of length \(direction.count) was given for a point of length \(inputs.count).")
    return RecordedFunction(of: formulas(), withRespectTo: inputs).formulas(cotangent: direction)
  }
}

/// The vector along coordinate i.
func unitVector(_ i: Int, count: Int) -> [Double] {
  var vector = [Double](repeating: 0, count: count)
  vector[i] = 1
  return vector
}
