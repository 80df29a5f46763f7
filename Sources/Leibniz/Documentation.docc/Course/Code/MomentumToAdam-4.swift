import Leibniz
import LeibnizTools

func momentumToAdam(picture: String) throws {
  let x = Value(-4), y = Value(1.5)
  func ravine() -> Value { (x * x + 100 * y * y) / 2 }

  func heights(_ optimizer: any Optimizer, steps: Int = 300) -> [Double] {
    (x.data, y.data) = (-4, 1.5)
    return (0..<steps).map { _ in
      optimizer.zeroGrad()
      let height = ravine()
      height.backward()
      optimizer.step()
      return height.data
    }
  }

  let racers: [(name: String, heights: [Double])] = [
    ("descent", heights(SGD([x, y], learningRate: 0.018))),
    ("momentum", heights(SGD([x, y], learningRate: 0.01, momentum: 0.9))),
    ("Nesterov", heights(SGD([x, y], learningRate: 0.01, momentum: 0.9, nesterov: true))),
    ("AdaGrad", heights(AdaGrad([x, y], learningRate: 1))),
    ("RMSProp", heights(RMSProp([x, y], learningRate: 0.05))),
    ("Adam", heights(Adam([x, y], learningRate: 0.2))),
  ]

  for (name, heights) in racers {
    let arrival = heights.firstIndex { $0 < 0.01 }
    print("\(name): below 0.01 after \(arrival.map(String.init) ?? "more than 300") steps")
  }
  guard racers[1].heights.last! < racers[0].heights.last! else {
    fatalError("Momentum should be faster than descent.")
  }
}
