import Foundation
import Leibniz

/// Mistakes of a programmer, each of which must end the process with its sentence, in release
/// builds too.
///
/// `Mistakes NAME` makes one; without a name, each is made in a process of its own, and what it
/// prints there is compared.
@main
struct Mistakes {
  /// A mistake, and the sentence that must be printed, with the sizes found and expected in it.
  struct Mistake: Sendable {
    let name: String
    let sentence: String
    let make: @Sendable () -> Void
  }

  static let all = engine + derivatives + networks + training + data + tools

  static func main() {
    guard let name = CommandLine.arguments.dropFirst().first else { exit(checkAll() ? 0 : 1) }
    guard let mistake = all.first(where: { $0.name == name }) else {
      print("There is no mistake named '\(name)'.")
      exit(64)
    }
    mistake.make()
  }

  /// Whether every mistake ends as it should; prints those that do not.
  private static func checkAll() -> Bool {
    var allEnd = true
    for mistake in all {
      let (survived, message) = run(mistake)
      if survived || !message.contains(mistake.sentence) {
        let end = survived ? "goes on" : "stops"
        print("\(mistake.name): \(end) with '\(message)', not with '\(mistake.sentence)'")
        allEnd = false
      }
    }
    if allEnd { print("All \(all.count) mistakes end with their sentences.") }
    return allEnd
  }

  /// Whether the process of a mistake ended as usual, and what it printed as an error.
  private static func run(_ mistake: Mistake) -> (survived: Bool, message: String) {
    #if os(macOS) || os(Linux) || os(Windows)
      let process = Process()
      process.executableURL = Bundle.main.executableURL
      process.arguments = [mistake.name]
      var environment = ProcessInfo.processInfo.environment
      environment["SWIFT_BACKTRACE"] = "enable=no"
      process.environment = environment
      let messages = Pipe()
      process.standardError = messages
      do { try process.run() } catch { return (true, "\(error)") }
      let message = messages.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus == 0, String(decoding: message, as: UTF8.self))
    #else
      return (false, mistake.sentence)
    #endif
  }
}
