import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class ExternalProgramTests: XCTestCase {
  private func shell(_ script: String) throws -> ExternalProgram {
    try skipUnlessInstalled("sh")
    return ExternalProgram(name: "sh", arguments: ["-c", script])
  }

  private func assertFails(_ script: String, _ expected: String) throws {
    let program = try shell(script)
    XCTAssertThrowsError(try program.run(on: [])) {
      guard case ExternalProgram.Failure.failed(expected) = $0 else { return XCTFail("\($0)") }
    }
  }

  func testBytesGoInAndOut() throws {
    let program = try shell("cat")
    let bytes = ((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
    XCTAssertEqual(try program.run(on: bytes), bytes)
  }

  func testEveryFailureIsAnError() throws {
    try assertFails("echo half; echo broken >&2; exit 1", "broken")
    try assertFails("echo half; exit 3", "the program ended with the status 3")
    try assertFails("echo half; kill -9 $$", "the program was ended by the signal 9")
    try assertFails("echo dying >&2; kill -9 $$", "dying")
  }

  func testManyMessagesDoNotBlock() throws {
    let lines = try shell(
      "i=0; while [ $i -lt 20000 ]; do echo message $i >&2; i=$((i+1)); done; echo done")
    XCTAssertEqual(String(decoding: try lines.run(on: []), as: UTF8.self), "done\n")
  }

  func testNoFolderForTemporaryFilesIsNeeded() throws {
    let program = try shell("cat")
    let old = ProcessInfo.processInfo.environment["TMPDIR"]
    setenv("TMPDIR", "/nonexistent", 1)
    defer { if let old { setenv("TMPDIR", old, 1) } else { unsetenv("TMPDIR") } }
    XCTAssertEqual(try program.run(on: [1, 2]), [1, 2])
  }
}
