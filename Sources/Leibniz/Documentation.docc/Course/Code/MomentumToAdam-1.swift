import Leibniz
import LeibnizTools

func momentumToAdam(picture: String) throws {
  let x = Value(-4), y = Value(1.5)
  func ravine() -> Value { (x * x + 100 * y * y) / 2 }
}
