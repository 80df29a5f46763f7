import Leibniz
import LeibnizTools

/// The options that an example was called with.
///
/// ```swift
/// var options = Options("moons", "Trains a network on two moons.")
/// let steps = options.integer("steps", default: 100, in: 1...1_000_000, "steps of descent")
/// let output = options.output("output", default: "moons.svg", "the picture to write")
/// try options.finish()
/// ```
///
/// Reading an option declares it too: ``finish()`` then knows what `--help` has to say, which
/// arguments nobody asked for, and which files are to be written. Until then, a wrong option reads as
/// its default.
public struct Options {
  private let program: String
  private let summary: String
  private var arguments: [String]
  private var help: [(usage: String, text: String)] = []
  private var outputs: [String] = []
  private var firstError: UsageError?

  /// Options from the command line, or from the given arguments.
  public init(_ program: String, _ summary: String, arguments: [String]? = nil) {
    self.program = program
    self.summary = summary
    self.arguments = arguments ?? Array(CommandLine.arguments.dropFirst())
  }

  /// `--name N`, a whole number.
  public mutating func integer(
    _ name: String, default standard: Int, in range: ClosedRange<Int> = 0...Int.max, _ text: String
  ) -> Int {
    value(name, "N", "\(text) (\(standard))") { argument throws(UsageError) in
      guard let number = Int(argument) else {
        throw UsageError("--\(name) takes a whole number, not '\(argument)'.")
      }
      guard range.contains(number) else { throw UsageError(outside(name, argument, range)) }
      return number
    } ?? standard
  }

  /// `--name X`, a number.
  public mutating func number(
    _ name: String, default standard: Double, in range: ClosedRange<Double>, _ text: String
  ) -> Double {
    value(name, "X", "\(text) (\(standard))") { argument throws(UsageError) in
      guard let number = Double(argument), number.isFinite else {
        throw UsageError("--\(name) takes a number, not '\(argument)'.")
      }
      guard range.contains(number) else { throw UsageError(outside(name, argument, range)) }
      return number
    } ?? standard
  }

  /// `--name FILE`, or what the placeholder says, which may be left out.
  public mutating func text(
    _ name: String, _ text: String, placeholder: String = "FILE"
  ) -> String? {
    value(name, placeholder, text) { argument throws(UsageError) in argument }
  }

  /// `--name TEXT` with a default.
  public mutating func text(_ name: String, default standard: String, _ text: String) -> String {
    self.text(name, "\(text) (\(standard))") ?? standard
  }

  /// `--name FILE`, a file to write, which may be left out.
  public mutating func output(_ name: String, _ text: String) -> String? {
    let path = self.text(name, text)
    if let path { outputs.append(path) }
    return path
  }

  /// `--name FILE`, a file to write, with a default.
  public mutating func output(_ name: String, default standard: String, _ text: String) -> String {
    let path = self.text(name, default: standard, text)
    outputs.append(path)
    return path
  }

  /// `--export FILE`, a program to write in the form that the file's ending says.
  public mutating func export(_ what: String) -> String? {
    let path = output("export", "\(what) to write, as .mlir, .c, .swift or .onnx")
    if let path {
      do throws(ExportError) {
        try ExportError.checkEnding(of: path)
      } catch {
        note(UsageError("\(error)"))
      }
    }
    return path
  }

  /// `--name WORD`, one of some words.
  public mutating func choice(
    _ name: String, default standard: String, of words: [String], _ text: String
  ) -> String {
    let list = words.joined(separator: ", ")
    return value(name, "WORD", "\(text): \(list) (\(standard))") { argument throws(UsageError) in
      guard words.contains(argument) else {
        throw UsageError("--\(name) takes one of \(list), not '\(argument)'.")
      }
      return argument
    } ?? standard
  }

  /// `--name` alone.
  public mutating func flag(_ name: String, _ text: String) -> Bool {
    help.append(("--\(name)", text))
    guard let index = arguments.firstIndex(of: "--\(name)") else { return false }
    arguments.remove(at: index)
    if arguments.contains("--\(name)") { note(UsageError("--\(name) is given twice.")) }
    return true
  }

  /// Ends the declarations: prints help and exits where it was asked for. A debug build of a long
  /// example says here how to get one that is fast.
  ///
  /// - Throws: ``UsageError`` for the first wrong option, or one that is not known; `FileError` for an
  ///   output that cannot be written, before the work whose result it is to hold.
  public mutating func finish(isLong: Bool = true) throws {
    if arguments.contains("--help") || arguments.contains("-h") {
      runExample { print(helpText) }
      exit(.success)
    }
    if let firstError { throw firstError }
    if let unknown = arguments.first {
      let known = help.map { String($0.usage.prefix { $0 != " " }) }.joined(separator: ", ")
      throw UsageError("'\(unknown)' is not an option of \(program). There are \(known), --help.")
    }
    for path in outputs { try requireWritable(path) }
    #if DEBUG
      if isLong {
        print("A debug build, 30 to 70 times slower than: swift run -c release \(program)")
      }
    #endif
  }

  var helpText: String {
    let width = help.map(\.usage.count).max() ?? 0
    let lines = help.map { usage, text in
      "  \(usage)\(String(repeating: " ", count: width - usage.count))  \(text)"
    }
    return "\(summary)\n\nusage: swift run -c release \(program) [options]\n"
      + lines.joined(separator: "\n")
  }

  /// Takes `--name value` or `--name=value` out of the arguments.
  private mutating func value<T>(
    _ name: String, _ placeholder: String, _ text: String,
    _ parse: (String) throws(UsageError) -> T
  ) -> T? {
    help.append(("--\(name) \(placeholder)", text))
    let option = "--\(name)"
    func isOption(_ argument: String) -> Bool {
      argument == option || argument.hasPrefix(option + "=")
    }
    guard let index = arguments.firstIndex(where: isOption) else { return nil }
    var argument = arguments.remove(at: index)
    do throws(UsageError) {
      if argument == option {
        guard index < arguments.count, !arguments[index].hasPrefix("--") else {
          throw UsageError("\(option) needs a value.")
        }
        argument = arguments.remove(at: index)
      } else {
        argument = String(argument.dropFirst(option.count + 1))
      }
      guard !arguments.contains(where: isOption) else {
        throw UsageError("\(option) is given twice.")
      }
      return try parse(argument)
    } catch {
      note(error)
      return nil
    }
  }

  private mutating func note(_ error: UsageError) { firstError = firstError ?? error }
}

private func outside<T>(_ name: String, _ argument: String, _ range: ClosedRange<T>) -> String {
  "--\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(argument)."
}
