import Leibniz

extension Mistakes {
  /// Wrong numbers of arguments, which would be read and written past an array's end.
  static let engine = [
    Mistake(
      name: "dot", sentence: "The factors of a dot product differ in length: 2 and 1."
    ) { _ = Value.dot([Value(1), Value(2)], [Value(3)]) },
    Mistake(
      name: "dot-of-weights", sentence: "The factors of a dot product differ in length: 2 and 1."
    ) { _ = Value.dot(weights: [Value(1), Value(2)], [Value(3)], bias: nil) },
    Mistake(
      name: "neuron", sentence: "The factors of a dot product differ in length: 1 and 2."
    ) {
      _ = Value.neuron(weights: [Value(1)], [Value(3), Value(4)], bias: Value(5), then: .tanh)
    },
    Mistake(
      name: "dot-of-numbers", sentence: "The factors of a dot product differ in length: 2 and 1."
    ) { _ = Double.dot([1, 2], [3], bias: nil) },
    Mistake(
      name: "dot-of-weights-and-numbers",
      sentence: "The factors of a dot product differ in length: 2 and 1."
    ) { _ = Double.dot(weights: [Value(1), Value(2)], [3], bias: nil) },
    Mistake(
      name: "dot-of-duals", sentence: "The factors of a dot product differ in length: 1 and 2."
    ) { _ = Dual.dot([Dual(1)], [Dual(2), Dual(3)], bias: Dual(4)) },
    Mistake(
      name: "dot-of-weights-and-duals",
      sentence: "The factors of a dot product differ in length: 1 and 2."
    ) { _ = Dual.dot(weights: [Value(1)], [Dual(2), Dual(3)], bias: nil) },
    Mistake(name: "select", sentence: "select takes 3 arguments and was given 1.") {
      _ = Value.apply(.select, [Value(1)])
    },
    Mistake(name: "select-of-constants", sentence: "select takes 3 arguments and was given 4.") {
      _ = Value.apply(.select, [1, 2, 3, 4].map(Value.constant))
    },
    Mistake(name: "select-of-numbers", sentence: "select takes 3 arguments and was given 2.") {
      _ = Double.apply(.select, [1, 2])
    },
    Mistake(name: "select-of-duals", sentence: "select takes 3 arguments and was given 0.") {
      _ = Dual.apply(.select, [])
    },
    Mistake(
      name: "set-operation",
      sentence: "Only a variable's data can be set; this is the result of an operation (exp)."
    ) { Value(1).exp().data = 2 },
  ]
}
