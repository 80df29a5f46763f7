import XCTest

@testable import Leibniz

final class HyperparameterSearchTests: XCTestCase {
  private let ranges: KeyValuePairs<String, HyperparameterRange> = [
    "rate": .logarithmic(1e-4...1), "hidden": .integers(1...9), "kind": .choices(["a", "b"]),
  ]

  /// Lowest at rate 0.01, hidden 5 and kind b; epochs bring it nearer; seeds move it a little.
  @Sendable private static func loss(_ trial: HyperparameterSearch.Trial) -> Double {
    var generator = SeededGenerator(seed: trial.seed)
    let settings = trial.settings
    let rate = (settings["rate"] / 0.01).log(), hidden = settings["hidden"] - 5
    let kind = settings.choice("kind") == "b" ? 0.0 : 1
    return rate * rate + hidden * hidden + kind + 1 / Double(trial.epochs)
      + 0.01 * generator.normal()
  }

  func testRanges() {
    XCTAssertEqual(HyperparameterRange.uniform(2...4).value(at: 0.25), 2.5)
    XCTAssertEqual(HyperparameterRange.logarithmic(0.01...100).value(at: 0.5), 1, accuracy: 1e-15)
    let integers = (0..<100).map { HyperparameterRange.integers(3...6).value(at: Double($0) / 100) }
    for number in 3...6 { XCTAssertEqual(integers.count { $0 == Double(number) }, 25) }
    XCTAssertEqual(HyperparameterRange.integers(3...6).value(at: 1), 6)
    XCTAssertEqual(HyperparameterRange.choices(["x", "y"]).value(at: 0.5), 1)
    XCTAssertEqual(HyperparameterRange.integers(1...100).grid(3), [1, 51, 100])
    XCTAssertEqual(HyperparameterRange.integers(1...2).grid(5), [1, 2])
    let texts = [0.0031622, 1234.5, 3.16227e-9, -0.5].map {
      HyperparameterRange.uniform(-1...1).text($0)
    }
    XCTAssertEqual(texts, ["0.00316", "1230", "3.16e-09", "-0.5"])
  }

  func testAGridHasAllCombinations() {
    let search = HyperparameterSearch(ranges, by: .grid(3), epochs: 1, seed: 1)
    let settings = search.settings()
    XCTAssertEqual(settings.count, 18)
    XCTAssertEqual(Set(settings.map(\.description)).count, 18)
    XCTAssertEqual(settings[0].description, "rate 0.0001  hidden 1  kind a")
    XCTAssertEqual(settings[17].description, "rate 1  hidden 9  kind b")
    XCTAssertEqual(settings[17].choice("kind"), "b")
  }

  func testSobolPointsAreEven() {
    for seed in 0..<3 as Range<UInt64> {
      var sequence = SobolSequence(dimensions: SobolSequence.mostDimensions, seed: seed)
      let points = (0..<64).map { _ in sequence.next() }
      for axis in 0..<SobolSequence.mostDimensions {
        XCTAssertEqual(Set(points.map { Int($0[axis] * 64) }).count, 64, "axis \(axis)")
      }
      // The first two axes are a net: each part of 8 × 8, 4 × 16 and 16 × 4 holds one point.
      for (rows, columns) in [(8, 8), (4, 16), (16, 4)] {
        let parts = points.map { [Int($0[0] * Double(rows)), Int($0[1] * Double(columns))] }
        XCTAssertEqual(Set(parts).count, 64)
      }
    }
  }

  /// The table of the source for 81 epochs and a reduction to a third.
  func testHyperbandsBrackets() {
    let search = HyperparameterSearch(
      ["x": .uniform(0...1)], by: .hyperband(reduction: 3), epochs: 81, seed: 1)
    let expected: [[(Int, Int)]] = [
      [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)], [(34, 3), (11, 9), (3, 27), (1, 81)],
      [(15, 9), (5, 27), (1, 81)], [(8, 27), (2, 81)], [(5, 81)],
    ]
    for (bracket, rounds) in zip(search.brackets, expected) {
      XCTAssertEqual(bracket.rounds.map(\.settings), rounds.map { $0.0 })
      XCTAssertEqual(bracket.rounds.map(\.epochs), rounds.map { $0.1 })
    }
    XCTAssertEqual(search.brackets.count, 5)
  }

  private let strategies: [HyperparameterSearch.Strategy] = [
    .grid(5), .random(30), .sobol(32), .hyperband(reduction: 3),
  ]

  func testReportsDoNotDependOnHowManyRunAtOnce() async throws {
    for strategy in strategies {
      let search = HyperparameterSearch(ranges, by: strategy, epochs: 27, repetitions: 2, seed: 7)
      var tables: [String] = []
      for limit in [1, 3, nil] {
        let report = try await search.run(atOnce: limit) { trial in
          // Others come first, in another order each time.
          for _ in 0..<trial.index % 3 { await Task.yield() }
          return Self.loss(trial)
        }
        tables.append(report.description)
        XCTAssertEqual(report.rows.map(\.loss), report.rows.map(\.loss).sorted())
        XCTAssertLessThan(report.best.loss, 3, "\(strategy)")
        XCTAssertEqual(report.best.losses.count, 2)
        XCTAssertGreaterThan(report.best.standardDeviation, 0)
      }
      XCTAssertEqual(Set(tables).count, 1)
      XCTAssert(tables[0].hasPrefix("rate"), tables[0])
    }
  }

  func testAnInterruptedSearchGoesOn() async throws {
    struct Interruption: Error {}
    for strategy in strategies {
      let search = HyperparameterSearch(ranges, by: strategy, epochs: 9, seed: 7)
      let whole = try await search.run { Self.loss($0) }
      var records: [HyperparameterSearch.Record] = []
      do {
        _ = try await search.run(
          record: {
            if records.count == 13 { throw Interruption() }
            records.append($0)
          }, { Self.loss($0) })
        XCTFail("not interrupted")
      } catch { XCTAssert(error is Interruption) }
      XCTAssertEqual(records.count, 13)
      let known = Set(records.map { [$0.index, $0.epochs] })
      var later: [HyperparameterSearch.Record] = []
      let report = try await search.run(resuming: records, record: { later.append($0) }) {
        Self.loss($0)
      }
      XCTAssertEqual(report.description, whole.description)
      XCTAssert(later.allSatisfy { !known.contains([$0.index, $0.epochs]) })
    }
  }

  func testTrainingsThatDivergeAreLast() async throws {
    let search = HyperparameterSearch(["x": .uniform(0...1)], by: .grid(4), epochs: 1, seed: 1)
    let report = try await search.run { trial in
      if trial.index == 1 { throw TrainingError.notFinite(epoch: 0, step: 0, cause: "") }
      return trial.index == 2 ? .nan : trial.settings["x"]
    }
    XCTAssertEqual(report.rows.map(\.index), [0, 3, 1, 2])
    XCTAssertEqual(report.rows.map(\.loss), [0, 1, .infinity, .infinity])
  }

  func testOtherErrorsEndTheSearch() async throws {
    struct Missing: Error {}
    let search = HyperparameterSearch(["x": .uniform(0...1)], by: .random(9), epochs: 1, seed: 1)
    do {
      _ = try await search.run { _ in throw Missing() }
      XCTFail("no error")
    } catch { XCTAssert(error is Missing) }
  }

  /// Models are made in the trials' tasks; the learning rate that learns is found.
  func testASearchOfTrainings() async throws {
    let x = (0..<20).map { Double($0) / 10 }
    let data = try Dataset(features: x.map { [$0] }, targets: x.map { 3 * $0 + 1 })
    let search = HyperparameterSearch(
      ["rate": .logarithmic(1e-5...10)], by: .sobol(8), epochs: 20, seed: 3)
    let report = try await search.run { trial in
      var generator = SeededGenerator(seed: trial.seed)
      let model = MLP(inputs: 1, layers: [1], using: &generator)
      let optimizer = SGD(model.parameters, learningRate: trial.settings["rate"])
      let trainer = Trainer(model, optimizer: optimizer, seed: trial.seed) {
        meanSquaredError(predicted: $0, expected: $1)
      }
      try trainer.fit(data, epochs: trial.epochs)
      return trainer.evaluate(data).loss
    }
    XCTAssertLessThan(report.best.loss, 0.1)
    XCTAssert((0.01..<1).contains(report.best.settings["rate"]), "\(report)")
    XCTAssertGreaterThan(report.rows.last!.loss, 1e3)
  }
}
