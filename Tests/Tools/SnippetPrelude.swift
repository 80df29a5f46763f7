import Leibniz
import LeibnizTools

// What the snippets of docstrings take for granted: a classifier of points, its data and trainer.

nonisolated(unsafe) var generator = SeededGenerator(seed: 1)
let data = try! Dataset(
  features: (0..<1200).map { [Double($0 % 3), Double($0 % 5)] }, labels: (0..<1200).map { $0 % 3 })
let train = data
let validation = data
let samples = data.features
nonisolated(unsafe) let model = MLP(inputs: 2, layers: [8, 3], using: &generator)
nonisolated(unsafe) let optimizer = SGD(model.parameters, learningRate: 0.01)
nonisolated(unsafe) let trainer = makeTrainer()
let x = [0.5, -1.0]
let y = [0.0, 1.0, 0.0]
nonisolated(unsafe) let loss = meanSquaredError(predicted: model(x), expected: y)
let rows = [[0.0, 0.5], [1.0, 0.25]]
let validationLoss = 0.5
let step = 3

func makeTrainer() -> Trainer<MLP> {
  let model = MLP(inputs: 2, layers: [8, 3], using: &generator)
  let trainer = Trainer(model, optimizer: Adam(model.parameters), seed: 1) { output, target in
    softmaxCrossEntropy(logits: output, label: target[0])
  }
  return trainer
}
