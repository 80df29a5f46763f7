import Leibniz
import LeibnizTools

func derivativeByLimit(picture: String) throws {
  func f(_ x: Double) -> Double { x * x }
  print("f(3) = \(f(3)), f(3.1) = \(f(3.1))")  // 9.0 and 9.61…

  for h in [1, 0.1, 0.01] { print("h = \(h): \((f(3 + h) - f(3)) / h)") }  // 7, 6.1…, 6.01…

  let slope = derivative(at: 3) { $0 * $0 }
  print("the limit: \(slope)")  // 6.0
}
