import Leibniz
import LeibnizTools

/// The gradient of a batch of n scatters around that of all samples as 1/√n.
func batchesSolution() {
  var generator = SeededGenerator(seed: 1)
  let samples = (0..<10_000).map { _ in 3 + generator.normal() }
  for size in [1, 10, 100, 1000] {
    let gradients = (0..<200).map { _ in
      let batch = (0..<size).map { _ in samples.randomElement(using: &generator)! }
      return derivative(at: 0) { m in .mean(batch.map { (m - $0).power(2) }) }
    }
    let mean = gradients.reduce(0, +) / 200
    let variance = gradients.reduce(0) { $0 + pow($1 - mean, 2) } / 200
    print("\(size): \(sqrt(variance))")  // about 2, 0.63, 0.2, 0.063
  }
}
