import Leibniz
import LeibnizTools

func layers(picture: String) throws {
  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let isEither = [-1.0, 1, 1, -1]
  let model = MLP(inputs: 2, layers: [8, 1], activation: .tanh, seed: 1)
  print(model)

  let optimizer = SGD(model.parameters, learningRate: 0.2, momentum: 0.9)
  var losses: [Double] = []
  for _ in 0..<200 {
    optimizer.zeroGrad()
    let loss = meanSquaredError(predicted: corners.map { model($0)[0] }, expected: isEither)
    loss.backward()
    optimizer.step()
    losses.append(loss.data)
  }

  let answers = corners.map { model.predict($0)[0] }
  print(answers)
  guard zip(answers, isEither).allSatisfy({ $0 * $1 > 0.5 }) else {
    fatalError("The network should learn “either, not both”.")
  }
}
