import Leibniz
import LeibnizTools

func descent(picture: String) throws {
  func valley(_ x: Value, _ y: Value) -> Value { x * x + 10 * y * y }

  func path(rate: Double, steps: Int) -> [(x: Double, y: Double, height: Double)] {
    let x = Value(-4), y = Value(1.5)
    return (0...steps).map { _ in
      let height = valley(x, y)
      height.backward()
      let place = (x.data, y.data, height.data)
      for p in [x, y] {
        p.data -= rate * p.grad
        p.zeroGrad()
      }
      return place
    }
  }
}
