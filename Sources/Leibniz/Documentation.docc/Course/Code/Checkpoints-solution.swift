import Leibniz
import LeibnizTools

/// A file of another model is refused, and the model keeps its numbers.
func checkpointsSolution() throws {
  let file = "checkpoints-exercise.safetensors"
  try MLP(inputs: 2, layers: [16, 1], seed: 1).save(to: file)
  let other = MLP(inputs: 2, layers: [8, 1], seed: 2)
  let before = other.parameters.map(\.data)
  do {
    try other.load(from: file)
  } catch {
    print(error)
    print("unchanged: \(other.parameters.map(\.data) == before)")  // true
  }
}
