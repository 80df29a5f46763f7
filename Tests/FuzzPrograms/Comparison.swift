import Leibniz
import RandomGraphs

/// A random graph, half of whose inputs are inputs of a program, the rest parameters, with samples and
/// what eager mode makes of them.
struct Comparison {
  let batch: [[Double]]
  /// How many of the samples are far from the point where the graph was drawn.
  private(set) var wideCount = 0
  let description: String
  let width: Int
  let parameters: [Value]
  let program: Program
  let samples: Samples
  private let graph: RandomGraph

  init(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    graph = RandomGraph(seed: seed, size: .random(in: 5...80, using: &generator))
    let x = graph.inputs.map { Value($0) }
    width = (x.count + 1) / 2
    parameters = Array(x[width...])
    program = try Program(
      outputs: [graph(x)], inputs: Array(x[..<width]), parameters: parameters,
      sums: Bool.random(using: &generator) ? .fastest : .recorded)
    // Large batches cost more: they come less often.
    let count =
      Int.random(in: 0..<50, using: &generator) == 0
      ? .random(in: 65...1000, using: &generator)
      : [1, 2, 7, 8, 9, 16, 17, 33, 64].randomElement(using: &generator)!
    var batch: [[Double]] = []
    while batch.count < count {
      let sample = Self.sample(of: graph, width: width, using: &generator)
      if sample.isWide { wideCount += 1 }
      batch.append(sample.x)
    }
    self.batch = batch
    samples = try program.samples(batch)
    description = "\(graph.steps.count) operations, batch of \(count)"
  }

  /// A sample from anywhere, if the graph is smooth there; else one near the point that it was drawn at.
  private static func sample(
    of graph: RandomGraph, width: Int, using generator: inout SeededGenerator
  ) -> (x: [Double], isWide: Bool) {
    let x = (0..<width).map { _ in Double.random(in: -2...2, using: &generator) }
    if graph.isSmooth(at: x + graph.inputs[width...]) { return (x, true) }
    return (graph.inputs[..<width].map { $0 + .random(in: -1e-4...1e-4, using: &generator) }, false)
  }

  /// What differs, in words, and all numbers of the programs.
  func findings() throws -> Findings {
    var findings = Findings()
    let points = batch.map { $0 + parameters.map(\.data) }
    let eager = points.map { valueWithGradient(at: $0) { graph($0) } }
    try compareFirst(eager, &findings)
    // Three points in eager mode cost as much as all samples in a program.
    let few = Array(points.prefix(3))
    try compareSecond(
      few, eager.map(\.gradient), few.map { hessian(at: $0) { graph($0) } }, &findings)
    return findings
  }

  /// Values and first derivatives.
  private func compareFirst(
    _ eager: [(value: Double, gradient: [Double])], _ findings: inout Findings
  ) throws {
    let count = Double(batch.count)
    let values = try program(samples).map { $0[0] }
    findings.compare(values, eager.map(\.value), 1e-11, "values")
    let byParameters = parameters.indices.map { i in
      eager.reduce(0) { $0 + $1.gradient[width + i] } / count
    }
    let size = eager.flatMap(\.gradient).largest
    var first: (loss: Double, gradient: [Double], byInput: [Double])?
    for threads in 1...3 {
      parameters.forEach { $0.zeroGrad() }
      var byInput = samples
      let loss = try program.backward(
        samples, inputGradients: &byInput, reduction: .mean, threads: threads)
      let gradient = parameters.map(\.grad)
      if let first {
        let isEqual =
          loss == first.loss && gradient == first.gradient && byInput.numbers == first.byInput
        if !isEqual { findings.add("\(threads) threads give other numbers than one") }
        continue
      }
      first = (loss, gradient, byInput.numbers)
      findings.compare([loss], [eager.reduce(0) { $0 + $1.value } / count], 1e-11, "loss")
      findings.compare(gradient, byParameters, 1e-10, size: size, "gradient by parameters")
      findings.compare(
        byInput.numbers.map { $0 * count }, eager.flatMap { $0.gradient.prefix(width) }, 1e-10,
        size: size, "gradient by inputs")
    }
  }

  /// Second derivatives, by all the ways that lead to them.
  private func compareSecond(
    _ points: [[Double]], _ gradients: [[Double]], _ hessians: [[[Double]]],
    _ findings: inout Findings
  ) throws {
    let few = try program.samples(Array(batch.prefix(points.count)))
    let inputs = 0..<width
    let others = width..<width + parameters.count
    let size = hessians.flatMap { $0.flatMap { $0 } }.largest
    func block(_ rows: Range<Int>, _ columns: Range<Int>) -> [Double] {
      hessians.flatMap { matrix in rows.flatMap { matrix[$0][columns] } }
    }
    let (byInputs, byParameters) = (
      try program.gradient(withRespectTo: .inputs), try program.gradient(withRespectTo: .parameters)
    )
    findings.compare(
      try byInputs(samples).flatMap { $0 }, gradients.flatMap { $0.prefix(width) }, 1e-10,
      size: gradients.flatMap { $0 }.largest, "gradient as a program")
    findings.compare(
      program.hessian(few).flatMap { $0.flatMap { $0 } }, block(inputs, inputs), 1e-8, size: size,
      "Hessian by inputs")
    findings.compare(
      byInputs.jacobian(few).flatMap { $0.flatMap { $0 } }, block(inputs, inputs), 1e-8, size: size,
      "Jacobian of the gradient by inputs")
    if parameters.isEmpty { return }
    findings.compare(
      byParameters.jacobian(few).flatMap { $0.flatMap { $0 } }, block(others, inputs), 1e-8,
      size: size, "Jacobian of the gradient by parameters")
    let direction = parameters.indices.map { 1 / Double($0 + 1) }
    let products = others.map { row in
      hessians.reduce(0) { sum, matrix in
        sum + zip(matrix[row][others], direction).reduce(0) { $0 + $1.0 * $1.1 }
      } / Double(points.count)
    }
    let found = program.hessianVectorProduct(few, direction: direction)
    findings.compare(found, products, 1e-8, size: size, "product with the Hessian")
    if program.hessianVectorProduct(few, direction: direction, threads: 3) != found {
      findings.add("three threads give another product with the Hessian than one")
    }
    guard width == 1 else { return }
    parameters.forEach { $0.zeroGrad() }
    try byInputs.backward(few)
    findings.compare(
      parameters.map(\.grad),
      others.map { row in hessians.reduce(0) { $0 + $1[row][0] } / Double(points.count) }, 1e-8,
      size: size, "gradient of a gradient")
  }
}

/// Disagreements between programs and eager mode.
struct Findings {
  private(set) var sentences: [String] = []
  /// Of the bits of all numbers that were compared, those of eager mode too.
  private(set) var checksum: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ sentence: String) { sentences.append(sentence) }

  /// Notes the first of some numbers that differs by more than rounding: sums over paths may cancel, so
  /// they are exact in proportion to the largest of their kind.
  mutating func compare(
    _ found: [Double], _ expected: [Double], _ tolerance: Double, size: Double = 0, _ what: String
  ) {
    for number in found + expected {
      checksum = (checksum ^ number.bitPattern) &* 0x100_0000_01b3
    }
    guard found.count == expected.count else {
      return add("\(what): \(found.count) numbers instead of \(expected.count)")
    }
    let size = max(1, size, expected.largest)
    for (i, (found, expected)) in zip(found, expected).enumerated()
    where !((found - expected).magnitude <= tolerance * size) {
      return add("\(what), number \(i): \(found) instead of \(expected)")
    }
  }
}

extension [Double] {
  /// The largest magnitude.
  var largest: Double { reduce(0) { Swift.max($0, $1.magnitude) } }
}
