import Foundation
import Leibniz

/// A program of the system whose output is read: Graphviz' `dot`, `gunzip`.
struct ExternalProgram {
  let name: String
  let arguments: [String]

  enum Failure: Error {
    /// No such program on the `PATH`, or none can run on this system.
    case missing
    /// The program ended with an error and this message.
    case failed(String)
  }

  #if os(macOS) || os(Linux) || os(Windows) || os(FreeBSD)
    /// Runs the program while `read` reads what it prints.
    ///
    /// `read` may stop early. Where the program fails, its own message is thrown rather than what
    /// `read` made of it.
    func run<Result>(reading read: (FileHandle) throws -> Result) throws -> Result {
      let process = Process()
      process.executableURL = try location()
      process.arguments = arguments
      let output = Pipe()
      process.standardOutput = output
      process.standardInput = FileHandle.nullDevice
      // A file, because a pipe for messages could fill up while the output is being read.
      let messages = URL(fileURLWithPath: NSTemporaryDirectory() + "leibniz-\(UUID().uuidString)")
      try Data().write(to: messages)
      defer { try? FileManager.default.removeItem(at: messages) }
      process.standardError = try FileHandle(forWritingTo: messages)
      try process.run()
      let result = Swift.Result { try read(output.fileHandleForReading) }
      try? output.fileHandleForReading.close()
      process.waitUntilExit()
      let message = (try? String(contentsOf: messages, encoding: .utf8)) ?? ""
      if process.terminationStatus != 0 && !message.isEmpty {
        throw Failure.failed(message.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      return try result.get()
    }

    /// Where the program is.
    func location() throws(Failure) -> URL {
      #if os(Windows)
        let (separator, suffix): (Character, String) = (";", ".exe")
      #else
        let (separator, suffix): (Character, String) = (":", "")
      #endif
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      for folder in path.split(separator: separator) {
        let file = "\(folder)/\(name)\(suffix)"
        if FileManager.default.isExecutableFile(atPath: file) { return URL(fileURLWithPath: file) }
      }
      throw .missing
    }
  #else
    /// No program can be run on this system.
    func run<Result>(reading read: (FileHandle) throws -> Result) throws -> Result {
      throw Failure.missing
    }
  #endif
}
