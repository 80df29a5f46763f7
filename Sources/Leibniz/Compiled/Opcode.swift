/// What a term of a program computes.
enum Opcode: Equatable {
  case input, parameter, constant
  /// The number of another slot, put where a list needs it.
  case copy
  case unary(UnaryFunction)
  case binary(BinaryFunction)
  case nary(NaryFunction)
  /// A custom operation, by its place in the program's list of them.
  case custom(Int32)

  /// A small number that is its own for every opcode.
  var code: UInt32 {
    switch self {
    case .input: 0
    case .parameter: 1
    case .constant: 2
    case .copy: 3
    case .unary(let f): 256 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .binary(let f): 512 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .nary(let f): 768 + UInt32(unsafeBitCast(f, to: UInt8.self))
    case .custom(let index): 1024 + UInt32(index)
    }
  }
}

extension Opcode: CustomStringConvertible {
  var description: String {
    switch self {
    case .input: "input"
    case .parameter: "parameter"
    case .constant: "constant"
    case .copy: "copy"
    case .unary(let f): f.rawValue
    case .binary(let f): f.rawValue
    case .nary(let f): f.rawValue
    case .custom: "custom"
    }
  }
}
