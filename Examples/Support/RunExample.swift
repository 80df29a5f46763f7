import Foundation
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
/// cannot be read, understood or written, and 1 for anything else.
public func runExample(_ body: () throws -> Void) {
  do {
    try body()
  } catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    switch error {
    case is UsageError: exit(.usage)
    case is FileError, is GraphDrawingError, is CheckpointError: exit(.data)
    default: exit(.failure)
    }
  }
}
