/// A module applied to each token of a sequence by itself.
///
/// ```swift
/// let block = Residual(
///   Sequential([
///     EachToken(width: 8, RMSNorm(features: 8)),
///     CausalSelfAttention(width: 8, heads: 2, using: &generator),
///   ]))
/// ```
public struct EachToken<Part: Module>: Module {
  /// How many numbers a token has.
  public let width: Int
  /// What is applied.
  public let part: Part

  /// A module for tokens of a width.
  public init(width: Int, _ part: Part) {
    self.width = width
    self.part = part
  }

  public var parameters: [Value] { part.parameters }

  /// The module's tensors, inside `part`.
  public var tensors: [NamedTensor] { part.tensors.prefixed(with: "part") }

  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    x.rows(of: width).flatMap { part.outputs(for: $0) }
  }

  public func trainingOutputs<G: RandomNumberGenerator>(
    for batch: [[Value]], using generator: inout G
  ) -> [[Value]] {
    let tokens = batch.flatMap { $0.rows(of: width) }
    let outputs = part.trainingOutputs(for: tokens, using: &generator)
    var next = 0
    return batch.map { sequence in
      let count = sequence.count / width
      defer { next += count }
      return outputs[next..<next + count].flatMap { $0 }
    }
  }
}
