import Leibniz
import LeibnizTools

func whatItLearnt(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<500).map { _ in (0..<6).map { _ in generator.normal() } }
  let y = x.map { tanh(2 * $0[1] - $0[4]) }
  let data = try Dataset(features: x, targets: y)
}
