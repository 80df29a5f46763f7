import Leibniz

extension Mistakes {
  private static let greedy = CustomOperation(
    "greedy", value: { $0[0] * $0[1] }, partials: { x, _ in [x[1]] as [Double] })
  private static let generous = CustomOperation(
    "generous", value: { $0[0] }, partials: { _, _ in [.constant(1), .constant(2)] as [Value] })
  private static let numeric = CustomOperation(
    "numeric", value: { $0[0] }, partials: { _, _ in [1] as [Double] })

  private static let swap = CustomOperation(
    "swap", outputs: 2, value: { [$0[1], $0[0]] },
    vectorJacobianProduct: { (_: [Double], _: [Double], c: [Double]) in [c[1]] })
  private static let single = CustomOperation(
    "single", outputs: 2, value: { $0 },
    vectorJacobianProduct: { (_: [Double], _: [Double], c: [Double]) in c })

  static let derivatives: [Mistake] = [
    Mistake(
      name: "one-output-of-several",
      sentence: "The custom operation swap has 2 outputs: apply it by outputs(of:)."
    ) { _ = swap([Value(1), Value(2)]) },
    Mistake(
      name: "too-few-outputs", sentence: "The custom operation single has 2 outputs but gave 1."
    ) { _ = single.outputs(of: [Value(1)]) },
    Mistake(
      name: "too-few-derivatives",
      sentence: "The custom operation swap has 2 inputs but gave 1 partial derivative."
    ) { swap.outputs(of: [Value(1), Value(2)])[0].backward() },
    Mistake(
      name: "a-step-that-shortens-the-state",
      sentence: "A step gave 1 number for a state of 2 numbers."
    ) { _ = checkpointed(steps: 3, state: [Value(1), Value(2)]) { _, y, _ in [y[0]] } },
    Mistake(
      name: "a-state-too-few", sentence: "One state must be kept at least, not 0."
    ) { _ = checkpointed(steps: 3, state: [Value(1)], storage: 0) { _, y, _ in y } },
    Mistake(
      name: "too-few-slopes", sentence: "A state of 2 numbers has 2 derivatives, and 1 was given."
    ) { _ = rungeKutta4([1.0, 2.0], step: 0.1) { [$0[0]] } },
    Mistake(
      name: "too-few-partials",
      sentence: "The custom operation greedy has 2 inputs but gave 1 partial derivative."
    ) { greedy([Value(1), Value(2)]).backward() },
    Mistake(
      name: "too-many-partials",
      sentence: "The custom operation generous has 1 input but gave 2 partial derivatives."
    ) { generous([Value(1)]).backward() },
    Mistake(
      name: "too-many-partials-in-a-gradient",
      sentence: "The custom operation generous has 1 input but gave 2 partial derivatives."
    ) { _ = gradient(at: [1.0]) { generous([$0[0]]) } },
    Mistake(
      name: "too-many-partials-in-a-recorded-gradient",
      sentence: "The custom operation generous has 1 input but gave 2 partial derivatives."
    ) {
      let x = Value(1)
      _ = gradients(of: generous([x]), withRespectTo: [x])
    },
    Mistake(
      name: "too-many-partials-in-a-hessian",
      sentence: "The custom operation generous has 1 input but gave 2 partial derivatives."
    ) { _ = hessian(at: [1.0]) { generous([$0[0]]) } },
    Mistake(
      name: "too-few-partials-in-a-program",
      sentence: "The custom operation greedy has 2 inputs but gave 1 partial derivative."
    ) {
      let x = Value(1), w = Value(2)
      _ = try! Program(greedy([x, w]), inputs: [x]).backward([[1], [2]])
    },
    Mistake(
      name: "second-derivative-of-numeric-partials",
      sentence: "The custom operation numeric has numeric partials"
    ) { _ = hessian(at: [1.0]) { numeric([$0[0]]) } },
    Mistake(
      name: "gradient-with-respect-to-a-constant",
      sentence: "(the value 2.0 at position 1)"
    ) {
      let x = Value(1), c = Value.constant(2)
      _ = gradients(of: x * c, withRespectTo: [x, c])
    },
    Mistake(
      name: "hessian-product-with-respect-to-a-constant",
      sentence: "(the value 2.0 at position 0)"
    ) {
      let c = Value.constant(2)
      _ = hessianVectorProduct(of: Value(1) * c, withRespectTo: [c], direction: [1])
    },
    Mistake(name: "nested-derivative", sentence: "A derivative inside another depends on the outer")
    {
      _ = derivative(at: 1) { x in x * derivative(at: 1) { y in x * y } }
    },
    Mistake(name: "nested-value", sentence: "A derivative inside another depends on the outer") {
      _ = derivative(at: 1) { x in x * valueWithGradient(at: [1]) { y in x + y[0] }.value }
    },
    Mistake(name: "nested-hessian", sentence: "A derivative inside another depends on the outer") {
      _ = gradient(at: [1]) { x in x[0] * hessian(at: [1]) { y in x[0] * y[0] * y[0] }[0][0] }
    },
    Mistake(
      name: "nested-hessian-product", sentence: "A derivative inside another depends on the outer"
    ) {
      _ = gradient(at: [1]) { x in
        x[0] * hessianVectorProduct(of: x[0].exp(), withRespectTo: x, direction: [1])[0]
      }
    },
    Mistake(
      name: "nested-in-a-custom-operation",
      sentence: "A derivative inside another depends on the outer"
    ) {
      let operation = CustomOperation(
        "nested", value: { $0[0] },
        partials: { x, _ in [Value(derivative(at: 1) { y in x[0] * y })] })
      operation([Value(2)]).backward()
    },
    Mistake(name: "nested-duals", sentence: "meet in one Dual") {
      _ = derivative(at: 1) { (x: Dual) in x * derivative(at: 1) { (y: Dual) in x + y } }
    },
    Mistake(name: "nested-sums-of-duals", sentence: "meet in one Dual") {
      _ = derivative(at: 1) { (x: Dual) in
        x
          * directionalDerivative(at: [1, 2], direction: [1, 0]) { (y: [Dual]) in Dual.sum(y + [x])
          }
      }
    },
    Mistake(name: "grad-of-a-constant", sentence: "A constant has no gradient to set.") {
      Value.constant(2).grad = 1
    },
    Mistake(
      name: "lookup-between-entries",
      sentence: "The index 0.5 is not a whole number in 0..<2, the range of the table."
    ) { _ = Value.lookup([Value(1), Value(2)], at: Value(0.5)) },
    Mistake(
      name: "lookup-past-the-end",
      sentence: "The index 2.0 is not a whole number in 0..<2, the range of the table."
    ) { _ = Double.lookup([1, 2], at: 2) },
    Mistake(
      name: "lookup-at-no-number",
      sentence: "is not a whole number in 0..<1, the range of the table."
    ) { _ = Dual.lookup([Dual(1)], at: Dual(.nan)) },
  ]
}
