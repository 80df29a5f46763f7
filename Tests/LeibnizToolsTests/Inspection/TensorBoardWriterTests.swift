import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class TensorBoardWriterTests: XCTestCase {
  private var directory = ""

  override func setUp() { directory = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString)" }

  override func tearDown() { try? FileManager.default.removeItem(atPath: directory) }

  func testChecks() {
    // The check values of both polynomials for the digits 1…9.
    XCTAssertEqual(CyclicRedundancy.crc32("123456789".utf8), 0xCBF4_3926)
    XCTAssertEqual(CyclicRedundancy.crc32c("123456789".utf8), 0xE306_9283)
  }

  func testProtocolBuffer() {
    var message = ProtocolBuffer()
    message.add(1, 150)
    message.add(2, "testing")
    message.add(3) { $0.add(1, 150) }
    message.add(4, 1.0)
    message.add(5, Float(1))
    message.add(6, -1)
    XCTAssertEqual(
      message.bytes,
      [0x08, 0x96, 0x01, 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67]
        + [0x1A, 0x03, 0x08, 0x96, 0x01]
        + [0x21, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x2D, 0, 0, 0x80, 0x3F]
        + [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])
  }

  func testPNGOfManyBlocks() {
    let small = PNG(rows: [[0, 1]]).bytes
    XCTAssertEqual(small.prefix(8), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    XCTAssertEqual(Array(small[16..<24]), [0, 0, 0, 2, 0, 0, 0, 1])
    let large = PNG(rows: Array(repeating: Array(repeating: 0.5, count: 300), count: 300)).bytes
    // Two blocks of five bytes each around 300 · 301 bytes, and the frames of three chunks.
    XCTAssertEqual(large.count, 8 + 3 * 12 + 13 + 2 + 2 * 5 + 300 * 301 + 4)
  }

  /// The lengths and checks of the records of a file.
  private func records(_ path: String) throws -> [[UInt8]] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func check(_ range: Range<Int>) -> [UInt8] {
      let check = CyclicRedundancy.crc32c(bytes[range])
      var masked: [UInt8] = []
      masked.append(littleEndian: (check >> 15 | check << 17) &+ 0xA282_EAD8)
      return masked
    }
    var records: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let length = bytes[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
      let body = (start + 12)..<(start + 12 + length)
      XCTAssertEqual(Array(bytes[(start + 8)..<(start + 12)]), check(start..<(start + 8)))
      XCTAssertEqual(Array(bytes[body.upperBound..<(body.upperBound + 4)]), check(body))
      records.append(Array(bytes[body]))
      start = body.upperBound + 4
    }
    return records
  }

  func testEveryRecordIsWholeAndChecked() throws {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 2, layers: [3, 1], using: &generator)
    let board = try TensorBoardWriter(directory: directory)
    try board.writeScalar("loss/train", 0.5, step: 1)
    try board.writeHistogram("numbers", [1, 2, 2, .nan], step: 1)
    try board.writeHistogram("one", [3, 3], step: 1)
    try board.writeHistogram("none", [.infinity], step: 1)
    try board.writeText("note", "**bold**", step: 2)
    try board.writeImage("picture", [[0, 0.5], [1, 2]], step: 3)
    try board.writeHistograms(of: model, step: 4)
    try board.writeActivations(of: model.layers, on: [[1, 2]], step: 4)
    let records = try records(board.path)
    XCTAssertEqual(records.count, 1 + 5 + 8 + 2)
    let texts = records.map { String(decoding: $0, as: UTF8.self) }
    XCTAssert(texts[0].hasSuffix("brain.Event:2"))
    XCTAssert(texts[1].contains("loss/train"))
    XCTAssert(texts[4].contains("**bold**"))
    XCTAssert(texts[6].contains("weights/layers.0.weight"))
  }

  func testADirectoryThatCannotBeMade() {
    XCTAssertThrowsError(try TensorBoardWriter(directory: "/dev/null/runs")) {
      guard case .unwritable = $0 as? FileError else { return XCTFail("\($0)") }
    }
  }
}
