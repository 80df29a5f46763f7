/// Why a program cannot be written for another engine.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  /// A custom operation computes by code of its own, which is not text.
  case customOperation(String)
  /// A gradient is that of one output, the loss.
  case severalOutputs(Int)
  /// The engine has no such function.
  case missingFunction(String, engine: String)
  /// The name is not one in the language.
  case invalidName(String)
  /// The file's ending says none of the forms that programs are written in.
  case unknownEnding(path: String)

  /// What is wrong, and the way out.
  public var description: String {
    switch self {
    case .customOperation(let name):
      "The value of the custom operation \(name) is code, which cannot be exported; "
        + "give it as a formula over Value."
    case .severalOutputs(let count):
      "A gradient needs a program of one output, the loss; this one has \(count)."
    case .missingFunction(let name, let engine):
      "\(engine) has no function \(name)."
    case .invalidName(let name):
      "'\(name)' is not a name in the language: use letters, digits and _, and no digit first."
    case .unknownEnding(let path):
      "'\(path)' should end in .mlir, .c, .swift or .onnx, which says in what form to export."
    }
  }
}
