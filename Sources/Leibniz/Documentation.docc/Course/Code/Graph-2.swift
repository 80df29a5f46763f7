import Leibniz
import LeibnizTools

func graph(picture: String) throws {
  let a = Value(2, label: "a"), b = Value(-3, label: "b")
  let c = Value(10, label: "c"), f = Value(-2, label: "f")
  let e = a * b
  let d = e + c
  let loss = d * f
  print(e.data, d.data, loss.data)  // -6.0 4.0 -8.0

  loss.backward()
  print(a.grad, b.grad, c.grad, f.grad)  // 6.0 -4.0 -2.0 4.0
  guard [a, b, c, f].map(\.grad) == [6, -4, -2, 4] else {
    fatalError("The gradients should be 6, −4, −2 and 4.")
  }
}
