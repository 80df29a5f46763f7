import Leibniz

extension Module {
  /// Writes the model's tensors into a safetensors file.
  ///
  /// ```swift
  /// try model.save(to: "model.safetensors")
  /// try model.load(from: "model.safetensors")  // the same numbers, bit for bit
  /// ```
  ///
  /// In Python: `safetensors.numpy.load_file("model.safetensors")`.
  public func save(to path: String, metadata: [String: String] = [:]) throws(CheckpointError) {
    try Safetensors(tensors: tensors.map(\.numbers), metadata: metadata).write(to: path)
  }

  /// Takes the model's numbers from a file: all, or none where anything does not fit.
  public func load(from path: String) throws(CheckpointError) {
    let file = try Safetensors(contentsOf: path)
    let numbers = try file.matching(tensors)
    try file.requireNothing(beside: tensors.map(\.name))
    tensors.set(numbers)
  }
}

extension NamedTensor {
  /// The tensor as a file holds it.
  var numbers: Safetensors.Tensor {
    Safetensors.Tensor(name: name, shape: shape, values: values.map(\.data))
  }
}

extension Safetensors {
  /// The numbers of the tensor with a name, which must be of a shape.
  ///
  /// - Throws: ``CheckpointError/missingTensor(_:)`` or
  ///   ``CheckpointError/wrongShape(tensor:expected:found:)``.
  public func tensor(_ name: String, shape: [Int]) throws(CheckpointError) -> [Double] {
    guard let found = tensors.first(where: { $0.name == name }) else { throw .missingTensor(name) }
    guard found.shape == shape else {
      throw .wrongShape(tensor: name, expected: shape, found: found.shape)
    }
    return found.values
  }

  /// Refuses a file that has a tensor of any other name.
  func requireNothing(beside names: [String]) throws(CheckpointError) {
    let known = Set(names)
    if let stray = tensors.first(where: { !known.contains($0.name) }) {
      throw .unexpectedTensor(stray.name)
    }
  }

  /// The numbers for each of a model's tensors.
  func matching(_ tensors: [NamedTensor]) throws(CheckpointError) -> [[Double]] {
    var numbers: [[Double]] = []
    for expected in tensors {
      numbers.append(try tensor(expected.name, shape: expected.shape))
    }
    return numbers
  }
}
