/// Gradient descent with a step per parameter that shrinks as its squared gradients accumulate.
///
/// s ← s + g² and p ← p − learningRate · g / (√s + epsilon), with `weightDecay` times the parameter
/// added to g.
///
/// ```swift
/// let optimizer = AdaGrad(model.parameters, learningRate: 0.01)
/// ```
///
/// Source: Duchi, Hazan and Singer, *Adaptive subgradient methods*, 2011.
public final class AdaGrad: Optimizer {
  public let parameters: [Value]
  public var learningRate: Double
  /// A small number that keeps the quotient finite.
  public let epsilon: Double
  /// The weight of the penalty ½ Σp² in the objective.
  public let weightDecay: Double
  /// Remembers s.
  public var state: OptimizerState

  /// AdaGrad on the given variables.
  public init(
    _ parameters: [Value], learningRate: Double = 0.01, epsilon: Double = 1e-10,
    weightDecay: Double = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    state = OptimizerState(quantities: 1, parameters: parameters)
  }

  public func update(
    _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>
  ) {
    state.steps += 1
    state.memory.withUnsafeMutableBufferPointer { sum in
      for i in values.indices {
        let g = gradients[i] + weightDecay * values[i]
        sum[i] += g * g
        values[i] -= learningRate * g / (sum[i].squareRoot() + epsilon)
      }
    }
  }
}
