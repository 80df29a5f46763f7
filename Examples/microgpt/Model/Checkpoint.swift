import Leibniz
import LeibnizTools

/// A saved training run: the model's sizes, its parameters and its progress.
///
/// ```swift
/// try training.save(to: "names.safetensors", vocabulary)
/// let checkpoint = try Checkpoint(contentsOf: "names.safetensors")
/// try checkpoint.restore(training)  // of a model of the checkpoint's size
/// ```
///
/// A restored run continues bit for bit as if it had not been interrupted.
public struct Checkpoint {
  /// How large the model is.
  public let size: GPT.Size
  /// What its tokens mean.
  public let vocabulary: Vocabulary
  private let file: Safetensors

  /// Reads a file that ``Training/save(to:_:)`` wrote.
  public init(contentsOf path: String) throws(CheckpointError) {
    let file = try Safetensors(contentsOf: path)
    guard let characters = file.metadata["characters"],
      Set(characters).count == characters.count
    else { throw .wrongMetadata(key: "characters", found: file.metadata["characters"]) }
    func count(_ key: String) throws(CheckpointError) -> Int {
      guard let count = file.metadata[key].flatMap({ Int($0) }), (1...1 << 20).contains(count)
      else { throw .wrongMetadata(key: key, found: file.metadata[key]) }
      return count
    }
    vocabulary = Vocabulary(characters: Array(characters))
    var size = GPT.Size(vocabulary: vocabulary.count)
    (size.width, size.heads) = (try count("width"), try count("heads"))
    (size.layers, size.context) = (try count("layers"), try count("context"))
    guard size.width % size.heads == 0 else {
      throw .wrongMetadata(key: "heads", found: file.metadata["heads"])
    }
    // Before a model of that size is built, which may be larger than memory.
    let others = ["optimizer.memory", "losses"]
    let tensors = file.tensors.filter { !others.contains($0.name) }
    guard Double(tensors.reduce(0) { $0 + $1.values.count }) == size.parameterCount else {
      throw .wrongMetadata(
        key: "characters, width, layers and context",
        found: "\(vocabulary.count), \(size.width), \(size.layers), \(size.context)")
    }
    self.size = size
    self.file = file
  }

  /// Gives a run that has not begun the numbers of the saved one: all, or none where one is missing.
  public func restore(_ training: Training) throws(CheckpointError) {
    guard training.step == 0 else {
      fatalError("A run of \(training.step) steps cannot be another one.")
    }
    let tensors = training.model.tensors
    var numbers: [[Double]] = []
    for tensor in tensors { numbers.append(try file.tensor(tensor.name, shape: tensor.shape)) }
    let memory = try file.tensor(
      "optimizer.memory", shape: [training.optimizer.state.memory.count])
    guard let losses = file.tensors.first(where: { $0.name == "losses" }) else {
      throw .missingTensor("losses")
    }
    for (tensor, numbers) in zip(tensors, numbers) {
      for (value, number) in zip(tensor.values, numbers) { value.data = number }
    }
    training.optimizer.state.memory = memory
    training.optimizer.state.steps = losses.values.count
    training.losses = losses.values
  }
}

extension Training {
  /// Writes everything that the run goes on from, but for the documents.
  public func save(to path: String, _ vocabulary: Vocabulary) throws(CheckpointError) {
    writeBack()
    var tensors = model.tensors.map {
      Safetensors.Tensor(name: $0.name, shape: $0.shape, values: $0.values.map(\.data))
    }
    let memory = optimizer.state.memory
    tensors += [
      Safetensors.Tensor(name: "optimizer.memory", shape: [memory.count], values: memory),
      Safetensors.Tensor(name: "losses", shape: [losses.count], values: losses),
    ]
    let metadata = [
      "characters": String(vocabulary.characters), "width": "\(model.size.width)",
      "heads": "\(model.size.heads)", "layers": "\(model.size.layers)",
      "context": "\(model.size.context)",
    ]
    try Safetensors(tensors: tensors, metadata: metadata).write(to: path)
  }
}

extension GPT {
  /// Takes the parameters from a state dictionary of PyTorch, saved as safetensors.
  ///
  /// - Throws: `CheckpointError`, as a module's `load(pyTorch:)`.
  public func load(pyTorch path: String) throws(CheckpointError) {
    try tensors.load(pyTorch: path)
  }
}
