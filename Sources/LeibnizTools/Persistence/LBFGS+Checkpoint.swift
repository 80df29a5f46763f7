import Leibniz

extension LBFGS {
  /// Writes everything that minimising goes on from: the parameters, and the steps remembered.
  ///
  /// ```swift
  /// func loss() -> Value { meanSquaredError(predicted: model(x), expected: y) }
  /// let optimizer = LBFGS(model.parameters)
  /// optimizer.minimize(iterations: 50, loss)
  /// try optimizer.save(to: "fit.safetensors")
  /// // later, in another process, with the same number of parameters:
  /// try optimizer.load(from: "fit.safetensors")
  /// optimizer.minimize(iterations: 50, loss)  // the same numbers as 100 iterations at once
  /// ```
  public func save(to path: String, metadata: [String: String] = [:]) throws(CheckpointError) {
    let shape = [pairs.count, parameters.count]
    let file = Safetensors(
      tensors: [
        .init(name: "parameters", shape: [parameters.count], values: parameters.map(\.data)),
        .init(name: "steps", shape: shape, values: pairs.flatMap(\.step)),
        .init(name: "changes", shape: shape, values: pairs.flatMap(\.change)),
      ], metadata: metadata)
    try file.write(to: path)
  }

  /// Takes everything from a file that ``save(to:metadata:)`` wrote: all, or nothing where anything
  /// does not fit.
  ///
  /// - Returns: the file, for its metadata.
  /// - Throws: ``CheckpointError``, which is ``CheckpointError/wrongShape(tensor:expected:found:)``
  ///   also where the file remembers more steps than ``history``.
  @discardableResult
  public func load(from path: String) throws(CheckpointError) -> Safetensors {
    let file = try Safetensors(contentsOf: path)
    let count = parameters.count
    let numbers = try file.tensor("parameters", shape: [count])
    let found = file.tensors.first { $0.name == "steps" }?.shape.first ?? 0
    let shape = [min(found, history), count]
    let steps = try file.tensor("steps", shape: shape)
    let changes = try file.tensor("changes", shape: shape)
    try file.requireNothing(beside: ["parameters", "steps", "changes"])

    // Nothing can fail from here on.
    for (parameter, number) in zip(parameters, numbers) { parameter.data = number }
    pairs = (0..<shape[0]).map { pair in
      let range = (pair * count)..<((pair + 1) * count)
      return (Array(steps[range]), Array(changes[range]))
    }
    return file
  }
}
