import Leibniz
import LeibnizTools

/// Which spread of the weights keeps the numbers of relu layers of 64 at their size: He's, √(2/64).
func deepNetworksSolution() {
  for spread in [0.1, sqrt(2.0 / 64), 0.25] {
    var generator = SeededGenerator(seed: 1)
    var x = (0..<64).map { _ in generator.normal() }
    for _ in 0..<20 {
      let layer = Layer(
        inputs: 64, outputs: 64, activation: .relu, bias: false,
        initializer: .normal(standardDeviation: spread), using: &generator)
      x = layer.predict(x)
    }
    print(spread, sqrt(x.reduce(0) { $0 + $1 * $1 } / 64))  // vanishes, keeps its size, explodes
  }
}
