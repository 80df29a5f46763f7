/// Why a graph cannot be compiled, or a program cannot be run.
public enum ProgramError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to compute.
  case noOutputs
  /// An input must be a variable, for its number to change.
  case inputIsNotAVariable(position: Int, found: Primitive?)
  /// Each input may be given once.
  case inputTwice(position: Int)
  /// An output that depends on nothing has no derivative.
  case constantOutput(position: Int)
  /// A sample must have a number for each input.
  case wrongSampleWidth(expected: Int, found: Int, sample: Int)
  /// A mean over no samples is not a number.
  case emptyBatch
  /// Plain arrays of parameters must have a number for each parameter.
  case wrongParameterCount(expected: Int, found: Int)
  /// What a table is looked up at must be a whole number from 0 to less than the count.
  case notAnIndex(sample: Int, input: Int?, found: Double, count: Int)
  /// The derivative needs one output, the loss.
  case severalOutputs(Int)
  /// A value, or a derivative that an operation hands on, is infinite or not a number.
  case notFinite(
    sample: Int, operation: String, label: String, number: Double, isGradient: Bool)
  /// The step of a simulation makes a state of another length.
  case wrongStateCount(expected: Int, found: Int)
  /// A step of a simulation has more or fewer controls than the program has inputs besides the state.
  case wrongControlCount(expected: Int, found: Int, step: Int)
  /// There is no code to compare a program with that was made from values.
  case noRecording
  /// A comparison that shaped the program comes out otherwise.
  case takesAnotherBranch(sample: Int, branch: Program.Branch)
  /// The program and a fresh recording disagree: the recorded code branches on data.
  case differsFromRecording(sample: Int, output: Int, expected: Double, found: Double)

  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .noOutputs:
      "A program needs at least one output."
    case .inputIsNotAVariable(let position, let found):
      "Input \(position) of a program must be a variable; it is "
        + (found.map { "the result of an operation (\($0))." } ?? "a constant.")
    case .inputTwice(let position):
      "Input \(position) of a program was given before; each input may be given once."
    case .constantOutput(let position):
      "Output \(position) of a program depends on no input and no parameter."
    case .wrongSampleWidth(let expected, let found, let sample):
      "Sample \(sample) has \(counted(found, "number")); the program has \(counted(expected, "input"))."
    case .emptyBatch:
      "A batch needs at least one sample."
    case .wrongParameterCount(let expected, let found):
      "The program has \(counted(expected, "parameter")), but \(found) were given."
    case .notAnIndex(let sample, let input, let found, let count):
      "In sample \(sample) a table of \(count) entries is looked up at \(found)"
        + (input.map { ", input \($0)" } ?? "")
        + ": an index is a whole number from 0 to \(count - 1)."
    case .severalOutputs(let count):
      "backward needs a program of one output, the loss; this one has \(count)."
    case .notFinite(let sample, let operation, let label, let number, let isGradient):
      "In sample \(sample) the "
        + (isGradient ? "derivative that \(operation) hands on" : "result of \(operation)")
        + (label.isEmpty ? "" : " (\(label))") + " is not finite: \(number)."
    case .wrongStateCount(let expected, let found):
      "The program is a step of a state of \(counted(expected, "number")); the state has \(found)."
    case .wrongControlCount(let expected, let found, let step):
      "Step \(step) has \(counted(found, "control")); the program takes \(expected) besides the state."
    case .noRecording:
      "A program that was not made from a closure is checked against a recording: give one."
    case .takesAnotherBranch(let sample, let branch):
      "At sample \(sample) the code takes another branch than the program: \(branch) when it was "
        + "recorded. Use select, relu, max or min."
    case .differsFromRecording(let sample, let output, let expected, let found):
      "At sample \(sample) output \(output) of the program is \(found), but the code, recorded anew, "
        + "gives \(expected): it takes another branch there. Use select, relu, max or min."
    }
  }
}
