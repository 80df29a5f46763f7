import Leibniz
import XCTest

final class SamplesTests: XCTestCase {
  private func table(_ count: Int, _ width: Int) -> [[Double]] {
    (0..<count).map { sample in (0..<width).map { Double(10 * sample + $0) } }
  }

  func testACollectionOfRows() throws {
    for count in [0, 1, 2, 8, 9, 17] {
      let rows = table(count, count == 0 ? 0 : 3)
      var samples = try Samples(rows)
      XCTAssertEqual(Array(samples), rows)
      XCTAssertEqual(samples.map { $0.reduce(0, +) }, rows.map { $0.reduce(0, +) })
      XCTAssertEqual(samples.numbers, rows.flatMap { $0 })
      guard count > 0 else { continue }
      XCTAssertEqual(Samples(numbers: samples.numbers, width: 3), samples)
      XCTAssertEqual(samples[input: 1], rows.map { $0[1] })
      XCTAssertEqual(samples.last, rows.last)
      samples[count - 1] = [7, 8, 9]
      samples[0, 2] = -1
      XCTAssertEqual(samples[count - 1, 1], 8)
      XCTAssertEqual(samples[0][2], -1)
      XCTAssertNotEqual(samples, try Samples(rows))
    }
  }

  /// The lanes past the last sample hold it again: they are no part of what is compared.
  func testEqualityIsThatOfTheRows() throws {
    let program = try Program(inputs: 1) { x in [x[0] * x[0]] }
    let samples = try Samples([[1], [2], [3]])
    var gradients = Samples(count: 3, width: 1)
    try program.backward(samples, inputGradients: &gradients, reduction: .sum)
    XCTAssertEqual(gradients, try Samples([[2], [4], [6]]))
    XCTAssertNotEqual(try Samples([[1], [2]]), try Samples([[1, 2]]))
  }

  func testNumbersComeBackAsTheyWent() {
    for count in [1, 2, 7, 8, 9, 1027] {
      let numbers = (0..<3 * count).map(Double.init)
      XCTAssertEqual(Samples(numbers: numbers, width: 3).numbers, numbers, "\(count) samples")
    }
  }

  /// They are drawn part by part.
  func testFewRandomSamplesBeginAsMany() {
    for distribution in [
      RandomDistribution.uniform(0..<1), .normal(mean: 1, standardDeviation: 2),
    ] {
      func drawn(_ count: Int) -> Samples {
        var generator = SeededGenerator(seed: 5)
        return Samples(count: count, width: 3, drawnFrom: distribution, using: &generator)
      }
      let many = drawn(1027)
      XCTAssertEqual(Array(many.prefix(512)), Array(drawn(512)))
      XCTAssertEqual(Set(many.numbers).count, 3 * 1027)
    }
  }
}
