import ExampleSupport
import Foundation
import Leibniz

/// Measures Leibniz, and with `--peers` others on the same work in the same run.
@main
struct Benchmark {
  static let workloads: [(name: String, run: @Sendable () throws -> [Measurement])] = [
    ("tiny", EngineWorkloads.tiny),
    ("chain", EngineWorkloads.chain),
    ("wide", EngineWorkloads.wide),
    ("functions", LaneFunctions.run),
    ("moons", MoonsWorkload.run),
    ("heat", HeatWorkload.run),
    ("digits", DigitsWorkload.run),
    ("models", ModelWorkloads.run),
    ("mlp", NetworkWorkloads.mlp),
    ("compile", NetworkWorkloads.compile),
    ("microgpt", NetworkWorkloads.microGPT),
    ("calibration", FitWorkloads.calibration),
    ("valleys", FitWorkloads.valleys),
    ("pendulum", PendulumWorkload.run),
    ("exports", ExportWorkloads.run),
  ]

  static func main() { runExample(run) }

  static func run() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let names = arguments.prefix { !$0.hasPrefix("-") }
    let known = workloads.map(\.name)
    var options = Options(
      "benchmark",
      "[NAME…] Measures the workloads named, or all: \(known.joined(separator: ", ")).",
      arguments: Array(arguments.dropFirst(names.count)))
    let json = options.output("json", "where to write the figures")
    let peers = options.flag("peers", "measure Python peers too")
    let python = options.text("python", default: "python3", "the Python that has the peers")
    try options.finish()
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw UsageError(
        "There is no workload '\(unknown)'; there are \(known.joined(separator: ", ")).")
    }
    let title = "workload".padding(toLength: 44, withPad: " ", startingAt: 0)
    print(
      title
        + ["median", "fastest", "slowest"].map { String(repeating: " ", count: 12 - $0.count) + $0 }
        .joined())
    var figures: [Measurement] = []
    for workload in workloads where names.isEmpty || names.contains(workload.name) {
      for figure in try workload.run() {
        print(figure.line)
        figures.append(figure)
      }
    }
    if peers {
      let others = try Peers.measure(Set(names), python: python)
      for figure in others { print(figure.line) }
      Peers.printRatios(figures, others)
      try Peers.compareLosses(figures, others)
      figures += others
    }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(figures).writeWhole(to: json)
    }
  }
}
