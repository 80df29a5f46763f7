import Foundation
import RandomGraphs
import XCTest

@testable import Leibniz

/// 300 random graphs against the values and gradients that PyTorch computes for them, in
/// `Tests/Reference/random_graphs.txt`. The script beside that file describes its lines.
final class PyTorchTests: XCTestCase {
  private struct Reference {
    var graph = RandomGraph(inputs: [])
    var value = 0.0
    var gradient: [Double] = []
    /// The Hessian times 1, 1/2, 1/3, ….
    var product: [Double] = []
  }

  private func references() throws -> [Reference] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appendingPathComponent("Reference/random_graphs.txt")
    var references: [Reference] = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      let numbers = words.dropFirst().compactMap(Double.init)
      switch words[0] {
      case "graph": references.append(Reference(graph: RandomGraph(inputs: numbers)))
      case "output": references[references.count - 1].graph.outputs = numbers.map { Int($0) }
      case "value": references[references.count - 1].value = numbers[0]
      case "gradient": references[references.count - 1].gradient = numbers
      case "product": references[references.count - 1].product = numbers
      default:
        let step = try XCTUnwrap(RandomGraph.Step(words), "unknown step: \(line)")
        references[references.count - 1].graph.steps.append(step)
      }
    }
    return references
  }

  func testValuesAndGradients() throws {
    let references = try references()
    XCTAssertEqual(references.count, 300)
    for (number, reference) in references.enumerated() {
      let (graph, what) = (reference.graph, "graph \(number)")
      let inputs = graph.inputs.map { Value($0) }
      let output = graph(inputs)
      output.backward()
      assertClose(output.data, reference.value, relative: 1e-12, what)
      assertClose(graph(graph.inputs), reference.value, relative: 1e-12, what)
      XCTAssertEqual(reference.gradient.count, inputs.count, what)
      for (i, expected) in reference.gradient.enumerated() {
        var point = graph.inputs.map { Dual($0) }
        point[i].tangent = 1
        assertClose(inputs[i].grad, expected, relative: 1e-12, "\(what), input \(i)")
        assertClose(graph(point).tangent, expected, relative: 1e-12, "\(what), input \(i), forward")
      }
    }
  }

  func testSecondDerivatives() throws {
    for (number, reference) in try references().enumerated() {
      let (graph, what) = (reference.graph, "graph \(number)")
      let direction = graph.inputs.indices.map { 1 / Double($0 + 1) }
      let eager = hessianVectorProduct(at: graph.inputs, direction: direction) { graph($0) }
      var compiled = eager
      if number % 4 == 0 {  // in debug builds all take half a minute
        let gradient = try Program(inputs: graph.inputs.count) { [graph($0)] }
          .gradient(withRespectTo: .inputs)
        compiled =
          gradient.jacobianVectorProduct(
            try Samples([graph.inputs]), directions: try Samples([direction]))[0]
      }
      XCTAssertEqual(reference.product.count, graph.inputs.count, what)
      let size = reference.product.reduce(1) { max($0, abs($1)) }
      for (i, expected) in reference.product.enumerated() {
        XCTAssertEqual(eager[i], expected, accuracy: 1e-9 * size, "\(what), input \(i)")
        XCTAssertEqual(
          compiled[i], expected, accuracy: 1e-9 * size, "\(what), input \(i), compiled")
      }
    }
  }
}

extension RandomGraph.Step {
  /// A step from the words of its line.
  fileprivate init?(_ words: [String]) {
    let places = words.dropFirst(2).compactMap { Int($0) }
    switch words[0] {
    case "unary":
      guard let row = UnaryFunction(rawValue: words[1]) else { return nil }
      self = .unary(row, places[0])
    case "binary":
      guard let row = BinaryFunction(rawValue: words[1]) else { return nil }
      if words[2].hasPrefix("#"), let number = Double(words[2].dropFirst()) {
        self = .binaryNumberFirst(row, number, places[0])
      } else if words[3].hasPrefix("#"), let number = Double(words[3].dropFirst()) {
        self = .binaryNumberSecond(row, places[0], number)
      } else {
        self = .binary(row, places[0], places[1])
      }
    case "nary":
      guard let row = NaryFunction(rawValue: words[1]) else { return nil }
      self = .nary(row, places)
    case "dot":
      let parts = words.dropFirst().split(separator: "|").map { $0.compactMap { Int($0) } }
      self = .dot(parts[0], parts[1], bias: parts.count == 3 ? parts[2][0] : nil, then: nil)
    default: return nil
    }
  }
}
