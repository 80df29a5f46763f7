/// A part of a model: a function of some numbers, with parameters.
///
/// ```swift
/// var generator = SeededGenerator(seed: 42)
/// let model = MLP(inputs: 2, layers: [16, 16, 1], using: &generator)
/// let scores = model([0.5, -1.0])            // values, which can be differentiated
/// let numbers: [Double] = model([0.5, -1.0]) // plain inference: records nothing
/// ```
///
/// The function is written once over ``NetworkScalar``. Modules that behave differently during
/// training (dropout, batch normalisation) implement ``trainingOutputs(for:using:)``: the mode is
/// chosen by the call, not by a switch.
public protocol Module: CustomStringConvertible {
  /// The parameters and other numbers to keep, each group with its name and shape.
  var tensors: [NamedTensor] { get }

  /// What training changes, in a fixed order: the numbers of the trained tensors, unless a module
  /// prefers another order.
  var parameters: [Value] { get }

  /// What the module is built of, for its description: itself by default.
  var parts: [ModulePart] { get }

  /// The outputs for one sample, as in inference. Callers write `model(x)`; modules implement this
  /// method.
  func outputs<S: NetworkScalar>(for x: [S]) -> [S]

  /// The outputs for the samples of a batch, as in training: each sample by itself, as in inference,
  /// unless a module needs random numbers or the other samples.
  func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]]
}

extension Module {
  public var parameters: [Value] { tensors.parameters }

  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    batch.map { outputs(for: $0) }
  }

  /// The outputs for a batch of plain numbers, as in training.
  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Double]], using generator: inout G
  ) -> [[Value]] {
    trainingOutputs(for: batch.map { $0.map(Value.constant) }, using: &generator)
  }

  /// The outputs for one sample, as in inference.
  // Disfavoured, so that plain numbers give values where no type is named.
  @_disfavoredOverload
  public func callAsFunction<S: NetworkScalar>(_ x: [S]) -> [S] { outputs(for: x) }

  /// The outputs for one sample of plain numbers, differentiable with respect to the parameters.
  public func callAsFunction(_ x: [Double]) -> [Value] { outputs(for: x.map(Value.constant)) }

  /// The outputs for one sample, plain numbers for plain numbers: nothing is recorded.
  ///
  /// ```swift
  /// let scores = model.predict([0.5, -1.0])  // plain numbers
  /// ```
  public func predict(_ x: [Double]) -> [Double] { outputs(for: x) }

  /// Sets the gradients of all parameters to zero.
  public func zeroGrad() {
    for parameter in parameters { parameter.zeroGrad() }
  }
}
