/// What a node is: a leaf, or a row of the primitive table with its arguments.
///
/// All payloads are plain bits, so switching over an expression counts no references.
enum Expression {
  case variable
  case constant
  case unary(UnaryFunction, Node)
  case binary(BinaryFunction, Node, Node)
  case binaryNumberSecond(BinaryFunction, Node, Double)
  case binaryNumberFirst(BinaryFunction, Double, Node)
  case nary(NaryFunction, NodeList)
  /// f(Σ aᵢ bᵢ + bias), a neuron in one node where there is an f.
  case dot(Factors, then: UnaryFunction?)
  case custom(Unmanaged<CustomOperation>, NodeList)
  /// An application of an operation of several outputs, which stand above it.
  case call(Unmanaged<CustomCall>, NodeList)
  /// One of the outputs of a call.
  case output(Int32, Node)

  /// Calls `body` for every child, in order; a child used twice comes twice.
  @inline(__always)
  func forEachChild(_ body: (Node) -> Void) {
    switch self {
    case .variable, .constant: break
    case .unary(_, let x), .binaryNumberSecond(_, let x, _), .binaryNumberFirst(_, _, let x),
      .output(_, let x):
      body(x)
    case .binary(_, let x, let y):
      body(x)
      body(y)
    case .nary(_, let list), .custom(_, let list), .call(_, let list):
      list.forEach(body)
    case .dot(let factors, _):
      factors.first.forEach(body)
      factors.second.forEach(body)
      if let bias = factors.bias { body(bias) }
    }
  }
}
