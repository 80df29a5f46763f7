/// One step of a program: an operation on `rows` neighbouring slots.
///
/// A slot holds a number for every lane, or one number if it is uniform. What a layer does for each
/// of its neurons differs only in where the operands stand, at steps of one length; so one
/// instruction does it for all rows, as a product of a matrix and a vector would.
struct Instruction: Sendable {
  var opcode: Opcode
  var isUniform: Bool
  /// The slot of the first row's result; the others follow.
  var result: Int32
  var rows: Int32
  /// How many numbers a list operand has; 1 where operands are single.
  var length: Int32
  var a: Operand
  var b: Operand = .none
  /// The alternative of `select`, the bias of `dot`.
  var c: Operand = .none

  /// Where the numbers of an operand stand: slot = base + row · rowStride + i · stride.
  struct Operand: Sendable, Equatable {
    var base: Int32
    var stride: Int32
    var rowStride: Int32
    var isUniform: Bool
    /// Whether a gradient is handed to it.
    var needsGradient: NeedsGradient

    static let none = Operand(
      base: -1, stride: 0, rowStride: 0, isUniform: true, needsGradient: .never)

    var isPresent: Bool { base >= 0 }

    @inline(__always)
    func slot(_ row: Int, _ i: Int = 0) -> Int {
      Int(base) + row * Int(rowStride) + i * Int(stride)
    }
  }

  /// Constants never need a gradient; what depends on inputs alone needs one if the run asks for
  /// the gradients of inputs.
  enum NeedsGradient: Sendable {
    case never, forInputs, always
  }
}
