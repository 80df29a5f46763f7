import Leibniz

/// L = (a·b + c)·f, with a name for each step.
struct Formula {
  let a = Value(2, label: "a")
  let b = Value(-3, label: "b")
  let c = Value(10, label: "c")
  let f = Value(-2, label: "f")
  let e, d, L: Value

  init() {
    e = a * b
    d = e + c
    L = d * f
    e.label = "e"
    d.label = "d"
    L.label = "L"
  }

  var variables: [Value] { [a, b, c, f] }

  /// Each gradient as the product of the slopes on the way from L down to the number.
  var chainRule: [(name: String, node: Value, rule: String, slope: Double)] {
    [
      ("f", f, "∂L/∂f = d", d.data),
      ("d", d, "∂L/∂d = f", f.data),
      ("c", c, "∂L/∂d · ∂d/∂c = f · 1", f.data * 1),
      ("e", e, "∂L/∂d · ∂d/∂e = f · 1", f.data * 1),
      ("a", a, "∂L/∂e · ∂e/∂a = f · 1 · b", f.data * 1 * b.data),
      ("b", b, "∂L/∂e · ∂e/∂b = f · 1 · a", f.data * 1 * a.data),
    ]
  }
}
