import LeibnizKernels

/// Adaptive moments: a running mean of the gradients, divided by their running root mean square.
///
/// m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g²; at step t
/// p ← p − learningRate · (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + epsilon), with `weightDecay` times
/// the parameter added to g. ``AdamW`` decouples the decay.
///
/// ```swift
/// let optimizer = Adam(model.parameters, learningRate: 0.001)
/// ```
///
/// Source: Kingma and Ba, *Adam: a method for stochastic optimization*, 2015.
public class Adam: Optimizer {
  public final let parameters: [Value]
  public final var learningRate: Double
  /// The decay of the running mean and of the running mean of squares, each 0..<1.
  public final let betas: (Double, Double)
  /// A small number that keeps the quotient finite.
  public final let epsilon: Double
  /// The strength of the decay towards zero.
  public final let weightDecay: Double
  /// Remembers m, then s.
  public final var state: OptimizerState
  private let decouplesDecay: Bool

  /// Adam on the given variables.
  public convenience init(
    _ parameters: [Value], learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.init(
      parameters, learningRate: learningRate, betas: betas, epsilon: epsilon,
      weightDecay: weightDecay, decouplesDecay: false)
  }

  init(
    _ parameters: [Value], learningRate: Double, betas: (Double, Double), epsilon: Double,
    weightDecay: Double, decouplesDecay: Bool
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decouplesDecay = decouplesDecay
    state = OptimizerState(quantities: 2, parameters: parameters)
  }

  public final func update(
    _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>
  ) {
    state.steps += 1
    let (beta1, beta2) = betas
    let correction1 = 1 - beta1.power(Double(state.steps))
    let correction2 = (1 - beta2.power(Double(state.steps))).squareRoot()
    let rule = leibniz_adam_rule(
      beta1: beta1, beta2: beta2, rate: learningRate / correction1, correction: 1 / correction2,
      epsilon: epsilon, coupled: decouplesDecay ? 0 : weightDecay,
      kept: decouplesDecay ? 1 - learningRate * weightDecay : 1)
    state.memory.withUnsafeMutableBufferPointer { memory in
      guard let mean = memory.baseAddress else { return }
      leibniz_adam(
        values.baseAddress!, gradients.baseAddress!, mean, mean + values.count, values.count, rule)
    }
  }
}

/// ``Adam`` whose weight decay does not go through the running moments: before the step every
/// parameter is multiplied by 1 − learningRate · weightDecay.
///
/// ```swift
/// let optimizer = AdamW(model.parameters, learningRate: 0.001, weightDecay: 0.01)
/// ```
///
/// Source: Loshchilov and Hutter, *Decoupled weight decay regularization*, 2019.
public final class AdamW: Adam {
  /// AdamW on the given variables.
  public convenience init(
    _ parameters: [Value], learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.init(
      parameters, learningRate: learningRate, betas: betas, epsilon: epsilon,
      weightDecay: weightDecay, decouplesDecay: true)
  }
}
