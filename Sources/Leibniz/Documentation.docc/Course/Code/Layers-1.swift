import Leibniz
import LeibnizTools

func layers(picture: String) throws {
  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let isEither = [-1.0, 1, 1, -1]
  let model = MLP(inputs: 2, layers: [8, 1], activation: .tanh, seed: 1)
  print(model)
}
