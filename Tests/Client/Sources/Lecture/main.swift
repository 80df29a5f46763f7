// The lecture that micrograd is known by, by somebody who has read the README: an expression, a
// neuron, a nudge, an MLP that learns four points.
import Leibniz
import LeibnizTools

// An expression and its gradients.
let a = Value(2.0, label: "a")
let b = Value(-3.0, label: "b")
let c = Value(10, label: "c")
let f = Value(-2.0, label: "f")
let e = a * b
e.label = "e"
let d = e + c
d.label = "d"
let L = d * f
L.label = "L"
L.backward()
for value in [a, b, c, d, e, f, L] { print(value.label, value.data, value.grad) }
try L.writeGraph(to: "lecture.svg")

// Each gradient is what a nudge of its number does, divided by the nudge.
func loss(_ a: Double, _ b: Double, _ c: Double, _ f: Double) -> Double { (a * b + c) * f }
let h = 1e-6
let slope = (loss(2 + h, -3, 10, -2) - loss(2, -3, 10, -2)) / h
check(abs(slope - a.grad) < 1e-4, "the nudge says \(slope), backward \(a.grad)")

// A step along the gradient makes L larger.
for value in [a, b, c, f] { value.data += 0.01 * value.grad }
let larger = (a * b + c) * f
check(larger > -8, "\(larger)")

// A neuron, and the hyperbolic tangent written out.
let x1 = Value(2.0, label: "x1"), x2 = Value(0.0, label: "x2")
let w1 = Value(-3.0, label: "w1"), w2 = Value(1.0, label: "w2")
let bias = Value(6.8813735870195432, label: "b")
let n = x1 * w1 + x2 * w2 + bias
let o = n.tanh()
o.backward()
check(abs(w1.grad - 1) < 1e-9 && abs(w2.grad) < 1e-9, "\(w1.grad) \(w2.grad)")
let written = (exp(2 * n) - 1) / (exp(2 * n) + 1)
check(abs(written.data - o.data) < 1e-12, "\(written)")

// The same value twice.
let twice = Value(3.0)
let sum = twice + twice
sum.backward()
check(twice.grad == 2, "\(twice.grad)")

// A network, its loss over four points, and descent by hand.
let model = MLP(inputs: 3, layers: [4, 4, 1], activation: .tanh, seed: 1337)
print(model)
let xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
let ys = [1.0, -1.0, -1.0, 1.0]
var last = 0.0
for step in 0..<100 {
  let predictions = xs.map { model($0)[0] }
  let loss = zip(predictions, ys).map { ($0 - $1).power(2) }.reduce(0, +)
  model.zeroGrad()
  loss.backward()
  for p in model.parameters { p.data -= 0.05 * p.grad }
  last = loss.data
  if step % 20 == 0 { print(step, last) }
}
check(last < 0.05, "the loss is still \(last)")
print(xs.map { model.predict($0)[0] })

if larger > 0 { print("positive") } else { print("negative") }

func check(_ holds: Bool, _ message: String) {
  guard !holds else { return }
  print("Wrong: \(message)")
  fatalError(message)
}
