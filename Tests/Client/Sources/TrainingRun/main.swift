// A training run, by somebody who has read the README: a file of points, a model that is trained,
// watched, saved and loaded.
import Foundation
import Leibniz
import LeibnizTools

var generator = SeededGenerator(seed: 42)
var lines = ["x,y,label"]
for i in 0..<600 {
  let radius = 1 + Double(i % 3) + 0.15 * generator.normal()
  let angle = Double(i)
  lines.append("\(radius * cos(angle)),\(radius * sin(angle)),\(i % 3)")
}
try lines.joined(separator: "\n").write(toFile: "points.csv", atomically: true, encoding: .utf8)

let file = try CSVFile(contentsOf: "points.csv", labels: 0...2)
let data = try Dataset(features: file.features, labels: file.labels)
let parts = data.split([0.8, 0.2], using: &generator)

let model = MLP(inputs: 2, layers: [16, 16, 3], using: &generator)
let trainer = Trainer(model, optimizer: AdamW(model.parameters, learningRate: 0.01), seed: 1) {
  softmaxCrossEntropy(logits: $0, label: $1[0])
}
trainer.earlyStopping = EarlyStopping(patience: 10)
trainer.isCorrect = { outputs, targets in
  outputs.indices.max { outputs[$0] < outputs[$1] } == Int(targets[0])
}
trainer.afterEpoch = { try $0.save(to: "points-run.safetensors") }
try trainer.fit(parts[0], validation: parts[1], epochs: 60)
try model.save(to: "points-model.safetensors")

var plot = SVGPlot("Loss")
plot.addLine(trainer.history.map(\.loss), label: "training")
try SVGFigure(plot).write(to: "points.svg")

let result = trainer.evaluate(parts[1])
print("loss \(result.loss), accuracy \(result.accuracy ?? 0)")
guard let accuracy = result.accuracy, accuracy > 0.95 else { fatalError("\(result)") }

let loaded = MLP(inputs: 2, layers: [16, 16, 3], seed: 0)
try loaded.load(from: "points-model.safetensors")
guard loaded.predict([0.3, 0.9]) == model.predict([0.3, 0.9]) else { fatalError("Another model.") }
