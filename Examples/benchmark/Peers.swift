import ExampleSupport
import Foundation
import Leibniz

/// Other systems on the same work: micrograd, PyTorch, JAX and SciPy, run by a Python that has them.
enum Peers {
  /// What the scripts measured, on the data and the parameters of our workloads: those of some
  /// workloads, or of all.
  static func measure(_ names: Set<String>, python: String) throws -> [Measurement] {
    func asks(for workloads: Set<String>) -> Bool {
      names.isEmpty || !names.isDisjoint(with: workloads)
    }
    var figures: [Measurement] = []
    if asks(for: ["tiny", "moons", "digits", "models", "heat"]) {
      figures += try networks(python: python)
    }
    if asks(for: ["calibration", "valleys"]) {
      figures += try run("solvers.py", FitWorkloads.Work(), python: python)
    }
    if asks(for: ["exports"]) {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      figures += try run("exports.py", ExportWorkloads.Folder(folder), python: python)
    }
    return figures
  }

  private static func networks(python: String) throws -> [Measurement] {
    let moons = MoonsWorkload()
    let digits = DigitsWorkload()
    let recurrence = ModelWorkloads.Recurrence()
    let heat = HeatWorkload()
    let work = Work(
      points: moons.data.points, labels: moons.data.labels,
      parameters: moons.parameters.map(\.data), rate: MoonsWorkload.rate,
      images: digits.images, classes: digits.labels,
      digitsParameters: digits.model.parameters.map(\.data), digitsRate: DigitsWorkload.rate,
      batch: DigitsWorkload.batchSize, windows: recurrence.windows, next: recurrence.targets,
      recurrentParameters: recurrence.byNeuron.map(\.data),
      convolutionTensors: ModelWorkloads.convolution().tensors.map {
        $0.values.map(\.data)
      }, modelRate: ModelWorkloads.rate, modelBatch: ModelWorkloads.batchSize,
      heatPoints: heat.points,
      heatParameters: heat.model.parameters.map(\.data), heatRate: HeatWorkload.rate)
    return try run("peers.py", work, python: python)
  }

  private static func run<Work: Encodable>(
    _ script: String, _ work: Work, python: String
  ) throws -> [Measurement] {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("leibniz-benchmark-\(ProcessInfo.processInfo.processIdentifier).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try JSONEncoder().encode(work).write(to: file, options: .atomic)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(script).path
    process.arguments = [python, script, file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw PeerError.failed(python: python, status: process.terminationStatus)
    }
    return try JSONDecoder().decode([Measurement].self, from: data)
  }

  private struct Work: Encodable {
    let points: [[Double]]
    let labels: [Double]
    let parameters: [Double]
    let rate: Double
    let images: [[Double]]
    let classes: [Int]
    let digitsParameters: [Double]
    let digitsRate: Double
    let batch: Int
    let windows: [[Double]]
    let next: [Double]
    let recurrentParameters: [Double]
    let convolutionTensors: [[Double]]
    let modelRate: Double
    let modelBatch: Int
    let heatPoints: [[Double]]
    let heatParameters: [Double]
    let heatRate: Double
  }

  /// How many times longer each peer takes than each of ours at the same work.
  static func printRatios(_ ours: [Measurement], _ others: [Measurement]) {
    print("\ntimes as long as Leibniz:")
    for other in others {
      let work = other.name.prefix { $0 != "," }
      for figure in ours where figure.name.hasPrefix(work + ",") {
        // Times of one work may be told in different units.
        let ratio =
          other.median * perNanosecond(other.unit) / (figure.median * perNanosecond(figure.unit))
        print(String(format: "%10.2f  ", ratio) + "\(other.name) : \(figure.name)")
      }
    }
  }

  private static func perNanosecond(_ unit: String) -> Double {
    ["ns": 1, "µs": 1e3, "ms": 1e6][unit] ?? .nan
  }

  /// Equal work must give equal numbers.
  static func compareLosses(_ ours: [Measurement], _ others: [Measurement]) throws {
    let all = ours + others
    for (work, group) in Dictionary(
      grouping: all.filter { $0.check != nil }, by: { $0.name.prefix { $0 != "," } })
    {
      let expected = group[0].check!
      // Written so that what is not a number disagrees.
      for figure in group where !(abs(figure.check! - expected) <= 1e-8 * abs(expected)) {
        throw PeerError.disagree(
          String(work), group[0].name, expected, figure.name, figure.check!)
      }
    }
  }
}

/// Why peers could not be measured, or not be believed.
enum PeerError: Error, CustomStringConvertible {
  case failed(python: String, status: Int32)
  case disagree(String, String, Double, String, Double)

  var description: String {
    switch self {
    case .failed(let python, let status):
      "\(python) ended with \(status): it needs micrograd, torch, jax and scipy "
        + "(python3 -m venv peers; peers/bin/pip install micrograd torch jax scipy; --python peers/bin/python)."
    case .disagree(let work, let ours, let expected, let other, let found):
      "\(work): \(ours) gives \(expected), \(other) gives \(found): not the same work."
    }
  }
}
