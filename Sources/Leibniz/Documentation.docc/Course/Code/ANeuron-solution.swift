import Leibniz
import LeibnizTools

/// Of the 16 functions of two bits, a neuron learns all but “either, not both” and its opposite.
func aNeuronSolution() {
  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let learnt = (0..<16).filter { function in
    let wanted = (0..<4).map { function >> $0 & 1 == 1 ? 1.0 : -1 }
    var generator = SeededGenerator(seed: 1)
    let neuron = Neuron(inputs: 2, activation: .tanh, using: &generator)
    let optimizer = SGD(neuron.parameters, learningRate: 0.5)
    for _ in 0..<500 {
      optimizer.zeroGrad()
      meanSquaredError(predicted: corners.map { neuron($0) }, expected: wanted).backward()
      optimizer.step()
    }
    return zip(corners, wanted).allSatisfy { neuron($0).data * $1 > 0 }
  }
  print(learnt.count, (0..<16).filter { !learnt.contains($0) })  // 14 [6, 9]
}
