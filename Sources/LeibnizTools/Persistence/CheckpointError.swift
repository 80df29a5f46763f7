import Leibniz

/// Why a checkpoint could not be read, written or restored. Nothing was changed.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a safetensors file; `offset` is where that was seen.
  case malformed(offset: Int, reason: String)
  /// A tensor's numbers are of a type that is not read here.
  case unsupportedType(tensor: String, type: String)
  /// What is to be restored has a tensor that the file lacks.
  case missingTensor(String)
  /// The file has a tensor that nothing to be restored asks for.
  case unexpectedTensor(String)
  /// A tensor's shape in the file is not the expected one.
  case wrongShape(tensor: String, expected: [Int], found: [Int])
  /// A text of the metadata is missing or not what it should be.
  case wrongMetadata(key: String, found: String?)
  /// The file could not be read or written.
  case file(FileError)

  /// What was expected and what was found.
  public var description: String {
    switch self {
    case .malformed(let offset, let reason): "not a safetensors file, at byte \(offset): \(reason)"
    case .unsupportedType(let tensor, let type):
      "the tensor \(tensor) has numbers of the type \(type); F64, F32, BF16 and I64 can be read"
    case .missingTensor(let name): "there is no tensor \(name) in the checkpoint"
    case .unexpectedTensor(let name): "the checkpoint's tensor \(name) belongs to nothing here"
    case .wrongShape(let tensor, let expected, let found):
      "the tensor \(tensor) should have the shape \(expected), and has \(found)"
    case .wrongMetadata(let key, let found?): "the checkpoint's \(key) cannot be '\(found)'"
    case .wrongMetadata(let key, nil): "the checkpoint's metadata lack \(key)"
    case .file(let error): error.description
    }
  }
}
