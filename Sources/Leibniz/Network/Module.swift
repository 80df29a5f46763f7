/// A part of a model: a function of some numbers, with parameters.
///
/// ```swift
/// var generator = SeededGenerator(seed: 42)
/// let model = MLP(inputs: 2, layers: [16, 16, 1], using: &generator)
/// let scores = model([0.5, -1.0])            // [Value]: can be differentiated
/// let numbers: [Double] = model([0.5, -1.0]) // plain inference: records nothing
/// ```
///
/// The function is written once over ``Scalar``.
public protocol Module {
  /// What training changes, in a fixed order.
  var parameters: [Value] { get }

  /// The outputs for one sample, as in inference.
  func callAsFunction<S: Scalar>(_ x: [S]) -> [S]
}

extension Module {
  /// The outputs for one sample of plain numbers, differentiable by the parameters.
  public func callAsFunction(_ x: [Double]) -> [Value] { self(x.map(Value.constant)) }

  /// Sets the gradients of all parameters to zero.
  public func zeroGrad() {
    for parameter in parameters { parameter.zeroGrad() }
  }
}
