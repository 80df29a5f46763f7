import ExampleSupport
import Leibniz
import LeibnizTools

// How backpropagation works, in numbers: from the limit that defines a derivative to one step of
// descent.

@main
struct Backprop {
  static func main() {
    runExample {
      var options = Options("backprop", "Walks through backpropagation in numbers.")
      let output = options.output("output", "draw the graph into a .dot, .svg, .png or .pdf file")
      try options.finish(isLong: false)

      showLimit()
      let formula = Formula()
      formula.L.backward()
      try compareGradients(of: formula)
      if let output {
        try formula.L.writeGraph(to: output)
        print("\nWrote the graph to \(output).")
      } else {
        print("\nThe graph in Graphviz' language (--output graph.svg draws it):\n")
        print(formula.L.graphviz(), terminator: "")
      }
      try descend(formula)
    }
  }

  /// The derivative of x² at x = 3, by an ever smaller h.
  static func showLimit() {
    print("The derivative of x² at x = 3 is the limit of ((x + h)² − x²) / h as h goes to 0:\n")
    for h in [1, 0.1, 0.01, 0.001, 0.0001] {
      let slope = ((3 + h) * (3 + h) - 9) / h
      print("  h = \(padded("\(h)", 7)) slope = \(slope.rounded(to: 6))")
    }
    print("\nIt converges to 6, which is 2x.\n")
  }

  /// Every gradient in three ways, which have to agree.
  static func compareGradients(of formula: Formula) throws {
    print("L = (a·b + c)·f with a = 2, b = −3, c = 10, f = −2. With e = a·b and d = e + c:\n")
    print(row("", "by the limit", "by the chain rule", "by backward()"))
    for step in formula.chainRule {
      let limit = slope(nudging: step.name)
      let gradient = step.node.grad
      let rule = "\(step.rule) = \(step.slope)"
      print(row(step.name, "\(limit.rounded(to: 6))", rule, "\(gradient)"))
      guard gradient == step.slope, abs(limit - gradient) < 1e-6 else {
        throw MissedTarget("The three gradients by \(step.name) differ.")
      }
    }
  }

  /// How fast L grows while one of the numbers does.
  static func slope(nudging name: String) -> Double {
    let h = 1e-6
    return (loss(nudging: name, by: h) - loss(nudging: name, by: 0)) / h
  }

  /// L in plain numbers, with h added to one of those that it is made of.
  static func loss(nudging name: String, by h: Double) -> Double {
    func nudged(_ number: Double, _ own: String) -> Double { own == name ? number + h : number }
    let a = nudged(2, "a")
    let b = nudged(-3, "b")
    let c = nudged(10, "c")
    let f = nudged(-2, "f")
    let e = nudged(a * b, "e")
    let d = nudged(e + c, "d")
    return d * f
  }

  /// A step against the gradient makes L smaller.
  static func descend(_ formula: Formula) throws {
    let before = formula.L.data
    SGD(formula.variables, learningRate: 0.01).step()
    formula.L.recompute()
    print("\nOne step of descent, p ← p − 0.01 · p.grad:\n")
    for variable in formula.variables {
      print("  \(variable.label) = \(variable.data.rounded(to: 6))")
    }
    print("\nL falls from \(before) to \(formula.L.data.rounded(to: 6)).")
    guard formula.L.data < before else { throw MissedTarget("L did not fall.") }
  }

  static func row(_ name: String, _ limit: String, _ rule: String, _ gradient: String) -> String {
    "  \(padded(name, 4))\(padded(limit, 15))\(padded(rule, 37))\(gradient)"
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }
}
