import Leibniz
import LeibnizTools

func whatToMinimise(picture: String) throws {
  print(meanSquaredError(predicted: [3.0, 1.0], expected: [1.0, 1.0]))  // 2.0
  print(softmaxCrossEntropy(logits: [2.0, 1.0, 0.1], label: 0))  // 0.4170…
  print(hingeLoss(predicted: 0.3, expected: 1.0))  // 0.7

  func squared(_ logit: Value) -> Value {
    meanSquaredError(predicted: logit.sigmoid(), expected: 1)
  }
  func crossEntropy(_ logit: Value) -> Value {
    binaryCrossEntropy(logit: logit, expected: 1)
  }
  let wrong = -8.0
  let slopes = (derivative(at: wrong, of: squared), derivative(at: wrong, of: crossEntropy))
  print("sure and wrong: \(slopes.0) and \(slopes.1)")  // -0.0006… and -0.9996…
  guard slopes.0 > -0.001 && slopes.1 < -0.99 else {
    fatalError("Only cross-entropy should pull where the answer is surely wrong.")
  }

  print(softmaxCrossEntropy(logits: [1000.0, -1000.0], label: 1))  // 2000.0, not infinity

  let logits = (0...120).map { -8 + Double($0) / 10 }
  var losses = SVGPlot(
    "Losses for the class 1", x: SVGPlot.Axis("logit"), y: SVGPlot.Axis("loss", range: 0...8))
  var pulls = SVGPlot("What they pull with", x: SVGPlot.Axis("logit"), y: SVGPlot.Axis("−slope"))
  let all: [(String, (Value) -> Value)] = [
    ("squared error of the probability", squared), ("cross-entropy", crossEntropy),
    ("hinge", { hingeLoss(predicted: $0, expected: 1) }),
  ]
  for (name, loss) in all {
    losses.addLine(x: logits, y: logits.map { loss(.constant($0)).data }, label: name)
    pulls.addLine(x: logits, y: logits.map { -derivative(at: $0, of: loss) }, label: name)
  }
  try SVGFigure(losses, pulls).write(to: picture)
}

/// One wild measurement moves the least squares to the mean; the least absolute error stays at the median.
func whatToMinimiseSolution() {
  let numbers = [1.0, 2, 3, 4, 100]
  for name in ["squared", "absolute"] {
    let center = Value(10)
    let optimizer = Adam([center], learningRate: 1)
    for step in 0..<4000 {
      optimizer.learningRate = 1 / Double(1 + step / 40)
      optimizer.zeroGrad()
      let predicted = numbers.map { _ in center }
      let loss =
        name == "squared"
        ? meanSquaredError(predicted: predicted, expected: numbers)
        : meanAbsoluteError(predicted: predicted, expected: numbers)
      loss.backward()
      optimizer.step()
    }
    print(name, center.data)  // 22, the mean; about 3, the median
  }
}
