import RandomGraphs
import XCTest

@testable import Leibniz

/// Derivatives of programs on random graphs of every row, against eager mode, which is held against
/// central differences, for batches of all kinds and each number of threads.
final class ProgramDerivativesTests: XCTestCase {
  /// A random graph, half of whose inputs are inputs of the program; the rest are parameters.
  private struct Subject {
    let graph: RandomGraph
    let parameters: [Value]
    let program: Program
    let batch: [[Double]]
    let what: String

    init(seed: UInt64, count: Int, passes: Set<Pass> = Set(Pass.allCases)) throws {
      let graph = RandomGraph(seed: seed, size: 40)
      let x = graph.inputs.map { Value($0) }
      let half = (x.count + 1) / 2
      self.graph = graph
      parameters = Array(x[half...])
      program = try Program(
        outputs: [graph(x)], inputs: Array(x[..<half]), parameters: parameters, passes: passes)
      batch = (0..<count).map { sample in
        (0..<half).map { graph.inputs[$0] + 1e-4 * sin(Double(7 * sample + $0)) }
      }
      what = "graph \(seed), batch of \(count)"
    }

    var width: Int { program.graph.inputCount }

    /// The point in eager mode that a sample is.
    func point(_ sample: [Double]) -> [Double] { sample + parameters.map(\.data) }

    func hessians() -> [[[Double]]] { batch.map { hessian(at: point($0)) { graph($0) } } }
  }

  private func assertClose(
    _ found: [Double], _ expected: [Double], _ what: String, line: UInt = #line
  ) {
    XCTAssertEqual(found.count, expected.count, what, line: line)
    let size = max(1, expected.map(abs).max() ?? 1)
    for (found, expected) in zip(found, expected)
    where !((found - expected).magnitude <= 1e-10 * size) {
      XCTFail("\(what): \(found) instead of \(expected)", line: line)
      return
    }
  }

  private let seeds = UInt64(0)..<120

  func testHessianVectorProducts() throws {
    for seed in seeds {
      let subject = try Subject(seed: seed, count: [1, 2, 9, 40][Int(seed % 4)])
      if subject.parameters.isEmpty { continue }
      let direction = subject.parameters.indices.map { 1 / Double($0 + 1) }
      let samples = try subject.program.samples(subject.batch)
      let hessians = subject.hessians()
      let expected = subject.parameters.indices.map { row in
        hessians.map { matrix in
          zip(matrix[subject.width + row].dropFirst(subject.width), direction).map(*).reduce(0, +)
        }.reduce(0, +) / Double(hessians.count)
      }
      let found = subject.program.hessianVectorProduct(samples, direction: direction)
      assertClose(found, expected, subject.what)
      for threads in 2...3 {
        XCTAssertEqual(
          subject.program.hessianVectorProduct(samples, direction: direction, threads: threads),
          found, subject.what)
      }
    }
  }

  func testHessiansAndGradientsAsPrograms() throws {
    for seed in seeds {
      let subject = try Subject(seed: seed, count: [1, 3, 8, 17][Int(seed % 4)])
      let samples = try subject.program.samples(subject.batch)
      let hessians = subject.hessians()
      let byInputs = try subject.program.gradient(withRespectTo: .inputs)
      let byParameters = try subject.program.gradient(withRespectTo: .parameters)
      let gradients = subject.batch.map { gradient(at: subject.point($0)) { subject.graph($0) } }
      for (i, row) in subject.program.hessian(samples).enumerated() {
        let expected = hessians[i].prefix(subject.width).flatMap { $0.prefix(subject.width) }
        assertClose(row.flatMap { $0 }, expected, subject.what)
        assertClose(byInputs.jacobian(samples)[i].flatMap { $0 }, expected, subject.what)
        assertClose(
          byInputs(subject.batch)[i], Array(gradients[i].prefix(subject.width)), subject.what)
        assertClose(
          byParameters(subject.batch)[i], Array(gradients[i].dropFirst(subject.width)),
          subject.what)
        assertClose(
          byParameters.jacobian(samples)[i].flatMap { $0 },
          hessians[i].dropFirst(subject.width).flatMap { $0.prefix(subject.width) }, subject.what)
      }
    }
  }

  /// The derivative of an output of a gradient by the parameters: a gradient of a gradient.
  func testGradientsOfGradients() throws {
    for seed in seeds {
      let subject = try Subject(seed: seed, count: 5)
      // Differences see through what stops a gradient.
      let stops = subject.graph.steps.contains { $0.primitive == .unary(.stopGradient) }
      guard subject.width == 1, !subject.parameters.isEmpty, !stops else { continue }
      let first = try subject.program.gradient(withRespectTo: .inputs)
      let mixed = subject.hessians().map { $0[0].dropFirst() }
      subject.parameters.forEach { $0.zeroGrad() }
      first.backward(subject.batch)
      let expected = subject.parameters.indices.map { i in
        mixed.map { $0[$0.startIndex + i] }.reduce(0, +) / 5
      }
      assertClose(subject.parameters.map(\.grad), expected, subject.what)
      let second = try first.gradient(withRespectTo: .inputs)
      let step = 1e-5
      for sample in subject.batch {
        let third = second.jacobian(try second.samples([sample]))[0][0][0]
        let difference =
          (second([sample[0] + step])[0] - second([sample[0] - step])[0]) / (2 * step)
        XCTAssertEqual(third, difference, accuracy: 1e-3 * max(1, abs(third)), subject.what)
      }
    }
  }

  func testProductsWithJacobians() throws {
    for seed in seeds {
      let subject = try Subject(seed: seed, count: [1, 4, 9][Int(seed % 3)])
      let samples = try subject.program.samples(subject.batch)
      let gradients = subject.batch.map { gradient(at: subject.point($0)) { subject.graph($0) } }
      var directions = samples
      for sample in directions.indices {
        directions[sample] = (0..<subject.width).map { Double(sample + 1) / Double($0 + 2) }
      }
      let cotangents = try Samples(samples.indices.map { [1 / Double($0 + 1)] })
      let parameterDirection = subject.parameters.indices.map { Double($0) - 0.5 }
      let alongInputs = subject.program.jacobianVectorProduct(samples, directions: directions)
      let alongParameters = subject.program.jacobianVectorProduct(
        samples, parameterDirection: parameterDirection)
      let byInputs = subject.program.vectorJacobianProduct(samples, cotangents: cotangents)
      let byParameters = subject.program.parameterVectorJacobianProduct(
        samples, cotangents: cotangents)
      var total = [Double](repeating: 0, count: subject.parameters.count)
      for (i, gradient) in gradients.enumerated() {
        let (inputs, parameters) = (
          gradient.prefix(subject.width), gradient.dropFirst(subject.width)
        )
        assertClose(alongInputs[i], [zip(inputs, directions[i]).map(*).reduce(0, +)], subject.what)
        assertClose(
          alongParameters[i], [zip(parameters, parameterDirection).map(*).reduce(0, +)],
          subject.what)
        assertClose(byInputs[i], inputs.map { $0 * cotangents[i, 0] }, subject.what)
        total = zip(total, parameters).map { $0 + $1 * cotangents[i, 0] }
      }
      assertClose(byParameters, total, subject.what)
    }
  }

  /// A network of several outputs: each is swept for by itself, in one instruction.
  func testJacobiansOfNetworks() throws {
    for (inputs, outputs) in [(3, 4), (5, 2)] {
      var generator = SeededGenerator(seed: 2)
      let model = MLP(
        inputs: inputs, layers: [8, outputs], activation: .tanh, using: &generator)
      let program = try Program(inputs: inputs) { model($0) }
      let batch = (0..<11).map { _ in (0..<inputs).map { _ in generator.normal() } }
      for (point, found) in zip(batch, program.jacobian(try program.samples(batch))) {
        let expected = jacobian(at: point) { (x: [Value]) in model(x) }
        assertClose(found.flatMap { $0 }, expected.flatMap { $0 }, "\(inputs) to \(outputs)")
      }
      let instructions = program.graph.executable(.jacobian).form.lanes.count
      XCTAssertLessThan(instructions, 24, "the sweeps are one")
    }
  }

  /// Each pass may be left out, or be the only one.
  func testPassesChangeNothing() throws {
    for seed in UInt64(0)..<24 {
      var sets: [Set<Pass>] = [[]]
      for pass in Pass.allCases { sets += [[pass], Set(Pass.allCases).subtracting([pass])] }
      let reference = try Subject(seed: seed, count: 9)
      let samples = try reference.program.samples(reference.batch)
      let direction = reference.parameters.map { _ in 1.0 }
      let loss = try reference.program.backward(samples)
      let gradient = reference.parameters.map(\.grad)
      let product = reference.program.hessianVectorProduct(samples, direction: direction)
      for passes in sets {
        let other = try Subject(seed: seed, count: 9, passes: passes)
        assertClose([try other.program.backward(samples)], [loss], reference.what)
        assertClose(other.parameters.map(\.grad), gradient, "\(reference.what), \(passes)")
        assertClose(
          other.program.hessianVectorProduct(samples, direction: direction), product,
          "\(reference.what), \(passes)")
      }
    }
  }

  /// What only a row without a derivative looks at has no cotangent, and none may be read in its place:
  /// found by FuzzPrograms as a product with the Hessian that was NaN.
  func testAnOperationThatNothingIsHandedTo() throws {
    let wave = CustomOperation(
      "wave", value: { $0[0] + $0[1] }, partials: { x, _ in [x[0].cos() * x[1], x[0].sin()] })
    func formula(_ x: Value, _ w: Value) -> Value {
      let step = wave([w, w.elu(alpha: 1)]).greater(than: .constant(3))
      return .mean([atan2(w.cosh(), x), step, x + 3 * w])
    }
    let w = Value(-1.125)
    let program = try Program(inputs: 1, parameters: [w]) { [formula($0[0], w)] }
    for count in [1, 3, 8] {
      let batch = (0..<count).map { [-1.2 + 0.1 * Double($0)] }
      let expected = batch.map { x in
        hessian(at: [w.data]) { formula(.constant(x[0]), $0[0]) }[0][0]
      }
      assertClose(
        program.hessianVectorProduct(try program.samples(batch), direction: [1]),
        [expected.reduce(0, +) / Double(count)], "batch of \(count)")
    }
  }

  func testSeveralOutputsHaveNoGradient() throws {
    let program = try Program(inputs: 2) { $0 }
    XCTAssertThrowsError(try program.gradient(withRespectTo: .inputs)) {
      XCTAssertEqual($0 as? ProgramError, .severalOutputs(2))
    }
  }
}
