import XCTest

@testable import Leibniz

final class DatasetTests: XCTestCase {
  private let data = try! Dataset(
    features: (0..<103).map { [Double($0), 7, Double($0 * $0)] }, labels: (0..<103).map { $0 % 3 })

  func testASplitDealsEverySampleOnce() {
    var generator = SeededGenerator(seed: 1)
    let parts = data.split([0.7, 0.2, 0.1], using: &generator)
    XCTAssertEqual(parts.map(\.count), [72, 21, 10])
    XCTAssertEqual(parts.flatMap { $0.features.map { $0[0] } }.sorted(), (0..<103).map(Double.init))
    for part in parts {
      for (x, label) in zip(part.features, part.labels) { XCTAssertEqual(Int(x[0]) % 3, label) }
    }
  }

  func testBatchesHoldEverySampleOnce() {
    var generator = SeededGenerator(seed: 1)
    let batches = data.batches(of: 25, using: &generator)
    XCTAssertEqual(batches.map(\.count), [25, 25, 25, 25, 3])
    let order = batches.flatMap { $0.features.map { $0[0] } }
    XCTAssertEqual(order.sorted(), (0..<103).map(Double.init))
    XCTAssertNotEqual(order, order.sorted())
    var again = SeededGenerator(seed: 1)
    XCTAssertEqual(data.batches(of: 25, using: &again), batches)
    XCTAssertEqual(data.batches(of: 1000, using: &generator).map(\.count), [103])
  }

  func testACollectionOfSamples() {
    XCTAssertEqual(data.count, 103)
    XCTAssertEqual(data[2].features, [2, 7, 4])
    XCTAssertEqual(data.map { $0.targets[0] }, data.labels.map(Double.init))
    var sum = 0.0
    for (features, targets) in data.prefix(4) { sum += features[0] * targets[0] }
    XCTAssertEqual(sum, 5)
    XCTAssertEqual(data.filter { $0.targets == [0] }.count, 35)
  }

  func testRaggedRowsAreAnError() {
    func assertThrows(
      _ expected: DatasetError, _ sentence: String, _ make: @autoclosure () throws -> Dataset
    ) {
      XCTAssertThrowsError(try make()) {
        XCTAssertEqual($0 as? DatasetError, expected)
        XCTAssertEqual("\($0)", sentence)
      }
    }
    assertThrows(
      .ragged(.features, sample: 2, expected: 2, found: 1),
      "Sample 2 has 1 features, not 2 as sample 0.",
      try Dataset(features: [[1, 2], [3, 4], [5]], labels: [0, 1, 0]))
    assertThrows(
      .ragged(.targets, sample: 1, expected: 1, found: 0),
      "Sample 1 has 0 targets, not 1 as sample 0.",
      try Dataset(features: [[1], [2]], targets: [[1], []]))
    assertThrows(
      .differentCounts(features: 2, targets: 1),
      "There are features of 2 samples, but targets of 1.",
      try Dataset(features: [[1], [2]], labels: [1]))
  }

  func testOneHot() {
    XCTAssertEqual(data.subset(at: [1, 2]).oneHot(classes: 3).targets, [[0, 1, 0], [0, 0, 1]])
  }

  func testStandardizerKnowsTheTrainingPartAlone() {
    let train = data.subset(at: 0..<50)
    let standardize = Standardizer(fittedTo: train.features)
    let result = standardize(train)
    for axis in [0, 2] {
      let column = result.features.map { $0[axis] }
      XCTAssertEqual(column.reduce(0, +) / 50, 0, accuracy: 1e-12)
      XCTAssertEqual(column.reduce(0) { $0 + $1 * $1 } / 50, 1, accuracy: 1e-12)
    }
    XCTAssertEqual(result.features.map { $0[1] }, Array(repeating: 0, count: 50))
    XCTAssertEqual(standardize([24.5, 8, standardize.means[2]]), [0, 1, 0])
  }
}
