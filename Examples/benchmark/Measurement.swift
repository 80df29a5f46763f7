import Foundation

/// What a workload took: the median of repeats, and how far they spread.
struct Measurement: Codable {
  let name: String
  let unit: String
  let median: Double
  let fastest: Double
  let slowest: Double
  /// What was computed, for comparison with peers.
  var check: Double?

  /// Times `body` until there are enough repeats, each of so many runs.
  ///
  /// - Parameters:
  ///   - scale: how many of the unit a second is, divided by what one run does.
  ///   - runs: how often `body` runs in one repeat; chosen so that a repeat takes 20 ms if nil.
  static func of(
    _ name: String, unit: String, scale: Double, runs: Int? = nil, repeats: Int = 9,
    check: Double? = nil, _ body: () throws -> Void
  ) rethrows -> Measurement {
    let runs = try runs ?? max(1, Int(0.02 / max(seconds(1, body), 1e-9)))
    if runs > 1 { _ = try seconds(runs, body) }
    var times: [Double] = []
    for _ in 0..<repeats { times.append(try seconds(runs, body) / Double(runs) * scale) }
    times.sort()
    return Measurement(
      name: name, unit: unit, median: times[times.count / 2], fastest: times[0],
      slowest: times[times.count - 1], check: check)
  }

  private static func seconds(_ runs: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<runs { try body() }
    let duration = (clock.now - start).components
    return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
  }

  var line: String {
    let columns = [median, fastest, slowest].map { String(format: "%12.3f", $0) }
    return name.padding(toLength: 44, withPad: " ", startingAt: 0) + columns.joined() + "  " + unit
  }
}
