/// What a term of a program computes, or an instruction.
enum Opcode: Equatable {
  case input, parameter, constant
  /// Σ a · b + c, or Σ a + c without b: over the axes that the result does not have, and over the
  /// lanes where the result is uniform. Of instructions only.
  case contract
  /// Zeros. Of instructions only.
  case zero
  case unary(UnaryFunction)
  case binary(BinaryFunction)
  case nary(NaryFunction)
  /// The entry a of the table b, which is a list. Of instructions only.
  case gather
  /// c added to the entry a of the table that the result is. Of instructions only.
  case scatter
  /// f′(a) · c where f(a) = b: a derivative in one sweep. Of instructions only.
  case slope(UnaryFunction)
  /// A custom operation, or one output of it, by its place in the program's list of them.
  case custom(Int32)
  /// ∂y/∂aᵢ · c for each argument of a custom operation, where y = f(a) = b. Of instructions only.
  case customSlopes(Int32)
  /// All outputs, along the rows, of a custom operation whose first output has this place in the
  /// list. Of instructions only.
  case customCall(Int32)
  /// The derivatives by each argument, along i, of Σ cᵢ yᵢ, where the outputs y = f(a) = b and c stand
  /// along the rows. Of instructions only.
  case customPullback(Int32)

  /// A small number that is its own for every opcode.
  var code: UInt32 {
    switch self {
    case .input: 0
    case .parameter: 1
    case .constant: 2
    case .contract: 3
    case .zero: 4
    case .gather: 5
    case .scatter: 6
    case .unary(let f): 256 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .binary(let f): 512 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .nary(let f): 768 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .slope(let f): 1024 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .custom(let index): 2048 + 4 * UInt32(index)
    case .customSlopes(let index): 2049 + 4 * UInt32(index)
    case .customCall(let index): 2050 + 4 * UInt32(index)
    case .customPullback(let index): 2051 + 4 * UInt32(index)
    }
  }

  /// Whether several results in one place can be added up.
  var canShareResult: Bool { self == .contract || self == .gather || self == .scatter }

  /// Whether an instruction makes one number of the list that its first operand is along i.
  var isList: Bool {
    switch self {
    case .nary(let f): f != .select
    case .custom, .customCall, .gather: true
    default: false
    }
  }
}

extension Opcode: CustomStringConvertible {
  var description: String {
    switch self {
    case .input: "input"
    case .parameter: "parameter"
    case .constant: "constant"
    case .contract: "contract"
    case .zero: "zero"
    case .gather: "lookup"
    case .scatter: "lookup′"
    case .unary(let f): f.rawValue
    case .binary(let f): f.rawValue
    case .nary(let f): f.rawValue
    case .slope(let f): f.rawValue + "′"
    case .custom, .customCall: "custom"
    case .customSlopes, .customPullback: "custom′"
    }
  }
}
