import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class OutputFileTests: XCTestCase {
  private var folder = ""

  override func setUpWithError() throws {
    folder = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString)/"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
  }

  override func tearDown() { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).writeWhole(to: folder + name)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + name, encoding: .utf8)
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder + name)[.posixPermissions] as? Int
  }

  func testFilesAreMadeAndReplaced() throws {
    try write("one", to: "file")
    try write("two", to: "file")
    XCTAssertEqual(try text("file"), "two")
    try write("", to: "file")
    XCTAssertEqual(try text("file"), "")
    XCTAssertEqual(try names, ["file"])
    let long = String(repeating: "é", count: 127)
    try write("long", to: long)
    XCTAssertEqual(try text(long), "long")
  }

  func testModeIsKept() throws {
    try write("old", to: "file")
    for kept in [0o600, 0o640, 0o755] {
      chmod(folder + "file", mode_t(kept))
      try write("\(kept)", to: "file")
      XCTAssertEqual(try mode("file"), kept)
    }
    let mask = umask(0)
    umask(mask)
    try write("new", to: "other")
    XCTAssertEqual(try mode("other"), 0o666 & ~Int(mask))
  }

  func testLinksAreFollowed() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "deep", withIntermediateDirectories: true)
    try write("old", to: "deep/target")
    symlink("deep/target", folder + "link")
    symlink(folder + "link", folder + "link to link")
    try write("new", to: "link to link")
    XCTAssertEqual(try text("deep/target"), "new")
    symlink("deep/not there yet", folder + "dangling")
    try write("made", to: "dangling")
    XCTAssertEqual(try text("deep/not there yet"), "made")
    for link in ["link", "link to link", "dangling"] {
      XCTAssertNoThrow(try FileManager.default.destinationOfSymbolicLink(atPath: folder + link))
    }
    symlink("round", folder + "round")
    assertRefused("round")
  }

  func testPipesAndDevicesAreWrittenTo() throws {
    let pipe = folder + "pipe"
    XCTAssertEqual(mkfifo(pipe, 0o600), 0)
    XCTAssertNoThrow(try requireWritable(pipe))
    let text = String(repeating: "0123456789", count: 20_000)
    let reading = expectation(description: "the pipe is read")
    Thread.detachNewThread {
      XCTAssert((try? FileHandle(forReadingAtPath: pipe)?.readToEnd()) == Data(text.utf8))
      reading.fulfill()
    }
    try write(text, to: "pipe")
    wait(for: [reading], timeout: 60)
    try Data(text.utf8).writeWhole(to: "/dev/null")
    var status = stat()
    for path in [pipe, "/dev/null"] {
      XCTAssertEqual(stat(path, &status), 0)
      XCTAssertNotEqual(status.st_mode & S_IFMT, S_IFREG)
    }
  }

  /// What is printed into a file must not be lost when the same file is written to.
  func testStandardOutputIsAppendedTo() throws {
    fflush(nil)
    let saved = dup(1)
    let file = open(folder + "printed", O_WRONLY | O_CREAT, 0o600)
    dup2(file, 1)
    defer {
      dup2(saved, 1)
      close(saved)
      close(file)
    }
    print("first")
    let result = Result {
      for path in ["/dev/stdout", folder + "printed"] {
        try requireWritable(path)
        try Data("written\n".utf8).writeWhole(to: path)
      }
    }
    print("last")
    fflush(nil)
    XCTAssertNoThrow(try result.get())
    XCTAssertEqual(try text("printed"), "first\nwritten\nwritten\nlast\n")
  }

  func testWhatCannotBeWrittenIsToldAndLeftAlone() throws {
    try write("in the way", to: "file")
    assertRefused("missing/file")
    assertRefused("file/below")
    assertRefused("missing/")
    assertRefused("")
    assertRefused(String(repeating: "x", count: 256))
    assertRefused(".")
    XCTAssertThrowsError(try Data().writeWhole(to: "")) { XCTAssertTrue($0 is FileError) }
    XCTAssertThrowsError(try Data().writeWhole(to: folder + "file\0more"))
    XCTAssertThrowsError(try requireWritable("/dev/null/file"))
    if geteuid() != 0 {
      chmod(folder + "file", 0o400)
      assertRefused("file")
    }
    XCTAssertEqual(try names, ["file"])
    XCTAssertEqual(try text("file"), "in the way")
  }

  func testTheCheckLeavesNothingAndChangesNothing() throws {
    try write("old", to: "file")
    let before = try FileManager.default.attributesOfItem(atPath: folder + "file")
    try requireWritable(folder + "file")
    try requireWritable(folder + "new")
    XCTAssertEqual(try names, ["file"])
    let after = try FileManager.default.attributesOfItem(atPath: folder + "file")
    XCTAssertEqual(after[.systemFileNumber] as? Int, before[.systemFileNumber] as? Int)
    XCTAssertEqual(try text("file"), "old")
  }

  func testLeftoversOfTheSameFileAreRemoved() throws {
    let left = [".file.leibniz-0123456789abcdef.tmp", ".file.leibniz-fedcba9876543210.tmp"]
    let others = [
      ".file.leibniz-0123.tmp", ".file2.leibniz-0123456789abcdef.tmp",
      "file.leibniz-0123456789abcdef.tmp", ".file.leibniz-x.leibniz-0123456789abcdef.tmp",
    ]
    for name in left + others { try Data().write(to: URL(fileURLWithPath: folder + name)) }
    try write("whole", to: "file")
    XCTAssertEqual(try names, (others + ["file"]).sorted())
  }

  func testFilesThatAreBeingWrittenAreNoLeftovers() throws {
    let name = ".file.leibniz-0123456789abcdef.tmp"
    let descriptor = open(folder + name, O_WRONLY | O_CREAT, 0o600)
    flock(descriptor, LOCK_EX)
    try write("whole", to: "file")
    XCTAssertEqual(try names, [name, "file"])
    close(descriptor)
    try write("again", to: "file")
    XCTAssertEqual(try names, ["file"])
  }

  func testManyWritersAtOnceLeaveOneWholeFile() throws {
    let folder = folder
    DispatchQueue.concurrentPerform(iterations: 200) { i in
      let bytes = Data(String(repeating: "\(i % 10)", count: 10_000).utf8)
      do { try bytes.writeWhole(to: folder + "file") } catch { XCTFail("\(error)") }
    }
    XCTAssertEqual(Set(try text("file")).count, 1)
    XCTAssertEqual(try text("file").count, 10_000)
    XCTAssertEqual(try names, ["file"])
  }

  private func assertRefused(
    _ name: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    let path = folder + name
    for body in [{ try requireWritable(path) }, { try Data("x".utf8).writeWhole(to: path) }] {
      XCTAssertThrowsError(try body(), name, file: file, line: line) {
        XCTAssertTrue("\($0)".hasPrefix("\(path): cannot be written: "), "\($0)")
      }
    }
  }
}
