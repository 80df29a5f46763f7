import Leibniz

/// A network for images of digits: two layers of filters, each followed by the largest of every four, and
/// a dense layer.
public func convolutionalNetwork(over image: ImageShape, hidden: Int, seed: UInt64) -> Sequential {
  var generator = SeededGenerator(seed: seed)
  let first = Convolution(
    over: image, filters: 16, size: 3, padding: 1, activation: .relu, using: &generator)
  let halved = Pooling(.maximum, over: first.output, size: 2)
  let second = Convolution(
    over: halved.output, filters: 32, size: 3, padding: 1, activation: .relu, using: &generator)
  let quartered = Pooling(.maximum, over: second.output, size: 2)
  return Sequential([
    first, halved, second, quartered,
    Layer(
      inputs: quartered.output.count, outputs: hidden, activation: .relu, using: &generator),
    Layer(inputs: hidden, outputs: 10, using: &generator),
  ])
}
