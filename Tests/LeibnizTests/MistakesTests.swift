#if os(macOS) || os(Linux) || os(Windows)
  import Foundation
  import XCTest

  /// Every mistake of `Tests/Mistakes` ends its process with its sentence.
  ///
  /// Debug and release builds differ here: `.build/release/Mistakes` checks the latter.
  final class MistakesTests: XCTestCase {
    func testMistakesEndWithTheirSentences() throws {
      #if os(macOS)
        let products = Bundle(for: Self.self).bundleURL.deletingLastPathComponent()
      #else
        let products = Bundle.main.bundleURL
      #endif
      let process = Process()
      process.executableURL = products.appendingPathComponent("Mistakes")
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      XCTAssertEqual(process.terminationStatus, 0, String(decoding: text, as: UTF8.self))
    }
  }
#endif
