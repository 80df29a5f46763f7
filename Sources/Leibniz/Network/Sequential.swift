/// Modules one after the other.
///
/// ```swift
/// let model = Sequential([
///   Layer(inputs: 64, outputs: 32, using: &generator), BatchNorm(features: 32), Activation.relu,
///   Dropout(rate: 0.2), Layer(inputs: 32, outputs: 10, using: &generator),
/// ])
/// ```
public struct Sequential: Module {
  /// The modules, in the order in which they are applied.
  public let modules: [any Module]

  /// A chain of modules.
  public init(_ modules: [any Module]) { self.modules = modules }

  /// The modules' parameters, in order.
  public var parameters: [Value] { modules.flatMap { $0.parameters } }

  /// The modules' tensors, inside `0`, `1`, …
  public var tensors: [NamedTensor] {
    modules.enumerated().flatMap { $1.tensors.prefixed(with: "\($0)") }
  }

  /// The modules' parts, inside `0`, `1`, …
  public var parts: [ModulePart] {
    modules.enumerated().flatMap { $1.parts.prefixed(with: "\($0)") }
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    modules.reduce(x) { $1.outputs(for: $0) }
  }

  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    var batch = batch
    for module in modules { batch = module.trainingOutputs(for: batch, using: &generator) }
    return batch
  }
}

/// A module whose input is added to its output, so that gradients can flow around it.
///
/// y = x + f(x).
///
/// ```swift
/// let block = Residual(Layer(inputs: 16, outputs: 16, activation: .relu, using: &generator))
/// ```
///
/// Source: He, Zhang, Ren and Sun, *Deep residual learning for image recognition*, 2016.
public struct Residual: Module {
  /// The function f; it has the same number of outputs as inputs.
  public let block: any Module

  /// A module with a path around it.
  public init(_ block: any Module) { self.block = block }

  public var parameters: [Value] { block.parameters }

  /// The block's tensors, inside `block`.
  public var tensors: [NamedTensor] { block.tensors.prefixed(with: "block") }

  /// The block's parts, inside `block`.
  public var parts: [ModulePart] { block.parts.prefixed(with: "block") }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] { sum(x, block.outputs(for: x)) }

  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    zip(batch, block.trainingOutputs(for: batch, using: &generator)).map(sum)
  }

  private func sum<S: Scalar>(_ x: [S], _ y: [S]) -> [S] {
    require(
      x.count == y.count,
      "A residual block has \(counted(x.count, "input")) but \(counted(y.count, "output")).")
    return zip(x, y).map { $0 + $1 }
  }
}
