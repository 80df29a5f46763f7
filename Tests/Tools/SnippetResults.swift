import Foundation
import Leibniz

/// What the next result should be, and where that is said.
nonisolated(unsafe) private var expected: (text: String, place: String)?

nonisolated(unsafe) private var failures = 0

/// Takes note of what a comment says of the next result.
func expect(_ text: String, _ file: String, _ line: Int) { expected = (text, "\(file):\(line)") }

/// Compares a result with what its comment says, and ends the program where they differ.
func prove(_ items: Any...) {
  guard let (text, place) = expected else {
    print(items.map { "\($0)" }.joined(separator: " "))
    return
  }
  expected = nil
  let said = text.hasPrefix("throws: ") ? String(text.dropFirst(8)) : text
  var results = [items.map { "\($0)" }.joined(separator: " ")]
  if items.count == 1 {
    switch items[0] {
    case let value as Value: results.append("\(value.data)")
    case let values as [Value]: results.append("\(values.map(\.data))")
    case let rows as [[Value]]: results.append("\(rows.map { $0.map(\.data) })")
    default: break
    }
  }
  if items.count == 1, let text = items[0] as? String { results.append("\"\(text)\"") }
  guard !results.contains(where: { agrees($0, said) }) else { return }
  print("\(place): error: the result is \(results[0]), not \(said)")
  failures += 1
}

/// Where an error should have been thrown, none was.
func missing() {
  print("\(expected!.place): error: nothing was thrown")
  failures += 1
}

/// Runs the fragment of a place; what needs a file that is not there is skipped.
func run(_ place: String, _ fragment: () async throws -> Void) async {
  do {
    expected = nil
    try await fragment()
  } catch {
    let message = "\(error)"
    if message.contains("cannot be read") { return }
    print("\(place): error: \(message)")
    failures += 1
  }
}

/// Ends the program, with a failure if there was one.
func finish() -> Never { exit(failures == 0 ? 0 : 1) }

/// Whether a text begins with the result: `…` stands for further digits, and a remark may follow.
private func agrees(_ result: String, _ text: String) -> Bool {
  func plain(_ text: String) -> String {
    text.replacingOccurrences(of: "−", with: "-").replacing(/(\d)\.0(?![0-9])/) { "\($0.output.1)" }
  }
  if text.hasPrefix("≈") {
    func numbers(_ text: String) -> [Double] {
      plain(text).matches(of: /-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?/).compactMap { Double($0.output.0) }
    }
    let (a, b) = (numbers(result), numbers(text))
    return a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 0.01 }
  }
  let (result, text) = (plain(result), plain(text))
  let ends = text.indices.filter { " ,;:".contains(text[$0]) } + [text.endIndex]
  return ends.contains { end in
    let parts = text[..<end].components(separatedBy: "…")
    var rest = Substring(result)
    for (i, part) in parts.enumerated() {
      guard rest.hasPrefix(part) else { return false }
      rest = rest.dropFirst(part.count)
      if i + 1 < parts.count {
        let isLast = i + 2 == parts.count && parts[i + 1].isEmpty
        rest =
          isLast && !"0123456789".contains(part.last ?? " ")
          ? "" : rest.drop { $0.isNumber || "e+-".contains($0) }
      }
    }
    return rest.isEmpty
  }
}
