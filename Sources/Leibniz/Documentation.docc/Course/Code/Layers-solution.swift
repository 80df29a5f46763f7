import Leibniz
import LeibnizTools

/// Two hidden neurons are enough, and one is not: how many of twenty seeds learn it.
func layersSolution() {
  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let isEither = [-1.0, 1, 1, -1]
  for hidden in 1...4 {
    let learnt = (1...20).count { seed in
      let model = MLP(inputs: 2, layers: [hidden, 1], activation: .tanh, seed: UInt64(seed))
      let optimizer = Adam(model.parameters, learningRate: 0.05)
      for _ in 0..<300 {
        optimizer.zeroGrad()
        meanSquaredError(predicted: corners.map { model($0)[0] }, expected: isEither).backward()
        optimizer.step()
      }
      return zip(corners, isEither).allSatisfy { model.predict($0)[0] * $1 > 0 }
    }
    print("\(hidden) hidden: \(learnt) of 20")
  }
}
