import Leibniz
import LeibnizTools

func searchingSettings(picture: String) async throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<400).map { _ in [generator.normal(), generator.normal()] }
  let data = try Dataset(features: x, labels: x.map { $0[0] * $0[1] > 0 ? 1 : 0 })
  let parts = data.split([0.5, 0.5], using: &generator)

  let search = HyperparameterSearch(
    ["rate": .logarithmic(1e-4...1), "hidden": .integers(2...32)], by: .sobol(16), epochs: 20,
    seed: 1)
}
