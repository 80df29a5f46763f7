import Leibniz
import LeibnizTools

func deepNetworks(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<60).map { _ in [generator.normal(), generator.normal()] }

  func block(_ remedy: String, _ inputs: Int) -> [any Module] {
    func layer(_ activation: Activation, _ initializer: Initializer) -> Layer {
      Layer(
        inputs: inputs, outputs: 8, activation: activation, initializer: initializer,
        using: &generator)
    }
    switch remedy {
    case "relu, He's weights": return [layer(.relu, .he)]
    case "small weights, layer normalisation":
      return [
        layer(.linear, .uniform(bound: 0.3)), LayerNorm(features: 8), Activation.relu,
      ]
    case "residual connections":
      let layer = layer(.sigmoid, .glorot)
      return inputs == 8 ? [Residual(layer)] : [layer]
    default: return [layer(.sigmoid, .glorot)]
    }
  }
}
