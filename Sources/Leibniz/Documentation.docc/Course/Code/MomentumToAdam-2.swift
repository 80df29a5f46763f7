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
}
