/// Stochastic gradient descent, with optional momentum.
///
/// ```swift
/// let x = Value(3)
/// let optimizer = SGD([x], learningRate: 0.1)
/// (x * x).backward()
/// optimizer.step()
/// print(x.data)  // 2.4, which is 3 − 0.1 · 6
/// ```
///
/// With the gradient g, plus `weightDecay` times the parameter: v ← momentum · v + g, from v = g at
/// the first step, and the parameter moves by −learningRate · v; with Nesterov's look ahead by
/// −learningRate · (g + momentum · v).
///
/// Source: Sutskever, Martens, Dahl and Hinton, *On the importance of initialization and momentum
/// in deep learning*, 2013.
public final class SGD: Optimizer {
  public let parameters: [Value]
  public var learningRate: Double
  /// The momentum: the fraction of the last step's direction that is kept, 0..<1.
  public let momentum: Double
  /// Whether the gradient is treated as if evaluated one momentum step ahead (Nesterov).
  public let nesterov: Bool
  /// The weight of the penalty ½ Σp² in the objective.
  public let weightDecay: Double
  /// Remembers v if there is momentum, else nothing.
  public var state: OptimizerState

  /// Descent on the given variables.
  public init(
    _ parameters: [Value], learningRate: Double, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    state = OptimizerState(quantities: momentum == 0 ? 0 : 1, parameters: parameters)
  }

  public func update(
    _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>
  ) {
    let first = state.steps == 0
    state.steps += 1
    // In constants, which what is written cannot change: the loops are then vectorised.
    let (rate, decay, momentum) = (learningRate, weightDecay, momentum)
    if momentum == 0 {
      for i in values.indices { values[i] -= rate * (gradients[i] + decay * values[i]) }
      return
    }
    state.memory.withUnsafeMutableBufferPointer { velocity in
      for i in values.indices {
        let g = gradients[i] + decay * values[i]
        velocity[i] = first ? g : momentum * velocity[i] + g
        values[i] -= rate * (nesterov ? g + momentum * velocity[i] : velocity[i])
      }
    }
  }
}
