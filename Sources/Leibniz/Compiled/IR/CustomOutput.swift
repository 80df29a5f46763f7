/// An output of a custom operation, as an entry of a program's list of them.
struct CustomOutput: Sendable {
  let operation: CustomOperation
  let output: Int
  /// The place of the operation's first output in the list.
  let first: Int32

  init(_ operation: CustomOperation, _ output: Int, first: Int32) {
    self.operation = operation
    self.output = output
    self.first = first
  }

  var isOnly: Bool { operation.outputCount == 1 }

  /// The output at x.
  func value(_ x: [Double]) -> Double {
    isOnly ? operation.value(x) : operation.values(x)[output]
  }

  /// ∂y/∂xᵢ at x, where y is the output there.
  func partials(_ x: [Double], _ y: Double) -> [Double] {
    if isOnly { return operation.partials(x, y) }
    return operation.pullback(
      x, operation.values(x), unitVector(output, count: operation.outputCount))
  }
}
