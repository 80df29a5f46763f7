import Leibniz
import LeibnizTools

func overfitting(picture: String) throws {
  var generator = SeededGenerator(seed: 4)
  func measured(_ count: Int) throws -> Dataset {
    let x = (0..<count).map { _ in Double.random(in: -3...3, using: &generator) }
    return try Dataset(
      features: x.map { [$0] }, targets: x.map { sin($0) + 0.3 * generator.normal() })
  }
  let few = try measured(15), many = try measured(300), unseen = try measured(300)
}
