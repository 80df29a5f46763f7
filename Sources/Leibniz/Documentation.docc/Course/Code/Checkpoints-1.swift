import Leibniz
import LeibnizTools

func checkpoints(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<200).map { _ in [generator.normal(), generator.normal()] }
  let data = try Dataset(features: x, targets: x.map { sin($0[0]) * $0[1] })
}
