/// One application of an operation of several outputs: what its nodes share.
///
/// In the graph it is a node above its inputs; each output is a node above that one. So all outputs
/// hand their gradients on before it does, and it does so once.
final class CustomCall {
  let operation: CustomOperation
  /// The outputs.
  var values: [Double]
  /// What has reached each output in a reverse sweep; zeros between sweeps.
  private var cotangents: [Double]

  init(_ operation: CustomOperation, _ values: [Double]) {
    self.operation = operation
    self.values = values
    cotangents = Array(repeating: 0, count: values.count)
  }

  /// Computes the outputs anew, and gives the first.
  func evaluated(_ x: [Double]) -> Double {
    values = operation.values(x)
    return values[0]
  }

  func add(_ g: Double, to output: Int) { cotangents[output] += g }

  /// The derivatives with respect to the inputs of all that has reached the outputs, which is forgotten.
  func takePullback(_ x: [Double]) -> [Double] {
    let c = cotangents
    for i in cotangents.indices { cotangents[i] = 0 }
    return operation.pullback(x, values, c)
  }
}

extension Value {
  /// The outputs of an operation, applied to nodes of a graph.
  static func outputs(of operation: CustomOperation, _ inputs: [Value]) -> [Value] {
    var kinds = Kinds()
    let y = operation.values(inputs.map { kinds.note($0.node) })
    let traits = Kinds.traits(first: kinds)
    if traits.contains(.firstIsConstant) { return y.map { .constant($0) } }
    let call = make(
      .call(.passRetained(CustomCall(operation, y)), NodeList(inputs)), data: y[0], traits: traits)
    return y.indices.map { call.node.output($0) }
  }
}

extension Node {
  /// What the outputs of a call share.
  var call: (call: CustomCall, inputs: NodeList)? {
    guard case .call(let call, let inputs) = expression else { return nil }
    return (call.takeUnretainedValue(), inputs)
  }

  /// A new node for one of the outputs of this call.
  func output(_ i: Int) -> Value {
    .make(.output(Int32(i), Node(keeping: value)), data: call?.call.values[i] ?? .nan)
  }
}

extension CustomCall {
  /// The derivatives of one output with respect to the inputs.
  func partials(of output: Int, _ x: [Double]) -> [Double] {
    operation.pullback(x, values, unitVector(output, count: values.count))
  }
}
