import Leibniz
import LeibnizTools

func deepNetworks(picture: String) throws {
  var generator = SeededGenerator(seed: 1)
  let x = (0..<60).map { _ in [generator.normal(), generator.normal()] }
}
