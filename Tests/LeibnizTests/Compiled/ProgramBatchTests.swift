import RandomGraphs
import XCTest

@testable import Leibniz

/// Random graphs as programs give the values and the gradients of eager mode, for batches that fill
/// lanes, blocks and groups or do not, and for each number of threads.
final class ProgramBatchTests: XCTestCase {
  /// A random graph, half of whose inputs are inputs of the program; the rest are parameters.
  private struct Subject {
    let graph: RandomGraph
    let parameters: [Value]
    let program: Program

    init(seed: UInt64) throws {
      graph = RandomGraph(seed: seed, size: 60)
      let x = graph.inputs.map { Value($0) }
      let half = (x.count + 1) / 2
      parameters = Array(x[half...])
      program = try Program(graph(x), inputs: Array(x[..<half]), parameters: parameters)
    }

    /// Samples near the inputs, where the graph is smooth.
    func samples(_ count: Int) -> [[Double]] {
      (0..<count).map { sample in
        (0..<program.graph.inputCount).map {
          graph.inputs[$0] + 1e-4 * sin(Double(7 * sample + $0))
        }
      }
    }

    /// The loss and its gradient at a sample, in eager mode.
    func eager(_ sample: [Double]) -> (value: Double, gradient: [Double]) {
      valueWithGradient(at: sample + parameters.map(\.data)) { graph($0) }
    }
  }

  /// A sum of parameters alone is computed once for all samples: found by FuzzPrograms without its bias.
  func testAProductOfParametersKeepsItsBias() throws {
    let (x, w, b) = (Value(2), Value(3), Value(5))
    let program = try Program(x * Value.dot([w], [w], bias: b), inputs: [x])
    for count in [1, 7, 8] {
      XCTAssertEqual(
        program([[Double]](repeating: [2], count: count)),
        [[Double]](repeating: [28], count: count))
    }
  }

  func testBatchesAgreeWithEagerMode() throws {
    for seed in UInt64(0)..<150 {
      let subject = try Subject(seed: seed)
      for count in [1, 2, 7, 8, 9, 64] + (seed % 25 == 0 ? [1000] : []) {
        try check(subject, count: count, "graph \(seed), batch of \(count)")
      }
    }
  }

  private func check(_ subject: Subject, count: Int, _ what: String) throws {
    let batch = subject.samples(count)
    let expected = batch.map(subject.eager)
    func mean(_ number: ((value: Double, gradient: [Double])) -> Double) -> Double {
      expected.map(number).reduce(0, +) / Double(count)
    }
    let loss = mean(\.value)
    let width = subject.program.graph.inputCount
    let byParameter = subject.parameters.indices.map { i in mean { $0.gradient[width + i] } }
    // Gradients are sums over paths, which may cancel: they are exact in proportion to the largest.
    let size = max(1, expected.flatMap(\.gradient).map(abs).max() ?? 1)
    let samples = try subject.program.samples(batch)
    var byInput = samples
    for threads in 1...3 {
      subject.parameters.forEach { $0.zeroGrad() }
      let found = try subject.program.backward(
        samples, inputGradients: &byInput, reduction: .mean, threads: threads)
      assertClose(found, loss, relative: 1e-13, what)
      for (parameter, expected) in zip(subject.parameters, byParameter) {
        assertClose(parameter.grad, expected, relative: 1e-13, floor: size, what)
      }
      for (sample, expected) in expected.enumerated() {
        for (found, slope) in zip(byInput[sample], expected.gradient) {
          assertClose(found * Double(count), slope, relative: 1e-13, floor: size, what)
        }
      }
    }
    for (found, expected) in zip(subject.program(batch), expected) {
      assertClose(found[0], expected.value, relative: 1e-13, what)
    }
  }

  /// Groups of one block of eight lanes each, which these small graphs would not be worth.
  func testManyGroupsAgreeWithOne() throws {
    for seed in UInt64(0)..<60 {
      let subject = try Subject(seed: seed)
      let graph = subject.program.graph
      for count in [9, 64, 125] {
        let samples = try subject.program.samples(subject.samples(count))
        let parameters = subject.parameters.map(\.data)
        let expected = try graph.valueWithGradient(samples, parameters: parameters)
        let size = expected.gradient.map(abs).max() ?? 1
        let blocks = (count + 7) / 8
        var first: [Double]?
        for threads in 1...3 {
          let executable = graph.executable(.parameterGradients)
          let workspace = Workspace(executable)
          for (i, number) in parameters.enumerated() { workspace.parameters[i] = number }
          let loss = try executable.run(
            samples, workspace, Executable.Request(seed: 1 / Double(count)), threads: threads,
            partition: Partition(of: count, lanes: 8, groups: blocks))
          let gradient = parameters.indices.map { workspace.parameterGradients[$0] }
          assertClose(loss, expected.value, relative: 1e-13, "graph \(seed)")
          for (found, expected) in zip(gradient, expected.gradient) {
            assertClose(found, expected, relative: 1e-13, floor: size, "graph \(seed)")
          }
          XCTAssertEqual(gradient, first ?? gradient, "\(threads) threads")
          first = gradient
        }
      }
    }
  }

  func testRoomForInputGradientsOfAnotherWidthIsRefused() throws {
    let program = try Program(inputs: 2) { x in [x[0] * x[1]] }
    var narrow = Samples(count: 1, width: 1)
    XCTAssertThrowsError(
      try program.backward(program.samples([[1, 2]]), inputGradients: &narrow)
    ) {
      XCTAssertEqual($0 as? ProgramError, .wrongSampleWidth(expected: 2, found: 1, sample: 0))
    }
  }

  func testResultsWithoutArraysOfArrays() throws {
    let program = try Program(inputs: 2) { x in [x[0] * x[1], x[0] + x[1].exp()] }
    for count in [1, 3, 20] {
      let samples = try Samples((0..<count).map { [Double($0), 0.1 * Double($0)] })
      XCTAssertEqual(Array(try program.outputs(for: samples)), try program(samples))
      let matrices = program.jacobian(samples).map { $0.flatMap { $0 } }
      XCTAssertEqual(Array(program.jacobians(for: samples)), matrices)
      XCTAssertEqual(program.jacobians(for: samples).numbers, matrices.flatMap { $0 })
    }
  }
}
