import Foundation
import Leibniz

/// A program of the system whose output is read: Graphviz' `dot`, `gunzip`.
struct ExternalProgram {
  let name: String
  let arguments: [String]

  enum Failure: Error {
    /// No such program on the `PATH`, or none can run on this system.
    case missing
    /// The program ended with an error, with this message.
    case failed(String)
  }

  #if os(macOS) || os(Linux) || os(Windows) || os(FreeBSD)
    /// Runs the program on a file or some bytes while `read` reads what it prints.
    ///
    /// `read` may stop early. Where the program fails, its own message is thrown rather than what
    /// `read` made of it.
    func run<Result>(
      on input: FileHandle = .nullDevice, reading read: (FileHandle) throws -> Result
    ) throws -> Result {
      let process = Process()
      process.executableURL = try location()
      process.arguments = arguments
      process.standardInput = input
      let output = Pipe()
      process.standardOutput = output
      // A file, because a pipe for messages could fill up while the output is being read.
      let messages = try FileHandle.temporary()
      process.standardError = messages
      try process.run()
      let result = Swift.Result { try read(output.fileHandleForReading) }
      try? output.fileHandleForReading.close()
      process.waitUntilExit()
      guard process.terminationStatus != 0 else { return try result.get() }
      try messages.seek(toOffset: 0)
      let message = String(decoding: try messages.readToEnd() ?? Data(), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      // One that ends without a word may do so because `read` has stopped.
      if message.isEmpty, case .failure(let error) = result { throw error }
      throw Failure.failed(message.isEmpty ? Self.ending(of: process) : message)
    }

    /// Runs the program on some bytes and gives what it prints.
    func run(on input: Data) throws -> Data {
      let file = try FileHandle.temporary()
      try file.write(contentsOf: input)
      try file.seek(toOffset: 0)
      return try run(on: file) { try $0.readToEnd() ?? Data() }
    }

    private static func ending(of process: Process) -> String {
      process.terminationReason == .uncaughtSignal
        ? "the program was ended by the signal \(process.terminationStatus)"
        : "the program ended with the status \(process.terminationStatus)"
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
    func run<Result>(
      on input: FileHandle = .nullDevice, reading read: (FileHandle) throws -> Result
    ) throws -> Result {
      throw Failure.missing
    }

    /// No program can be run on this system.
    func run(on input: Data) throws -> Data { throw Failure.missing }
  #endif
}

extension FileHandle {
  /// A file without a name, which is gone when it is closed, however the process ends.
  fileprivate static func temporary() throws -> FileHandle {
    guard let file = tmpfile() else {
      let reason = String(cString: strerror(errno))
      throw ExternalProgram.Failure.failed("there is no room for temporary files: \(reason)")
    }
    defer { fclose(file) }
    return FileHandle(fileDescriptor: dup(fileno(file)), closeOnDealloc: true)
  }
}
