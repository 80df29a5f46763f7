import XCTest

@testable import Leibniz

/// A pass that is left out, or the only one, changes no result of a network beyond rounding: layers of all
/// kinds and their gradients, for one sample and for a batch.
final class PassesOnNetworksTests: XCTestCase {
  private struct Network {
    let name: String
    let inputs: Int
    let model: any Module
  }

  private let networks: [Network] = {
    var generator = SeededGenerator(seed: 8)
    let image = ImageShape(height: 4, width: 4)
    let filters = Convolution(
      over: image, filters: 2, size: 3, padding: 1, activation: .relu, using: &generator)
    let pooling = Pooling(.maximum, over: filters.output, size: 2)
    return [
      Network(
        name: "perceptron", inputs: 3,
        model: MLP(inputs: 3, layers: [5, 4, 2], activation: .tanh, using: &generator)),
      Network(
        name: "convolutions", inputs: image.count,
        model: Sequential([
          filters, pooling, Layer(inputs: pooling.output.count, outputs: 2, using: &generator),
        ])),
      Network(
        name: "residual block", inputs: 4,
        model: Sequential([
          LayerNorm(features: 4),
          Residual(Layer(inputs: 4, outputs: 4, activation: .gelu, using: &generator)),
          RMSNorm(features: 4), BatchNorm(features: 4),
          Layer(inputs: 4, outputs: 2, activation: .elu(alpha: 0.5), using: &generator),
        ])),
      Network(
        name: "gated recurrent unit", inputs: 4,
        model: Sequential([
          Recurrent(GRUCell(inputs: 1, outputs: 3, using: &generator)),
          Layer(inputs: 3, outputs: 2, using: &generator),
        ])),
      Network(
        name: "long short-term memory", inputs: 4,
        model: Sequential([
          Recurrent(LSTMCell(inputs: 2, outputs: 3, using: &generator)),
          Layer(inputs: 3, outputs: 2, activation: .silu, using: &generator),
        ])),
      Network(
        name: "attention", inputs: 12,
        model: Sequential([
          LearntPositions(count: 3, width: 4, using: &generator),
          Residual(CausalSelfAttention(width: 4, heads: 2, using: &generator)),
          EachToken(width: 4, LayerNorm(features: 4)),
          Layer(inputs: 12, outputs: 2, activation: .softplus, using: &generator),
        ])),
    ]
  }()

  func testPassesChangeNothing() throws {
    let all = Set(Pass.allCases)
    let sets = [all, []] + Pass.allCases.map { all.subtracting([$0]) }
    for network in networks {
      let x = (0..<network.inputs).map { _ in Value(0.5) }, label = Value(0)
      let y = network.model.outputs(for: x)
      let parameters = network.model.parameters
      let loss =
        softmaxCrossEntropy(logits: y, label: label) + 0.01 * Value.dot(parameters, parameters)
      var generator = SeededGenerator(seed: 5)
      let rows = (0..<11).map { sample -> [Double] in
        (0..<network.inputs).map { _ in generator.normal() } + [Double(sample % 2)]
      }
      for (input, number) in zip(x, rows[0]) { input.data = number }
      loss.recompute()
      var expected: [[Double]] = []
      for passes in sets {
        let program = try Program(
          outputs: [loss], inputs: x + [label], parameters: parameters, passes: passes)
        let found = try [results(of: program, on: [rows[0]]), results(of: program, on: rows)]
        if expected.isEmpty {
          expected = found
          assertClose([found[0][0]], [loss.data], network.name)
        }
        for (found, expected) in zip(found, expected) {
          assertClose(found, expected, "\(network.name), \(passes)")
        }
      }
    }
  }

  /// The loss and its gradient.
  private func results(of program: Program, on rows: [[Double]]) throws -> [Double] {
    defer { program.parameters.forEach { $0.zeroGrad() } }
    return try [program.backward(program.samples(rows))] + program.parameters.map(\.grad)
  }

  private func assertClose(
    _ found: [Double], _ expected: [Double], _ what: String, line: UInt = #line
  ) {
    let size = max(1, expected.map(abs).max() ?? 1)
    XCTAssertTrue(
      zip(found, expected).allSatisfy { ($0 - $1).magnitude <= 1e-12 * size }, what, line: line)
  }
}
