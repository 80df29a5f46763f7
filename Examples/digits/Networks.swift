import Leibniz

/// What a training of the perceptron is set to.
struct Settings: Sendable {
  /// The neurons of the first layer; the second has half of them.
  var hidden = 128
  /// The learning rate of AdamW, which falls to zero by a cosine.
  var learningRate = 0.003
  /// How strongly it draws the weights to zero.
  var decay = 0.05
  /// How far images are moved.
  var motion = 1.0

  /// A trainer that has not begun.
  func trainer(_ train: LabelledImages, epochs: Int, seed: UInt64) -> Trainer<MLP> {
    let model = perceptron(inputs: train.images[0].count, hidden: hidden, seed: seed)
    let trainer = digitTrainer(
      model, AdamW(model.parameters, learningRate: learningRate, weightDecay: decay),
      motion: motion, width: train.width, seed: seed)
    let steps = (train.count + trainer.batchSize - 1) / trainer.batchSize * epochs
    trainer.schedule = .cosine(from: learningRate, steps: steps)
    trainer.showsProgress = false
    return trainer
  }
}

/// Two hidden layers.
func perceptron(inputs: Int, hidden: Int, seed: UInt64) -> MLP {
  MLP(inputs: inputs, layers: [hidden, hidden / 2, 10], seed: seed)
}

/// A trainer on images that are moved a little each time.
func digitTrainer<Model: Module>(
  _ model: Model, _ optimizer: any Optimizer, motion: Double, width: Int, seed: UInt64
) -> Trainer<Model> {
  let trainer = Trainer(model, optimizer: optimizer, seed: seed) { logits, label in
    softmaxCrossEntropy(logits: logits, label: label[0], smoothing: 0.05)
  }
  trainer.augment = { image, generator in
    moved(image, width: width, motion: motion, using: &generator)
  }
  return trainer
}

/// The digit with the largest logit.
func digit(_ logits: [Double]) -> Int {
  logits.indices.max { logits[$0] < logits[$1] }!
}
