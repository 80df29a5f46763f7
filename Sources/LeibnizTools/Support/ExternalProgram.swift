#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif os(Windows)
  import Foundation
#endif

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
    /// Runs the program on a file while `read` reads what it prints.
    ///
    /// `read` may stop early. Where the program fails, its own message is thrown rather than what
    /// `read` made of it.
    func run<Result>(
      on input: SystemFile, reading read: (SystemFile) throws -> Result
    ) throws -> Result {
      // A file, because a pipe for messages could fill up while the output is being read.
      let messages = try SystemFile.temporary()
      let (end, result) = try start(input, messages, read)
      guard let end else { return try result.get() }
      try messages.rewind()
      let message = String(decoding: try messages.readToEnd(), as: UTF8.self)
      guard let last = message.lastIndex(where: { !$0.isWhitespace }) else {
        // One that ends without a word may do so because `read` has stopped.
        if case .failure(let error) = result { throw error }
        throw Failure.failed("the program \(end)")
      }
      throw Failure.failed(String(message[...last].drop { $0.isWhitespace }))
    }

    /// Runs the program on some bytes and gives what it prints.
    func run(on input: [UInt8]) throws -> [UInt8] {
      let file = try SystemFile.temporary()
      try file.write(input)
      try file.rewind()
      return try run(on: file) { try $0.readToEnd() }
    }

    /// Where the program is.
    func location() throws(Failure) -> String {
      #if os(Windows)
        let (separator, suffix): (Character, String) = (";", ".exe")
        func isExecutable(_ path: String) -> Bool {
          FileManager.default.isExecutableFile(atPath: path)
        }
      #else
        let (separator, suffix): (Character, String) = (":", "")
        func isExecutable(_ path: String) -> Bool {
          var status = stat()
          return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && access(path, X_OK) == 0
        }
      #endif
      let path = getenv("PATH").map { String(cString: $0) } ?? ""
      for folder in path.split(separator: separator) {
        let file = "\(folder)/\(name)\(suffix)"
        if isExecutable(file) { return file }
      }
      throw .missing
    }
  #else
    /// No program can be run on this system.
    func run<Result>(
      on input: SystemFile, reading read: (SystemFile) throws -> Result
    ) throws -> Result {
      throw Failure.missing
    }

    /// No program can be run on this system.
    func run(on input: [UInt8]) throws -> [UInt8] { throw Failure.missing }
  #endif
}

#if os(Windows)
  extension ExternalProgram {
    /// How the program ended, if not well, and what `read` has made of its output.
    private func start<Result>(
      _ input: SystemFile, _ messages: SystemFile, _ read: (SystemFile) throws -> Result
    ) throws -> (end: String?, result: Swift.Result<Result, any Error>) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try location())
      process.arguments = arguments
      process.standardInput = input.handle
      let output = Pipe()
      process.standardOutput = output
      process.standardError = messages.handle
      try process.run()
      let result = Swift.Result { try read(SystemFile(output.fileHandleForReading)) }
      try? output.fileHandleForReading.close()
      process.waitUntilExit()
      let status = process.terminationStatus
      return (status == 0 ? nil : "ended with the status \(status)", result)
    }
  }

  extension SystemFile {
    /// A file without a name, which is gone when it is closed, however the process ends.
    fileprivate static func temporary() throws -> SystemFile {
      guard let file = tmpfile() else {
        throw ExternalProgram.Failure.failed("there is no room for temporary files")
      }
      defer { fclose(file) }
      return SystemFile(FileHandle(fileDescriptor: _dup(_fileno(file)), closeOnDealloc: true))
    }
  }
#elseif os(macOS) || os(Linux) || os(FreeBSD)
  extension ExternalProgram {
    /// How the program ended, if not well, and what `read` has made of its output.
    private func start<Result>(
      _ input: SystemFile, _ messages: SystemFile, _ read: (SystemFile) throws -> Result
    ) throws -> (end: String?, result: Swift.Result<Result, any Error>) {
      let path = try location()
      // Only its three descriptors may reach a program: another that is started at the same time would
      // keep the output open. Sockets, unlike pipes, can be made so in one step.
      var ends: [Int32] = [-1, -1]
      #if canImport(Darwin)
        let kind = SOCK_STREAM
      #elseif canImport(Musl)
        let kind = SOCK_STREAM | SOCK_CLOEXEC
      #else
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      #endif
      guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
        throw Failure.failed(SystemError().reason)
      }
      let output = SystemFile(descriptor: ends[0])
      let process = try spawn(path, [input.descriptor, ends[1], messages.descriptor])
      let result = Swift.Result { try read(output) }
      // Who stops reading early lets the program know by this.
      shutdown(output.descriptor, Int32(SHUT_RDWR))
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
      let signal = status & 0x7F
      return (
        signal != 0
          ? "was ended by the signal \(signal)"
          : status != 0 ? "ended with the status \(status >> 8 & 0xFF)" : nil, result
      )
    }

    /// Starts the program with these descriptors as its first ones, and closes the second of them.
    private func spawn(_ path: String, _ descriptors: [Int32]) throws(Failure) -> pid_t {
      #if canImport(Darwin)
        var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT
      #else
        var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        let flags = POSIX_SPAWN_SETSIGDEF
      #endif
      posix_spawn_file_actions_init(&actions)
      posix_spawnattr_init(&attributes)
      defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
        close(descriptors[1])
      }
      for (place, descriptor) in descriptors.enumerated() {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
      }
      // A process that ignores broken pipes must not hand that on.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGPIPE)
      posix_spawnattr_setsigdefault(&attributes, &signals)
      posix_spawnattr_setflags(&attributes, Int16(flags))

      let words = ([name] + arguments).map { strdup($0) }
      defer { for word in words { free(word) } }
      var process: pid_t = 0
      let code = posix_spawn(&process, path, &actions, &attributes, words + [nil], environ)
      guard code == 0 else { throw .failed(SystemError(code).reason) }
      return process
    }
  }

  extension SystemFile {
    /// A file without a name, which is gone when it is closed, however the process ends.
    fileprivate static func temporary() throws -> SystemFile {
      guard let file = tmpfile() else {
        let reason = SystemError().reason
        throw ExternalProgram.Failure.failed("there is no room for temporary files: \(reason)")
      }
      defer { fclose(file) }
      return SystemFile(descriptor: fcntl(fileno(file), F_DUPFD_CLOEXEC, 3))
    }
  }
#endif
