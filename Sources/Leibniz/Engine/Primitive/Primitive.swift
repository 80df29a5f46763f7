/// An operation of the primitive table: what a node of the graph computes.
///
/// ```swift
/// let y = Value(2) * Value(3)
/// print(y.operation!)  // *
/// ```
///
/// The table's rows are the cases of ``UnaryFunction``, ``BinaryFunction`` and ``NaryFunction``; they alone know values and
/// derivatives. Everything else (backward, compilation, drawing, tests) asks them.
public enum Primitive: Equatable, Sendable, CustomStringConvertible {
  /// A function of one argument.
  case unary(UnaryFunction)
  /// A function of two arguments.
  case binary(BinaryFunction)
  /// A function of any number of arguments.
  case nary(NaryFunction)
  /// A function of a dot product, in one node.
  case neuron(UnaryFunction)
  /// An operation defined by the user of the package, by its name.
  case custom(String)

  /// The name as printed and drawn: `+`, `tanh`, `dot`.
  public var description: String {
    switch self {
    case .unary(let function): function.rawValue
    case .binary(let function): function.rawValue
    case .nary(let function): function.rawValue
    case .neuron(let function): "\(function.rawValue) dot"
    case .custom(let name): name
    }
  }
}
