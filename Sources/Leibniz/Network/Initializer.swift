/// The distribution of a layer's initial weights. Biases are initially zero.
public enum Initializer: Sendable {
  /// Uniform in −bound…bound. micrograd uses 1.
  case uniform(bound: Double)
  /// Normal with mean 0.
  case normal(standardDeviation: Double)
  /// Uniform with variance 2 / (inputs + outputs), for tanh and sigmoid.
  ///
  /// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural
  /// networks*, 2010.
  case glorot
  /// Normal with variance 2 / inputs, for relu and similar functions.
  ///
  /// Source: He, Zhang, Ren and Sun, *Delving deep into rectifiers*, 2015.
  case he

  /// A random weight for a layer with `inputs` inputs and `outputs` outputs.
  @_specialize(where G == SeededGenerator)
  public func weight<G: RandomNumberGenerator>(
    inputs: Int, outputs: Int, using generator: inout G
  ) -> Double {
    switch self {
    case .uniform(let bound):
      require(
        bound >= 0 && bound.isFinite, "Weights cannot be drawn from -bound...bound for \(bound).")
      return .random(in: -bound...bound, using: &generator)
    case .normal(let standardDeviation):
      return standardDeviation * generator.normal()
    case .glorot:
      let bound = (6 / Double(max(inputs + outputs, 1))).squareRoot()
      return .random(in: -bound...bound, using: &generator)
    case .he:
      return generator.normal() * (2 / Double(max(inputs, 1))).squareRoot()
    }
  }
}

extension Activation {
  /// He's weights for the relu family, Glorot's for the others.
  var usualInitializer: Initializer {
    switch self {
    case .unary(.relu), .unary(.gelu), .unary(.silu), .unary(.softplus), .leakyReLU, .elu: .he
    default: .glorot
    }
  }
}
