extension Module {
  /// Checks the gradient of a loss with respect to every parameter against central differences.
  ///
  /// ```swift
  /// try model.checkGradients { meanSquaredError(predicted: model(x), expected: y) }
  /// ```
  ///
  /// The parameters and their gradients are restored before it returns or throws.
  ///
  /// - Parameters:
  ///   - tolerance: as for ``checkGradient(at:tolerance:of:)``.
  ///   - loss: computes the loss from the model, the same one at each call.
  /// - Returns: the parameter with the largest relative error, by its index in `parameters`.
  /// - Throws: ``GradientCheckError`` with the worst parameter and both its numbers.
  /// - Complexity: O(parameters · operations of `loss`).
  @discardableResult
  public func checkGradients(
    tolerance: Double = 1e-6, of loss: () -> Value
  ) throws(GradientCheckError) -> GradientCheck {
    let parameters = parameters
    let (numbers, gradients) = (parameters.map { $0.data }, parameters.map { $0.grad })
    defer {
      for (i, parameter) in parameters.enumerated() {
        parameter.data = numbers[i]
        parameter.grad = gradients[i]
      }
    }
    zeroGrad()
    loss().backward()
    return try check(parameters.map { $0.grad }, at: numbers, tolerance: tolerance) { moved in
      for (parameter, number) in zip(parameters, moved) { parameter.data = number }
      return loss().data
    }
  }
}
