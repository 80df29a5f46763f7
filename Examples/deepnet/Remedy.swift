import Leibniz

/// A way to build a deep network.
enum Remedy: String, CaseIterable {
  case none = "sigmoid, Glorot's weights"
  case relu = "relu, small uniform weights"
  case he = "relu, He's weights"
  case normalized = "relu, He's weights, batch normalisation"
  case residual = "relu, small uniform weights, residual connections"

  /// Some hidden layers between two inputs and one output.
  func network<G: RandomNumberGenerator>(
    depth: Int, width: Int, using generator: inout G
  ) -> Sequential {
    var modules: [any Module] = []
    for place in 0..<depth {
      let inputs = place == 0 ? 2 : width
      modules.append(contentsOf: block(inputs, width, using: &generator))
    }
    return Sequential(modules + [Layer(inputs: width, outputs: 1, using: &generator)])
  }

  private func block<G: RandomNumberGenerator>(
    _ inputs: Int, _ outputs: Int, using generator: inout G
  ) -> [any Module] {
    func layer(_ activation: Activation, _ initializer: Initializer) -> Layer {
      Layer(
        inputs: inputs, outputs: outputs, activation: activation, initializer: initializer,
        using: &generator)
    }
    let small = Initializer.uniform(bound: 0.3)
    switch self {
    case .none: return [layer(.sigmoid, .glorot)]
    case .relu: return [layer(.relu, small)]
    case .he: return [layer(.relu, .he)]
    case .normalized: return [layer(.linear, .he), BatchNorm(features: outputs), Activation.relu]
    case .residual:
      let layer = layer(.relu, small)
      return inputs == outputs ? [Residual(layer)] : [layer]
    }
  }
}
