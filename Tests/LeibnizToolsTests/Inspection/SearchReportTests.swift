import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class SearchReportTests: XCTestCase {
  private func report() async throws -> SearchReport {
    let search = HyperparameterSearch(
      [
        "rate": .logarithmic(1e-4...1), "size": .integers(1...30), "kind": .choices(["a", "b"]),
      ], by: .sobol(24), epochs: 2, repetitions: 2, seed: 3)
    return try await search.run { trial in
      if trial.index == 5 { throw TrainingError.notFinite(epoch: 0, step: 0, cause: "") }
      // The rate alone matters.
      return trial.settings["rate"] + 0.001
    }
  }

  /// An axis for each setting and one for the loss, and a line for each of the settings.
  func testParallelCoordinates() async throws {
    let report = try await report()
    let plot = report.parallelCoordinates()
    XCTAssertEqual(plot.x.categories, ["rate", "size", "kind", "loss"])
    let lines = plot.layers.compactMap { layer in
      if case .line(let points, _, _, _, _) = layer { points } else { nil }
    }
    XCTAssertEqual(lines.count, 24 + 4)
    let places = lines.prefix(24)
    XCTAssert(places.allSatisfy { $0.count == 4 && $0.allSatisfy { 0...1 ~= $0.y } })
    // The last line is the best: at the lower end of the loss. The first one diverged.
    XCTAssertEqual(places.last!.last!.y, 0, accuracy: 1e-12)
    XCTAssertEqual(places.first!.last!.y, 1)
    XCTAssertEqual(
      places.last!.first!.y,
      HyperparameterRange.logarithmic(1e-4...1).share(of: report.best.settings["rate"]))
    XCTAssertNil(MarkupProbe(SVGFigure(plot).svg()).error)
  }

  /// Medians rise along the setting that matters.
  func testEffects() async throws {
    let effects = try await report().effects()
    XCTAssertEqual(effects.map(\.x.label), ["rate", "size", "kind"])
    let medians = effects.map { plot in
      plot.layers.compactMap { layer in
        if case .line(let points, _, _, _, _) = layer { points.map(\.y) } else { nil }
      }[0]
    }
    XCTAssertEqual(medians.map(\.count), [5, 5, 2])
    XCTAssertEqual(medians[0], medians[0].sorted())
    XCTAssertNil(MarkupProbe(SVGFigure(effects).svg()).error)
  }

  func testSharesUndoValues() {
    for range in [
      HyperparameterRange.uniform(-1...3), .logarithmic(0.01...100), .integers(3...9),
    ] {
      for share in [0.0, 0.3, 1] {
        let value = range.value(at: share)
        XCTAssertEqual(range.value(at: range.share(of: value)), value, accuracy: 1e-12)
      }
    }
    XCTAssertEqual(HyperparameterRange.choices(["a", "b", "c"]).share(of: 1), 0.5)
    XCTAssertEqual(HyperparameterRange.integers(4...4).share(of: 4), 0.5)
  }

  /// A folder for the experiment and one for each repetition; TensorBoard's own reader is asked in CI.
  func testTensorBoardFiles() async throws {
    let directory = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await report().writeTensorBoard(to: directory)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
    XCTAssertEqual(names.count, 1 + 24 * 2)
    let events = try XCTUnwrap(names.first { $0.hasPrefix("events") })
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(events)"))
    for text in ["_hparams_/experiment", "hparams", "loss/validation", "kind"] {
      XCTAssertNotNil(bytes.range(of: Data(text.utf8)), text)
    }
  }
}
