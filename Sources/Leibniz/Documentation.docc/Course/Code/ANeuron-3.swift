import Leibniz
import LeibnizTools

func aNeuron(picture: String) throws {
  let w = [Value(-3), Value(1)], bias = Value(6.8813735870195432)
  let x = [Value(2), Value(0)]
  let y = (w[0] * x[0] + w[1] * x[1] + bias).tanh()
  y.backward()
  print(y.data, x.map(\.grad), w.map(\.grad))  // 0.7071… [-1.5…, 0.5…] [1.0…, 0.0]

  let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let isBoth = [-1.0, -1, -1, 1]
  var generator = SeededGenerator(seed: 1)
  let neuron = Neuron(inputs: 2, activation: .tanh, using: &generator)

  let optimizer = SGD(neuron.parameters, learningRate: 0.5)
  for _ in 0..<200 {
    optimizer.zeroGrad()
    meanSquaredError(predicted: corners.map { neuron($0) }, expected: isBoth).backward()
    optimizer.step()
  }
  let answers = corners.map { corner in neuron(corner).data }
  print(answers)
  guard zip(answers, isBoth).allSatisfy({ $0 * $1 > 0 }) else {
    fatalError("A neuron should learn “both”.")
  }
}
