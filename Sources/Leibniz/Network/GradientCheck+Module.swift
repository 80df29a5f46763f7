/// Checks the gradient of a loss by all parameters of a model against central differences.
///
/// ```swift
/// try checkModel(model) { meanSquaredError(predicted: model(x), expected: y) }
/// ```
///
/// The parameters and their gradients are as before when it returns or throws.
///
/// - Parameters:
///   - model: whose parameters to check, each one; use a small model.
///   - tolerance: as for ``checkGradient(at:tolerance:of:)``.
///   - loss: computes the loss from the model, the same one at each call.
/// - Returns: the parameter with the largest relative error, by its place in `parameters`.
/// - Throws: ``GradientCheckError`` with the worst parameter and both its numbers.
/// - Complexity: O(parameters · operations of `loss`).
@discardableResult
public func checkModel(
  _ model: some Module, tolerance: Double = 1e-6, loss: () -> Value
) throws(GradientCheckError) -> GradientCheck {
  let parameters = model.parameters
  let (numbers, gradients) = (parameters.map(\.data), parameters.map(\.grad))
  defer {
    for (i, parameter) in parameters.enumerated() {
      parameter.data = numbers[i]
      parameter.grad = gradients[i]
    }
  }
  model.zeroGrad()
  loss().backward()
  return try check(parameters.map(\.grad), at: numbers, tolerance: tolerance) { moved in
    for (parameter, number) in zip(parameters, moved) { parameter.data = number }
    return loss().data
  }
}
