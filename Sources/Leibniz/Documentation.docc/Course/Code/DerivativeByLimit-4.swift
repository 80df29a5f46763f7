import Leibniz
import LeibnizTools

func derivativeByLimit(picture: String) throws {
  func f(_ x: Double) -> Double { x * x }
  print("f(3) = \(f(3)), f(3.1) = \(f(3.1))")  // 9.0 and 9.61…

  for h in [1, 0.1, 0.01] { print("h = \(h): \((f(3 + h) - f(3)) / h)") }  // 7, 6.1…, 6.01…

  let slope = derivative(at: 3) { $0 * $0 }
  print("the limit: \(slope)")  // 6.0

  let steps = (0...60).map { pow(10, -Double($0) / 4) }
  func g(_ x: Double) -> Double { exp(sin(x)) }
  let exact = derivative(at: 1) { exp(sin($0)) }
  let forward = steps.map { h in abs((g(1 + h) - g(1)) / h - exact) + 1e-17 }
  let central = steps.map { h in abs((g(1 + h) - g(1 - h)) / (2 * h) - exact) + 1e-17 }
  guard abs(slope - 6) < 1e-12 && central.min()! < forward.min()! else {
    fatalError("The limit should be 6, and the central quotient the better one.")
  }
}
