import Leibniz
import LeibnizTools
import XCTest

final class HyperparameterSearchFileTests: XCTestCase {
  private let search = HyperparameterSearch(
    ["rate": .logarithmic(1e-4...1), "kind": .choices(["a", "b"])], by: .hyperband(reduction: 2),
    epochs: 4, seed: 3)

  /// Diverges now and then.
  @Sendable private static func loss(_ trial: HyperparameterSearch.Trial) throws -> Double {
    if trial.index % 5 == 4 { throw TrainingError.notFinite(epoch: 0, step: 0, cause: "") }
    return trial.settings["rate"] / 3 + trial.settings["kind"] + 1 / Double(trial.epochs)
  }

  private func withFile(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("search-\(UUID().uuidString).txt").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(path)
  }

  func testAKilledSearchGoesOnFromItsFile() async throws {
    try await withFile { path in
      let whole = try await search.run(storedIn: path) { try Self.loss($0) }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let lines = text.split(separator: "\n")
      XCTAssertGreaterThan(lines.count, 10)
      XCTAssert(text.contains(" inf\n"))
      for kept in [1, 4, lines.count] {
        try (lines[..<kept].joined(separator: "\n") + "\n")
          .write(toFile: path, atomically: true, encoding: .utf8)
        let report = try await search.run(storedIn: path) { trial in
          XCTAssertNotEqual(kept, lines.count, "a known trial runs again")
          return try Self.loss(trial)
        }
        XCTAssertEqual(report.description, whole.description)
        let found = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        XCTAssertEqual(Set(found), Set(lines))
      }
    }
  }

  func testFilesOfOtherSearchesAndDamagedOnesAreRefused() async throws {
    try await withFile { path in
      _ = try await search.run(storedIn: path) { try Self.loss($0) }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let other = HyperparameterSearch(
        ["rate": .uniform(0...1)], by: .random(3), epochs: 4, seed: 3)
      await assertMalformed(line: 1) { _ = try await other.run(storedIn: path) { _ in 0 } }
      try (text + "1 2\n").write(toFile: path, atomically: true, encoding: .utf8)
      let line = text.split(separator: "\n").count + 1
      await assertMalformed(line: line) {
        _ = try await self.search.run(storedIn: path) { try Self.loss($0) }
      }
    }
  }

  private func assertMalformed(line: Int, _ body: () async throws -> Void) async {
    do {
      try await body()
      XCTFail("no error")
    } catch {
      guard case FileError.malformed(_, line, _) = error else { return XCTFail("\(error)") }
    }
  }
}
