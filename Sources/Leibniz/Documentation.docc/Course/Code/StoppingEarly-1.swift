import Leibniz
import LeibnizTools

func stoppingEarly(picture: String) throws {
  var generator = SeededGenerator(seed: 4)
  let x = (0..<45).map { _ in Double.random(in: -3...3, using: &generator) }
  let data = try Dataset(
    features: x.map { [$0] }, targets: x.map { sin($0) + 0.3 * generator.normal() })
  let parts = data.split([1.0 / 3, 2.0 / 3], using: &generator)
}
