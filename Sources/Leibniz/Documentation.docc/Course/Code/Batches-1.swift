import Leibniz
import LeibnizTools

func batches(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<1000).map { _ in [generator.normal(), generator.normal()] }
  let y = x.map { 3 * $0[0] - 2 * $0[1] + 1 + generator.normal() }
  let data = try Dataset(features: x, targets: y)
}
