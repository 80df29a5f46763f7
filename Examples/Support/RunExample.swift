@preconcurrency import Foundation
import Leibniz
import LeibnizTools

/// An option that cannot be understood.
public struct UsageError: Error, CustomStringConvertible {
  /// What is wrong, and what would be right.
  public let description: String

  /// An error with its explanation.
  public init(_ description: String) { self.description = description }
}

/// An example that ran well but did not reach what it promises.
public struct MissedTarget: Error, CustomStringConvertible {
  /// What was promised and what was reached.
  public let description: String

  /// An error with its explanation.
  public init(_ description: String) { self.description = description }
}

/// What an example tells the shell: the numbers of BSD's `sysexits.h`.
enum ExitCode: Int32 {
  case success = 0
  case failure = 1
  case usage = 64
  case data = 65
}

func exit(_ code: ExitCode) -> Never { exit(code.rawValue) }

/// Runs an example. An error is printed; the exit code is 64 for wrong options, 65 for files that
/// cannot be read, understood or written, standard output among them, and 1 for anything else.
public func runExample(_ body: () throws -> Void) {
  prepare()
  do {
    try body()
    try requirePrinted()
  } catch {
    fail(error)
  }
}

/// Runs an example that waits for tasks.
public func runExample(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void
) async {
  prepare()
  do {
    try await body()
    try requirePrinted()
  } catch {
    fail(error)
  }
}

private func prepare() {
  occupyStandardDescriptors()
  leaveProgressLineWhenInterrupted()
}

private func fail(_ error: any Error) -> Never {
  fputs("error: \(error)\n", stderr)
  switch error {
  case is UsageError: exit(.usage)
  case is FileError, is GraphDrawingError, is CheckpointError: exit(.data)
  default: exit(.failure)
  }
}

/// Sees to it that no file that is opened later becomes standard output or error because that was
/// closed. What is printed to the one in its place fails, and what is written to the other is lost.
private func occupyStandardDescriptors() {
  #if !os(Windows)
    for descriptor in [Int32(0), 1, 2] where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 2 ? O_WRONLY : O_RDONLY)
    }
  #endif
}

/// Has a program that Ctrl-C ends on a terminal end the line of its progress first.
private func leaveProgressLineWhenInterrupted() {
  #if !os(Windows)
    guard isatty(1) != 0 else { return }
    for number in [SIGINT, SIGTERM] {
      let previous = signal(number) { number in
        _ = write(1, "\n", 1)
        signal(number, SIG_DFL)
        raise(number)
      }
      // One that was told to be ignored stays so.
      if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  #endif
}

/// Checks that everything printed has arrived: a full disk must not look like success.
private func requirePrinted() throws(FileError) {
  let isFlushed = fflush(stdout) == 0
  let reason = String(cString: strerror(errno))
  guard isFlushed, ferror(stdout) == 0 else {
    throw .unwritable(path: "standard output", reason: isFlushed ? "a write failed" : reason)
  }
}
