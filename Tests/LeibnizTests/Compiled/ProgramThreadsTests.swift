import XCTest

@testable import Leibniz

/// Results do not depend on the number of threads, nor on who else runs the same instructions.
/// Worth most under `--sanitize=thread`.
final class ProgramThreadsTests: XCTestCase {
  /// A network's loss, and a batch that no number of threads divides, with work for several.
  private func makeProgram() throws -> (program: Program, batch: [[Double]]) {
    var generator = SeededGenerator(seed: 3)
    let model = MLP(inputs: 2, layers: [96, 96, 1], activation: .tanh, using: &generator)
    let (x, t) = ([Value(0), Value(0)], Value(0))
    let loss = (model(x)[0] - t).power(2) + 1e-3 * Value.dot(model.parameters, model.parameters)
    let batch = (0..<1013).map { _ in (0..<3).map { _ in generator.normal() } }
    let program = try Program(loss, inputs: x + [t])
    let executable = program.graph.executable(.parameterGradients)
    let partition = Partition(
      of: batch.count, laneSlots: Int(executable.form.laneSlots), work: executable.work)
    XCTAssertGreaterThan(partition.groups, 3)
    return (program, batch)
  }

  func testTheNumberOfThreadsChangesNothing() throws {
    let (program, batch) = try makeProgram()
    let samples = try program.samples(batch)
    let outputs = program(batch)
    let inputGradients = try program.inputGradients(samples)
    let loss = program.backward(batch)
    let gradients = program.parameters.map(\.grad)
    for threads in [2, 3, 4, 16] {
      program.parameters.forEach { $0.zeroGrad() }
      XCTAssertEqual(try program.backward(samples, threads: threads), loss)
      XCTAssertEqual(program.parameters.map(\.grad), gradients, "\(threads) threads")
      XCTAssertEqual(program(batch, threads: threads), outputs, "\(threads) threads")
      XCTAssertEqual(try program.inputGradients(samples, threads: threads), inputGradients)
    }
  }

  func testTasksShareTheInstructions() async throws {
    let (program, batch) = try makeProgram()
    let samples = try program.samples(batch)
    let parameters = program.parameters.map(\.data)
    let expected = try program.graph.valueWithGradient(samples, parameters: parameters)
    let found = try await withThrowingTaskGroup(of: (value: Double, gradient: [Double]).self) {
      [graph = program.graph] group in
      for _ in 0..<4 {
        group.addTask { try graph.valueWithGradient(samples, parameters: parameters, threads: 2) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(found.count, 4)
    for result in found {
      XCTAssertEqual(result.value, expected.value)
      XCTAssertEqual(result.gradient, expected.gradient)
    }
  }
}
