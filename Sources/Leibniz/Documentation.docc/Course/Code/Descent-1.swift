import Leibniz
import LeibnizTools

func descent(picture: String) throws {
  func valley(_ x: Value, _ y: Value) -> Value { x * x + 10 * y * y }
}
