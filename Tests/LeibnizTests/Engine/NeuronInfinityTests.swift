import XCTest

@testable import Leibniz

/// A neuron multiplies as IEEE 754 does, 0 · ∞ being NaN: in its value and in its gradients, eager,
/// as formulas and compiled.
final class NeuronInfinityTests: XCTestCase {
  /// Weights, inputs and bias of which some are infinite, or whose sum is.
  private let cases: [(w: [Double], x: [Double], bias: Double)] = [
    ([1, 2], [.infinity, 1], 0), ([-1, 2], [.infinity, 1], 0), ([0, 2], [.infinity, 1], 0.5),
    ([1, 2], [.infinity, -.infinity], 0), ([.infinity, 1], [1, -2], 3),
    ([.infinity, 1], [-1, 0], 0),
    ([1e300, 1], [-1e300, 0], 0), ([1, 1], [1, 1], -.infinity), ([1, 1], [1, 0], .infinity),
    ([-.infinity, .infinity], [1, -1], -.infinity), ([1, -2], [3, 0], 0),
  ]

  /// The derivatives by the weights, the inputs and the bias.
  private func slopes(
    _ f: UnaryFunction?, _ sample: (w: [Double], x: [Double], bias: Double),
    _ differentiate: (Value, [Value]) throws -> [Double]
  ) rethrows -> [Double] {
    let (w, x) = (sample.w.map { Value($0) }, sample.x.map { Value($0) })
    let bias = Value(sample.bias)
    let y =
      f.map { Value.neuron(weights: w, x, bias: bias, then: $0) } ?? .dot(w, x, bias: bias)
    return try differentiate(y, w + x + [bias])
  }

  func testEagerFormulasAndProgramsAgree() throws {
    for f in [nil] + UnaryFunction.allCases.map(Optional.some) {
      for sample in cases {
        let eager = slopes(f, sample) { y, variables in
          y.backward()
          return variables.map(\.grad)
        }
        let formulas = slopes(f, sample) { y, variables in
          gradients(of: y, withRespectTo: variables).map(\.data)
        }
        let compiled = try slopes(f, sample) { y, variables in
          try Program(y, inputs: [Value(0)]).backward([[0]])
          return variables.map(\.grad)
        }
        let edges = slopes(f, sample) { _, variables in
          let n = sample.w.count
          let products = (0..<n).map { variables[$0] * variables[n + $0] }
          let sum = products.reduce(Value.constant(0), +) + variables[2 * n]
          (f.map { Value.apply($0, sum) } ?? sum).backward()
          return variables.map(\.grad)
        }
        let what = "\(f.map { "\($0)" } ?? "dot") of \(sample)"
        for i in eager.indices {
          assertAgree(formulas[i], eager[i], "formula \(i), \(what)")
          assertAgree(compiled[i], eager[i], "compiled \(i), \(what)")
          assertAgree(edges[i], eager[i], "node by node \(i), \(what)")
        }
      }
    }
  }

  private func assertAgree(_ a: Double, _ b: Double, _ what: String) {
    if a == b || a.isNaN && b.isNaN { return }
    assertClose(a, b, relative: 1e-12, what)
  }

  /// An inactive relu has the slope 0, and 0 · ∞ is not a number.
  func testAnInactiveNeuronWithAnInfiniteInput() {
    let (w, x) = (Value(-1), Value(Double.infinity))
    Value.neuron(weights: [w], [x], bias: nil, then: .relu).backward()
    XCTAssertTrue(w.grad.isNaN)
    XCTAssertEqual(x.grad, 0)
  }
}
