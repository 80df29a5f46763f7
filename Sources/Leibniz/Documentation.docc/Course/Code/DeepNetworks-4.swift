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

  func gradients(_ remedy: String) -> [Double] {
    let blocks = (0..<20).map { Sequential(block(remedy, $0 == 0 ? 2 : 8)) }
    let head = Layer(inputs: 8, outputs: 1, using: &generator)
    let model = Sequential(blocks + [head] as [any Module])
    meanSquaredError(predicted: x.map { model($0)[0] }, expected: x.map { $0[0] }).backward()
    return blocks.map { block in
      let parameters = block.parameters
      return sqrt(parameters.reduce(0) { $0 + $1.grad * $1.grad } / Double(parameters.count))
    }
  }

  let remedies = [
    "sigmoid alone", "relu, He's weights", "small weights, layer normalisation",
    "residual connections",
  ]
  let flows = remedies.map(gradients)
  for (remedy, flow) in zip(remedies, flows) {
    print("\(remedy): the first layer has \(flow[0] / flow[19]) of the last one's gradient")
  }
  guard flows[0][0] / flows[0][19] < 1e-9 && flows[3][0] / flows[3][19] > 1e-3 else {
    fatalError("The plain gradient should vanish, and not with residual connections.")
  }
}
