/// Gradient descent with each step divided by the running root mean square of the gradient.
///
/// s ← decay · s + (1 − decay) g² and p ← p − learningRate · g / (√s + epsilon), with `weightDecay`
/// times the parameter added to g; with momentum the quotient is accumulated, v ← momentum · v + g / …,
/// and p moves by −learningRate · v.
///
/// ```swift
/// let optimizer = RMSProp(model.parameters, learningRate: 0.001)
/// ```
///
/// Source: Tieleman and Hinton, *Neural Networks for Machine Learning*, lecture 6.5, 2012.
public final class RMSProp: Optimizer {
  public let parameters: [Value]
  public var learningRate: Double
  /// The decay of the running mean of squares, 0..<1.
  public let decay: Double
  /// The momentum: the fraction of the last step's direction that is kept, 0..<1.
  public let momentum: Double
  /// A small number that keeps the quotient finite.
  public let epsilon: Double
  /// The weight of the penalty ½ Σp² in the objective.
  public let weightDecay: Double
  /// Remembers s, then v.
  public var state: OptimizerState

  /// RMSProp on the given variables.
  public init(
    _ parameters: [Value], learningRate: Double = 0.01, decay: Double = 0.99, momentum: Double = 0,
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.decay = decay
    self.momentum = momentum
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    state = OptimizerState(quantities: 2, parameters: parameters)
  }

  public func update(
    _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>
  ) {
    state.steps += 1
    state.memory.withUnsafeMutableBufferPointer { memory in
      let size = memory.baseAddress!, velocity = size + values.count
      for i in values.indices {
        let g = gradients[i] + weightDecay * values[i]
        size[i] = decay * size[i] + (1 - decay) * g * g
        velocity[i] = momentum * velocity[i] + g / (size[i].squareRoot() + epsilon)
        values[i] -= learningRate * velocity[i]
      }
    }
  }
}
