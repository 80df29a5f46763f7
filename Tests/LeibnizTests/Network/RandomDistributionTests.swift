import XCTest

@testable import Leibniz

final class RandomDistributionTests: XCTestCase {
  private let distributions: [(RandomDistribution, mean: Double, variance: Double)] = [
    (.uniform(-1..<3), 1, 16.0 / 12), (.normal(mean: 2, standardDeviation: 3), 2, 9),
    (.bernoulli(probability: 0.3), 0.3, 0.21),
  ]

  /// Mean, variance, and the correlation of neighbours, within five standard errors.
  private func assertMoments(
    _ x: [Double], _ mean: Double, _ variance: Double, _ name: String, line: UInt = #line
  ) {
    let n = Double(x.count)
    let found = x.reduce(0, +) / n
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let products = zip(x, x.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / n
    let error = 5 / n.squareRoot()
    XCTAssertEqual(found, mean, accuracy: error * variance.squareRoot(), name, line: line)
    XCTAssertEqual(squares, variance, accuracy: error * variance * 1.5, name, line: line)
    XCTAssertEqual(products, 0, accuracy: error * variance, name, line: line)
  }

  func testMomentsOneByOneAndInBulk() {
    for (distribution, mean, variance) in distributions {
      var generator = SeededGenerator(seed: 3)
      let single = (0..<40_000).map { _ in distribution.next(using: &generator) }
      assertMoments(single, mean, variance, "\(distribution)")
      let bulk = Samples(count: 20_001, width: 2, drawnFrom: distribution, using: &generator)
      for input in 0..<2 { assertMoments(bulk[input: input], mean, variance, "\(distribution)") }
      assertMoments(bulk.numbers, mean, variance, "\(distribution), by sample")
    }
  }

  func testNormalNumbersHaveTheRightTails() {
    var generator = SeededGenerator(seed: 5)
    let x = Samples(
      count: 100_000, width: 1, drawnFrom: .normal(mean: 0, standardDeviation: 1),
      using: &generator)[input: 0]
    for bound in [0.5, 1, 2, 3] {
      let tail = 0.5 * (bound / 2.0.squareRoot()).erfc()
      let share = Double(x.count { $0 > bound }) / Double(x.count)
      XCTAssertEqual(share, tail, accuracy: 5 * (tail / Double(x.count)).squareRoot())
    }
  }

  func testTheSameSeedGivesTheSameNumbers() {
    for (distribution, _, _) in distributions {
      func samples(_ seed: UInt64) -> Samples {
        var generator = SeededGenerator(seed: seed)
        return Samples(count: 19, width: 3, drawnFrom: distribution, using: &generator)
      }
      XCTAssertEqual(samples(1), samples(1))
      XCTAssertNotEqual(samples(1), samples(2))
    }
  }

  func testValuesAreConstantsInRowsForEachSample() {
    var generator = SeededGenerator(seed: 1), other = generator
    let values = generator.values(.uniform(0..<1), samples: 3, count: 2)
    XCTAssertEqual(
      values.map { $0.map(\.data) },
      (0..<3).map { _ in (0..<2).map { _ in Double.random(in: 0..<1, using: &other) } })
    XCTAssert(values.allSatisfy { $0.allSatisfy(\.isConstant) })
  }

  func testARecorderMakesPlaceholders() {
    var recorder = RandomInputRecorder()
    let values = recorder.values(.bernoulli(probability: 0.5), samples: 2, count: 3)
    XCTAssert(values.allSatisfy { $0.allSatisfy(\.isVariable) })
    XCTAssertEqual(recorder.groups.count, 1)
    XCTAssertEqual(recorder.groups[0].placeholders.map(\.id), values[0].map(\.id))
    XCTAssertFalse(recorder.drewPlainNumbers)
    _ = Bool.random(using: &recorder)
    XCTAssert(recorder.drewPlainNumbers)
  }
}
