import Leibniz
import LeibnizTools

func derivativeByLimit(picture: String) throws {
  func f(_ x: Double) -> Double { x * x }
  print("f(3) = \(f(3)), f(3.1) = \(f(3.1))")  // 9.0 and 9.61…
}
