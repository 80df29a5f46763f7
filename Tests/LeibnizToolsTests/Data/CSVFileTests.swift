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
    for (text, line, reason) in cases {
      XCTAssertThrowsError(try read(text), text) { error in
        guard case .malformed(let path, line, reason) = error as? FileError else {
          return XCTFail("\(error)")
        }
        XCTAssertTrue("\(error)".hasPrefix(path))
      }
    }
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
