import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class CSVFileTests: XCTestCase {
  func testSamplesAndLabels() throws {
    let file = try read("0.5, -1e3,1\r\n\n2,3,-1\n")
    XCTAssertEqual(file.features, [[0.5, -1000], [2, 3]])
    XCTAssertEqual(file.labels, [1, -1])
  }

  func testHeaderAndByteOrderMarkAreSkipped() throws {
    let file = try read("\u{FEFF}x,y,label\n1,2,0")
    XCTAssertEqual(file.features, [[1, 2]])
    XCTAssertEqual(try read("\u{FEFF}1,2,0").features, [[1, 2]])
  }

  func testWrongLinesAreToldByNumberAndReason() {
    let cases: [(String, Int?, String)] = [
      ("", nil, "there are no samples in it"),
      ("\n\n", nil, "there are no samples in it"),
      ("x,y,label\n", nil, "there are no samples in it"),
      ("1,2,0\n1,0\n", 2, "expected 3 columns, found 2"),
      ("1,2,0\n1,2,0,0", 2, "expected 3 columns, found 4"),
      ("7\n", 1, "expected 2 columns, found 1"),
      ("1,2,0\n\n1,two,0", 3, "expected a number, found 'two'"),
      ("1,2,0\n1,,0", 2, "expected a number, found ''"),
      ("1,nan,0", 1, "expected a number, found 'nan'"),
      ("1,1e999,0", 1, "expected a number, found '1e999'"),
      ("1,2,2", 1, "expected a label from -1 to 1, found '2'"),
      ("1,2,0.5", 1, "expected a label from -1 to 1, found '0.5'"),
      ("1,2,1e300", 1, "expected a label from -1 to 1, found '1e300'"),
      (
        "1,2,0\n" + String(repeating: "z", count: 99) + ",2,0", 2,
        "expected a number, found '\(String(repeating: "z", count: 20))'"
      ),
      ("\u{0}\u{1},\u{2}\n\u{0}", 2, "expected 2 columns, found 1"),
    ]
    for (text, line, reason) in cases { assertFails(text, line, reason) }
  }

  func testDamagedFilesThrowAndNothingElse() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      var bytes = Array("0.5,1,-1\n-2,3e4,1\n4,5,0\n".utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[.random(in: bytes.indices, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      do {
        let file = try read(bytes)
        XCTAssertEqual(file.features.count, file.labels.count)
        XCTAssertTrue(file.features.joined().allSatisfy(\.isFinite))
        XCTAssertTrue(file.labels.allSatisfy((-1...1).contains))
      } catch {
        XCTAssertTrue(error is FileError, "\(error)")
      }
    }
  }

  func testQuotedFields() throws {
    let file = try read(
      "\"x, first\",\"y \"\"second\"\"\",\"the\nlabel\"\r\n \"1\" ,\"2\",1\n3,4 ,\"0\"")
    XCTAssertEqual(file.featureNames, ["x, first", "y \"second\""])
    XCTAssertEqual(file.features, [[1, 2], [3, 4]])
    XCTAssertEqual(file.labels, [1, 0])
    // Numbers in quotes are numbers: the line is no head.
    XCTAssertEqual(try read("\"1\",\"2\",\"0\"\n3,4,1").features, [[1, 2], [3, 4]])
    assertFails("1,2,0\n\"3\",\"4,1\n5,6,0\n", 2, "a field in quotes does not end")
    assertFails("1,2,0\n\"3\"3,4,1\n", 2, "there is more after a field in quotes")
    assertFails("\"1\n1\",2,0\n", 1, "expected a number, found '1\n1'")
    assertFails("1,2,0\n\"1\n1\",2,0\n", 2, "expected a number, found '1\n1'")
    assertFails("x,\"y\n\",z\n2,1\n1,2,0", 4, "expected 2 columns, found 3")
  }

  func testColumnsByNameAndPlace() throws {
    let path = try write("kind;a;b\n1;2;3\n-1;4;5\n")
    let named = try CSVFile(contentsOf: path, labels: -1...1, in: "kind", separator: ";")
    XCTAssertEqual(named.labels, [1, -1])
    XCTAssertEqual(named.targets, [[1], [-1]])
    XCTAssertEqual(named.features, [[2, 3], [4, 5]])
    XCTAssertEqual(named.featureNames, ["a", "b"])
    let placed = try CSVFile(contentsOf: path, labels: -1...1, in: 0, separator: ";")
    XCTAssertEqual(placed.features, named.features)
    XCTAssertThrowsError(try CSVFile(contentsOf: path, labels: 0...1, in: 3, separator: ";")) {
      XCTAssertTrue("\($0)".hasSuffix(":2: there is no column 3 in 0...2"), "\($0)")
    }
    XCTAssertThrowsError(try CSVFile(contentsOf: path, labels: 0...1, in: "c", separator: ";")) {
      XCTAssertTrue(
        "\($0)".hasSuffix(":2: expected one column 'c', found the columns 'kind', 'a', 'b'"),
        "\($0)")
    }
    // Where a name is asked for, the first line has names, even if they look like numbers.
    let years = try CSVFile(contentsOf: write("2019,2020\n1,2"), targets: ["2020"])
    XCTAssertEqual(years.features, [[1]])
    XCTAssertThrowsError(try CSVFile(contentsOf: write("a,b,c\n1,2"), targets: ["a"])) {
      XCTAssertTrue("\($0)".hasSuffix(":2: expected 3 columns, as the first line names, found 2"))
    }
    XCTAssertThrowsError(try CSVFile(contentsOf: write("a,a,b\n1,2,3"), targets: ["a"]))
  }

  func testTargetsOfRegression() throws {
    let path = try write("t\tx\ty\n0.5\t1\t-2.5\n1\t\t3")
    XCTAssertThrowsError(try CSVFile(contentsOf: path, targets: ["y"], separator: "\t")) {
      XCTAssertTrue("\($0)".hasSuffix(":3: expected a number, found ''"), "\($0)")
    }
    let file = try CSVFile(
      contentsOf: write("t\tx\ty\n0.5\t1\t-2.5\n1\t2\t3"), targets: ["y", 0], separator: "\t")
    XCTAssertEqual(file.targets, [[-2.5, 0.5], [3, 1]])
    XCTAssertEqual(file.features, [[1], [2]])
    XCTAssertEqual(file.featureNames, ["x"])
    XCTAssertEqual(file.labels, [])
    XCTAssertThrowsError(try CSVFile(contentsOf: path, targets: [0, "t"], separator: "\t")) {
      XCTAssertTrue("\($0)".contains("cannot be two targets"), "\($0)")
    }
  }

  func testManyEmptyLinesAndLongLines() throws {
    let lines = String(repeating: "\n", count: 300_000)
    XCTAssertEqual(try read(lines + "1,2,0" + lines).features, [[1, 2]])
    assertFails(lines + "1,2,x", 300_001, "expected a number, found 'x'")
    let wide = (0..<10_000).map { "\($0)" }.joined(separator: ",")
    XCTAssertEqual(try read(wide + ",1\n").features[0].count, 10_000)
  }

  func testFeatureCountIsChecked() {
    XCTAssertThrowsError(try read("1,2,3,0", featureCount: 2)) {
      XCTAssertTrue("\($0)".hasSuffix(":1: expected 3 columns, found 4"), "\($0)")
    }
  }

  func testMissingFileAndFolder() {
    for path in ["/nonexistent.csv", NSTemporaryDirectory()] {
      XCTAssertThrowsError(try CSVFile(contentsOf: path, labels: 0...9)) {
        XCTAssertTrue("\($0)".hasPrefix("\(path): cannot be read: "), "\($0)")
      }
    }
  }

  private func assertFails(_ text: String, _ line: Int?, _ reason: String) {
    XCTAssertThrowsError(try read(text), text) { error in
      guard case .malformed(let path, line, reason) = error as? FileError else {
        return XCTFail("\(error)")
      }
      XCTAssertTrue("\(error)".hasPrefix(path))
    }
  }

  private func write(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).csv"
    try Data(text.utf8).writeWhole(to: path)
    addTeardownBlock { try? FileManager.default.removeItem(atPath: path) }
    return path
  }

  private func read(_ text: String, featureCount: Int? = nil) throws -> CSVFile {
    try read(Array(text.utf8), featureCount: featureCount)
  }

  private func read(_ bytes: [UInt8], featureCount: Int? = nil) throws -> CSVFile {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).csv"
    try Data(bytes).writeWhole(to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try CSVFile(contentsOf: path, labels: -1...1, featureCount: featureCount)
  }
}
