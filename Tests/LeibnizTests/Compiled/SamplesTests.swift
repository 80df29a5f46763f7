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
}
