import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class IDXFileTests: XCTestCase {
  /// Two images of 2 × 3 pixels.
  private let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + [
      0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6,
    ]

  func testImagesAndLabels() throws {
    let file = try read(images)
    XCTAssertEqual(file.shape, [2, 2, 3])
    XCTAssertEqual(file.samples()[0], [0, 0.2, 0.4, 0.6, 0.8, 1])
    XCTAssertEqual(file.samples()[1].count, 6)
    let labels = try read([0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9])
    XCTAssertEqual(labels.shape, [3])
    XCTAssertEqual(labels.bytes, [7, 0, 9])
  }

  func testNoSamples() throws {
    XCTAssertEqual(try read([0, 0, 8, 1, 0, 0, 0, 0]).samples(), [])
  }

  func testCompressedFile() throws {
    try skipUnlessInstalled("gzip", "gunzip")
    let gzip = ExternalProgram(name: "gzip", arguments: ["-c"])
    let packed = try gzip.run(on: images)
    // What it is called does not matter.
    for ending in ["idx.gz", "idx", ""] {
      XCTAssertEqual(try read(packed, ending).bytes, Array(images.dropFirst(16)))
    }
    assertThrows("unexpected end of file", packed.dropLast(12))
    assertThrows("crc error", packed.dropLast(8) + [1, 2, 3, 4, 12, 0, 0, 0])
    let long = try gzip.run(on: images + [UInt8](repeating: 7, count: 1 << 20))
    assertThrows("the header announces 12 elements, the file has more", long)
    XCTAssertEqual(try read(images, "idx.gz").shape, [2, 2, 3])
  }

  func testWrongFiles() {
    assertThrows("an IDX file has at least 4 bytes, this has 0", [])
    assertThrows("an IDX file has at least 4 bytes, this has 3", [0, 0, 8])
    assertThrows("begins with two zero bytes, this with 31, 140", [31, 140, 8, 0])
    assertThrows("expected elements of type 8 (unsigned bytes), found type 13", [0, 0, 13, 1])
    assertThrows("the header of 0 dimensions is not whole", [0, 0, 8, 0])
    assertThrows("the header of 3 dimensions is not whole", Array(images.prefix(15)))
    assertThrows("the header announces 12 elements, the file has 11", images.dropLast())
    assertThrows("the header announces 12 elements, the file has more", images + [0])
  }

  func testHugeHeadersAllocateNothing() throws {
    let billions: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF]
    assertThrows(
      "the header announces 2147483647 elements, the file has 2", [0, 0, 8, 1] + billions + [1, 2])
    assertThrows(
      "the header announces more than memory can hold",
      [0, 0, 8, 3] + billions + billions + billions + [1, 2])
    XCTAssertEqual(try read([0, 0, 8, 2] + billions + [0, 0, 0, 0]).samples(), [])
    assertThrows("the header of 255 dimensions is not whole", [0, 0, 8, 255, 1])
  }

  func testDamagedFilesThrowAndNothingElse() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      var bytes = images
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[.random(in: bytes.indices, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      bytes = Array(bytes.prefix(.random(in: 0...bytes.count, using: &generator)))
      do {
        let file = try read(bytes)
        XCTAssertEqual(file.shape.reduce(1, *), file.bytes.count)
        XCTAssertLessThanOrEqual(file.samples().count, file.shape[0])
      } catch {
        XCTAssertTrue(error is FileError, "\(error)")
      }
    }
  }

  func testMissingFile() {
    for path in ["/nonexistent-idx", "/nonexistent-idx.gz"] {
      XCTAssertThrowsError(try IDXFile(contentsOf: path)) {
        XCTAssertTrue("\($0)".hasPrefix("\(path): cannot be read: "), "\($0)")
      }
    }
  }

  private func assertThrows(_ reason: String, _ bytes: [UInt8], _ ending: String = "idx") {
    XCTAssertThrowsError(try read(bytes, ending)) {
      XCTAssertTrue($0 is FileError)
      XCTAssertTrue("\($0)".contains(reason), "\($0)")
    }
  }

  private func read(_ bytes: [UInt8], _ ending: String = "idx") throws -> IDXFile {
    try IDXFile(contentsOf: write(bytes, ending))
  }

  private func write(_ bytes: [UInt8], _ ending: String = "idx") throws -> String {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).\(ending)"
    try Data(bytes).writeWhole(to: path)
    addTeardownBlock { try? FileManager.default.removeItem(atPath: path) }
    return path
  }
}
