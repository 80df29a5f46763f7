#if os(Linux) || os(macOS)
  import Foundation
  import XCTest

  extension XCTestCase {
    /// Where the examples were built.
    var products: URL {
      #if os(macOS)
        Bundle(for: Self.self).bundleURL.deletingLastPathComponent()
      #else
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      #endif
    }

    /// Runs a command of the shell in a folder, with the examples on the path.
    func runInShell(
      _ command: String, in folder: String
    ) throws -> (status: Int32, text: String) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "PATH=\"$0:$PATH\"; cd \"$1\"; \(command)", products.path, folder]
      let output = Pipe()
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = output
      try process.run()
      let text = String(
        decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, text)
    }
  }
#endif
