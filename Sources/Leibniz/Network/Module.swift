/// A part of a model: a function of some numbers, with parameters.
///
/// ```swift
/// var generator = SeededGenerator(seed: 42)
/// let model = MLP(inputs: 2, layers: [16, 16, 1], using: &generator)
/// let scores = model([0.5, -1.0])            // [Value]: can be differentiated
/// let numbers: [Double] = model([0.5, -1.0]) // plain inference: records nothing
/// ```
///
/// The function is written once over ``Scalar``. What behaves otherwise while training (dropout,
/// batch normalisation) says so in ``training(_:using:)``: the mode is a call, not a switch.
public protocol Module {
  /// What training changes, in a fixed order.
  var parameters: [Value] { get }

  /// The parameters and other numbers to keep, each group with its name and shape.
  var tensors: [NamedTensor] { get }

  /// The outputs for one sample, as in inference.
  // Disfavoured here and in the modules, so that plain numbers give values where no type is named.
  @_disfavoredOverload
  func callAsFunction<S: Scalar>(_ x: [S]) -> [S]

  /// The outputs for the samples of a batch, as in training.
  func training<G: RandomNumberGenerator>(
    _ batch: [[Value]], using generator: inout G
  ) -> [[Value]]
}

extension Module {
  /// One tensor with all parameters.
  public var tensors: [NamedTensor] {
    [NamedTensor("parameters", shape: [parameters.count], parameters)]
  }

  /// What training changes: the tensors that are trained.
  public var parameters: [Value] { tensors.parameters }

  /// Each sample by itself, as in inference.
  public func training<G: RandomNumberGenerator>(
    _ batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    batch.map { self($0) }
  }

  /// The outputs for a batch of plain numbers, as in training.
  public func training<G: RandomNumberGenerator>(
    _ batch: [[Double]], using generator: inout G
  ) -> [[Value]] {
    training(batch.map { $0.map(Value.constant) }, using: &generator)
  }

  /// The outputs for one sample of plain numbers, differentiable by the parameters.
  public func callAsFunction(_ x: [Double]) -> [Value] { self(x.map(Value.constant)) }

  /// Sets the gradients of all parameters to zero.
  public func zeroGrad() {
    for parameter in parameters { parameter.zeroGrad() }
  }
}
