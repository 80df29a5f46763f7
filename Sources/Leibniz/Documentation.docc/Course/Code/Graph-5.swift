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

  for (value, name) in [(e, "e"), (d, "d"), (loss, "L")] { value.label = name }
  try loss.writeGraph(to: picture)

  for p in [a, b, c, f] { p.data -= 0.01 * p.grad }
  loss.recompute()
  print(loss.data)  // -8.7263…

  func readme(_ a: Value, _ b: Value) -> Value {
    var c = a + b
    var d = a * b + b.power(3)
    c += c + 1
    c += 1 + c - a
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    let e = c - d
    let f = e.power(2)
    return f / 2 + 10 / f
  }
  let x = Value(-4), y = Value(2)
  let g = readme(x, y)
  g.backward()
  print(g.data, x.grad, y.grad)  // 24.7040… 138.8338… 645.5772…
}
