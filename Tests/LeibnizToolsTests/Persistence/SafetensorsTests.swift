import Mutations
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class SafetensorsTests: XCTestCase {
  private let file = Safetensors(
    tensors: [
      .init(
        name: "weight", shape: [2, 3],
        values: [1, -0.0, .infinity, Double.leastNonzeroMagnitude, 1 / 3, -2]),
      .init(name: "none", shape: [0, 4], values: []),
      .init(name: "näme \"x\"\n\\", shape: [], values: [7]),
    ],
    metadata: ["epoch": "3", "tab\t": "é🙂"])

  private func bytes(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(header.utf8.count))
    return bytes + header.utf8 + data
  }

  private func error(_ bytes: [UInt8]) -> CheckpointError? {
    do {
      _ = try Safetensors(bytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  private func assertMalformed(
    _ bytes: [UInt8], _ part: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    guard case .malformed(_, let reason) = error(bytes) else {
      return XCTFail("\(String(describing: error(bytes)))", file: file, line: line)
    }
    XCTAssert(reason.contains(part), reason, file: file, line: line)
  }

  func testRoundTripIsExact() throws {
    let read = try Safetensors(bytes: file.encoded())
    XCTAssertEqual(read.metadata, file.metadata)
    XCTAssertEqual(read.tensors.map(\.name), ["weight", "none", file.tensors[2].name])
    XCTAssertEqual(read.tensors.map(\.shape), [[2, 3], [0, 4], []])
    XCTAssertEqual(
      read.tensors.flatMap { $0.values.map(\.bitPattern) },
      file.tensors.flatMap { $0.values.map(\.bitPattern) })
    XCTAssertEqual(read.encoded(), file.encoded())
  }

  func testNamesKeepTheirByteOrderMarks() throws {
    let marked = Safetensors(
      tensors: [.init(name: "\u{FEFF}a", shape: [], values: [1])],
      metadata: ["\u{FEFF}": "\u{FEFF}"])
    let read = try Safetensors(bytes: marked.encoded())
    XCTAssertEqual(read.encoded(), marked.encoded())
  }

  func testBytesOfASmallFile() {
    let small = Safetensors(tensors: [.init(name: "a", shape: [1], values: [1])])
    let header = #"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}  "#
    XCTAssertEqual(small.encoded(), bytes(header, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]))
  }

  func testReadsSinglePrecisionAndAnyKeyOrderAndEscapes() throws {
    let header = #"{ "a\u0041\ud83d\ude42" : {"shape":[2],"data_offsets":[0,8],"dtype":"F32"} }"#
    let read = try Safetensors(bytes: bytes(header, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
    XCTAssertEqual(read.tensors, [.init(name: "aA🙂", shape: [2], values: [1, -2])])
  }

  func testRejectsWhatTheFormatForbids() {
    func tensor(_ name: String, _ shape: String, _ offsets: String, _ type: String = "F64")
      -> String
    {
      #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }
    let eight = [UInt8](repeating: 0, count: 8), sixteen = eight + eight
    assertMalformed([], "too few")
    assertMalformed([1, 2, 3], "too few")
    assertMalformed([UInt8](repeating: 255, count: 64), "a header of 18446744073709551615 bytes")
    assertMalformed(bytes("") + eight, "expected '{'")
    assertMalformed(bytes(" {}"), "expected '{'")
    assertMalformed(bytes("{}x"), "end of the header")
    assertMalformed(bytes("{}", eight), "belong to no tensor")
    assertMalformed(bytes("{\(tensor("a", "[1]", "[0,8]"))"), "expected '}'")
    assertMalformed(bytes("{\(tensor("a", "[1]", "[0,8]"))}"), "should begin here")
    assertMalformed(bytes("{\(tensor("a", "[1]", "[8,16]"))}", sixteen), "should begin here")
    assertMalformed(bytes("{\(tensor("a", "[1]", "[8,0]"))}", eight), "a beginning and an end")
    assertMalformed(bytes("{\(tensor("a", "[1]", "[0]"))}", eight), "a beginning and an end")
    assertMalformed(bytes("{\(tensor("a", "[2]", "[0,8]"))}", eight), "takes 16 bytes, not 8")
    assertMalformed(bytes("{\(tensor("a", "[-1]", "[0,8]"))}", eight), "whole number")
    assertMalformed(
      bytes("{\(tensor("a", "[4294967296,4294967296]", "[0,8]"))}", eight), "too large")
    assertMalformed(
      bytes("{\(tensor("a", "[1]", "[0,8]")),\(tensor("b", "[1]", "[4,12]"))}", sixteen),
      "should begin here")
    assertMalformed(
      bytes("{\(tensor("a", "[1]", "[0,8]")),\(tensor("a", "[1]", "[8,16]"))}", sixteen), "twice")
    assertMalformed(bytes(#"{"a":{"dtype":"F64","shape":[1]}}"#, eight), "lacks")
    assertMalformed(bytes(#"{"a":{"extra":1}}"#), "unknown key")
    assertMalformed(bytes(#"{"__metadata__":{"a":1}}"#), "expected '\"'")
    assertMalformed(bytes(#"{"\ud83d":{}}"#), "half of a character")
    assertMalformed(bytes("{\"a"), "does not end")
    XCTAssertEqual(
      error(bytes("{\(tensor("a", "[1]", "[0,8]", "U64"))}", eight)),
      .unsupportedType(tensor: "a", type: "U64"))
  }

  func testAnyMutationGivesAFileOrATypedError() {
    var generator = SeededGenerator(seed: 7)
    let original = file.encoded()
    var readable = 0
    for _ in 0..<20_000 {
      if let read = try? Safetensors(bytes: mutated(original, using: &generator)) {
        readable += 1
        for tensor in read.tensors {
          XCTAssertEqual(tensor.shape.reduce(1, *), tensor.values.count)
        }
      }
    }
    // Changes of the numbers themselves go unnoticed; most others must not.
    XCTAssertGreaterThan(readable, 0)
    XCTAssertLessThan(readable, 8000)
  }
}
