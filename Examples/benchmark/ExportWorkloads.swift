import ExampleSupport
import Foundation
import Leibniz
import LeibnizTools
import MicroGPTModel

/// Programs as they leave: what writing one takes, and what the peers' engines make of them.
enum ExportWorkloads {
  static func run() throws -> [Measurement] {
    let work = try Work()
    return try [
      gradient("moons gradient of 100000", work.moons, work.moonsSamples),
      gradient("digits gradient of 100000", work.digits, work.digitsSamples),
    ] + large()
  }

  /// Loss and gradient on one thread.
  private static func gradient(
    _ name: String, _ program: Program, _ rows: [[Double]]
  ) throws -> Measurement {
    let samples = try program.samples((0..<100_000).map { rows[$0 % rows.count] })
    let session = TrainingSession(SGD(program.parameters, learningRate: 0))
    let loss = try session.backward(program, samples, threads: 1)
    return try Measurement.of(
      "\(name), compiled", unit: "ms", scale: 1e3, runs: 1, check: loss
    ) {
      try session.backward(program, samples, threads: 1)
    }
  }

  /// A program of 10⁶ operations that do not join.
  private static func large() throws -> [Measurement] {
    let program = try Program(inputs: 1) { x in
      var y = x[0]
      for i in 0..<500_000 { y = (i % 2 == 0 ? y.sin() : y.tanh()) + 0.5 }
      return [y]
    }
    var largest = 0
    func measure(_ form: String, _ export: () throws -> String) throws -> Measurement {
      try Measurement.of(
        "\(form) of 1000000 operations", unit: "s", scale: 1, runs: 1, repeats: 1
      ) {
        _ = try export()
        largest = max(largest, residentBytes() ?? 0)
      }
    }
    let figures = [
      try measure("StableHLO") { try program.stableHLO() },
      try measure("C") { try program.source(.c) },
    ]
    print("  a program of 1,000,000 operations is exported in \(largest >> 20) MB")
    return figures
  }

  /// Losses as programs, what they are computed on, and the files that the peers read.
  struct Work {
    let moons: Program
    let digits: Program
    let microgpt: Program
    let moonsSamples: [[Double]]
    let digitsSamples: [[Double]]
    let tokens: [[Double]]

    init() throws {
      var generator = SeededGenerator(seed: 8)
      let points = LabelledPoints.twoMoons(count: 100, noise: 0.1, using: &generator)
      let small = MLP(inputs: 2, layers: [16, 16, 1], using: &generator)
      moonsSamples = zip(points.points, points.labels).map { $0 + [$1] }
      moons = try Program(inputs: 3, parameters: small.parameters) { x in
        [hingeLoss(predicted: small(Array(x[..<2]))[0], expected: x[2])]
      }
      let large = MLP(inputs: 64, layers: [64, 10], using: &generator)
      digitsSamples = (0..<100).map { i in
        (0..<64).map { _ in Double.random(in: 0...1, using: &generator) } + [Double(i % 10)]
      }
      digits = try Program(inputs: 65, parameters: large.parameters) { x in
        [softmaxCrossEntropy(logits: large(Array(x[..<64])), label: x[64])]
      }
      let model = GPT(GPT.Size(vocabulary: 27), using: &generator)
      microgpt = try model.lossProgram(length: 17)
      tokens = [(0..<17).map { _ in Double(Int.random(in: 0..<27, using: &generator)) }]
    }

    /// Writes each program, and its parameters and samples.
    func write(to directory: String) throws {
      for (name, program, samples) in [
        ("moons", moons, moonsSamples), ("digits", digits, digitsSamples),
        ("microgpt", microgpt, tokens),
      ] {
        try program.export(to: "\(directory)/\(name).mlir")
        try program.export(to: "\(directory)/\(name).c")
        let numbers = ["parameters": [program.parameters.map(\.data)], "samples": samples]
        try JSONEncoder().encode(numbers).writeWhole(to: "\(directory)/\(name).json")
      }
    }
  }

  /// What the peers' script is told.
  struct Folder: Encodable {
    let folder: String
    /// Where the loader of modules is.
    let loader: String

    init(_ directory: URL) throws {
      try Work().write(to: directory.path)
      folder = directory.path
      loader =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("cluster").path
    }
  }
}
