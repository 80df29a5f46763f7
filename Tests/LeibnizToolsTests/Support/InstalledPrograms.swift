import XCTest

@testable import LeibnizTools

/// Skips the test where a program of the system is missing.
///
/// Call it in a statement of its own: a skip thrown inside an assertion's argument is a failure.
func skipUnlessInstalled(_ names: String...) throws {
  for name in names where !isInstalled(name) {
    throw XCTSkip("The program \(name) is not installed.")
  }
}

/// Whether a program of the system is on the `PATH`.
func isInstalled(_ name: String) -> Bool {
  #if os(macOS) || os(Linux) || os(Windows) || os(FreeBSD)
    (try? ExternalProgram(name: name, arguments: []).location()) != nil
  #else
    false
  #endif
}
