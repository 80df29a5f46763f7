/// A bound on gradients, so that one bad batch cannot throw the parameters far away.
///
/// ```swift
/// let clipping = GradientClipping.norm(1)
/// loss.backward()
/// clipping.clip(model.parameters)  // the norm before
/// optimizer.step()
/// ```
public enum GradientClipping: Sendable {
  /// Scales all gradients together until their Euclidean norm is at most this: g ← g · bound / ‖g‖
  /// where ‖g‖ is above the bound.
  ///
  /// Source: Pascanu, Mikolov and Bengio, *On the difficulty of training recurrent neural
  /// networks*, 2013.
  case norm(Double)
  /// Clamps each gradient to ± this bound.
  case value(Double)

  /// Clips the gradients of parameters.
  ///
  /// - Returns: the Euclidean norm of the gradients before clipping.
  /// - Complexity: O(parameters).
  @discardableResult
  public func clip(_ parameters: [Value]) -> Double {
    var gradients = parameters.map { $0.grad }
    let norm = gradients.withUnsafeMutableBufferPointer { clip($0) }
    for (parameter, gradient) in zip(parameters, gradients) { parameter.grad = gradient }
    return norm
  }

  /// Clips gradients stored contiguously.
  ///
  /// - Returns: their Euclidean norm before clipping.
  @discardableResult
  public func clip(_ gradients: UnsafeMutableBufferPointer<Double>) -> Double {
    let norm = euclideanNorm(gradients)
    for i in gradients.indices {
      switch self {
      case .norm(let bound): if norm > bound { gradients[i] *= bound / norm }
      case .value(let bound): gradients[i] = max(-bound, min(gradients[i], bound))
      }
    }
    return norm
  }
}
