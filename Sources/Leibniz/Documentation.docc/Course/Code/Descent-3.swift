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

  let paths = [0.01, 0.05, 0.095, 0.101].map { (rate: $0, places: path(rate: $0, steps: 40)) }
  for (rate, places) in paths { print("rate \(rate): height \(places.last!.height)") }
  guard paths[1].places.last!.height < 0.01 && paths[3].places.last!.height > 22.5 else {
    fatalError("The rate 0.05 should arrive, and 0.101 fly away.")
  }
}
