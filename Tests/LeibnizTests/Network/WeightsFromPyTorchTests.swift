import Foundation
import Leibniz
import LeibnizTools
import MicroGPTModel
import XCTest

/// `Tests/Reference/pytorch_weights.py` wrote the state dictionaries, and what PyTorch computes.
final class WeightsFromPyTorchTests: XCTestCase {
  private var generator = SeededGenerator(seed: 1)
  private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Reference/pytorch").path

  private func numbers(_ name: String) throws -> [Double] {
    let file = try Safetensors(contentsOf: "\(folder)/outputs.safetensors")
    return try XCTUnwrap(file.tensors.first { $0.name == name }, name).values
  }

  private func check(_ name: String, _ outputs: ([Double]) throws -> [Double]) throws {
    let found = try outputs(numbers("\(name).input"))
    let expected = try numbers("\(name).output")
    XCTAssertEqual(found.count, expected.count, name)
    for (found, expected) in zip(found, expected) {
      XCTAssertEqual(found, expected, accuracy: 1e-13, name)
    }
  }

  private func check(_ name: String, _ model: some Module) throws {
    try model.load(pyTorch: "\(folder)/\(name).safetensors")
    try check(name) { model.predict($0) }
  }

  func testNetworksInEachPrecision() throws {
    for name in ["mlp", "mlp32", "mlp16"] {
      try check(name, MLP(inputs: 2, layers: [4, 3, 1], activation: .tanh, using: &generator))
    }
    try check("linear", Layer(inputs: 3, outputs: 2, using: &generator))
  }

  func testNormalisations() throws {
    try check("layernorm", LayerNorm(features: 3))
    try check("rmsnorm", RMSNorm(features: 3))
    try check("batchnorm", BatchNorm(features: 3))
  }

  func testRecurrentUnits() throws {
    for name in ["gru", "gru0"] {
      let cell = GRUCell(inputs: 3, outputs: 2, using: &generator)
      try cell.tensors.load(pyTorch: "\(folder)/\(name).safetensors")
      try check(name) { cell.state(after: Array($0[3...]), reading: Array($0[..<3])) }
    }
  }

  func testGPT() throws {
    let model = GPT(GPT.Size(vocabulary: 5), using: &generator)
    try model.load(pyTorch: "\(folder)/gpt.safetensors")
    try check("gpt") { tokens in
      var cache: GPT.Cache<Double> = model.cache()
      return tokens.flatMap { model(Int($0), &cache) }
    }
  }

  func testWhatDoesNotFitIsNamedAndChangesNothing() throws {
    func error(_ model: some Module, _ name: String) -> CheckpointError? {
      let before = model.parameters.map(\.data)
      defer { XCTAssertEqual(model.parameters.map(\.data), before) }
      do {
        try model.load(pyTorch: "\(folder)/\(name).safetensors")
        return nil
      } catch { return error }
    }
    let small = MLP(inputs: 2, layers: [4, 1], using: &generator)
    XCTAssertEqual(
      error(small, "mlp"),
      .wrongShape(tensor: "layers.1.weight", expected: [1, 4], found: [3, 4]))
    XCTAssertEqual(
      error(Layer(inputs: 3, outputs: 2, bias: false, using: &generator), "linear"),
      .unexpectedTensor("bias"))
    XCTAssertEqual(
      error(BatchNorm(features: 3), "layernorm"), .missingTensor("running_mean"))
    let cell = GRUCell(inputs: 4, outputs: 2, using: &generator)
    XCTAssertThrowsError(try cell.tensors.load(pyTorch: "\(folder)/gru.safetensors")) {
      XCTAssertEqual(
        $0 as? CheckpointError,
        .wrongShape(tensor: "weight_ih", expected: [6, 4], found: [6, 3]))
    }
  }
}
