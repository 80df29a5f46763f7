import Foundation

/// Writes a package of every Swift snippet in the README, the articles and the docstrings, for
/// `.ci/snippets` to build and run: `Snippets ROOT FOLDER`.
///
/// The snippets of the README and of an article are pasted one after the other into a script of their
/// own, as a reader would do it; those after `<!-- fragment -->`, and those of docstrings, take the
/// names of `SnippetPrelude.swift` for granted and are functions of one program. What a comment says
/// of a result is compared with the result. What is not public is left out. After `<!-- excerpt FILE -->` stands a part of that file.
@main
struct Snippets {
  static func main() throws {
    let root = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
    let package = SnippetPackage(root: root, folder: CommandLine.arguments[2])
    for file in ["README.md"] + files(in: root, endingWith: ".md") {
      try package.add(Snippet.inMarkdown(lines(of: root, file), file: file))
    }
    for file in files(in: root, endingWith: ".swift") {
      try package.add(Snippet.inDocumentation(lines(of: root, file), file: file))
    }
    try package.finish()
  }

  private static func lines(of root: URL, _ file: String) throws -> [String] {
    try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
      .components(separatedBy: "\n")
  }

  private static func files(in root: URL, endingWith suffix: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: root.path + "/Sources")!
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
      .map { "Sources/" + $0 }.sorted()
  }
}

/// A block of code in a text.
struct Snippet {
  let file: String
  /// Where its first line of code stands, counted from one.
  let line: Int
  var code: [String]
  /// What the comment before it says: `fragment`, `manifest` or `excerpt FILE`.
  let mark: String

  static func inMarkdown(_ lines: [String], file: String) -> [Snippet] {
    var mark = ""
    return blocks(of: lines, file: file) { line in
      if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
        mark = String(line.dropFirst(5).dropLast(4))
      } else if !line.isEmpty && !line.hasPrefix("```swift") {
        mark = ""
      }
      return mark
    }
  }

  static func inDocumentation(_ lines: [String], file: String) -> [Snippet] {
    let comments = lines.map { line -> String in
      let text = line.drop { $0 == " " }
      return text.hasPrefix("///") ? String(text.dropFirst(text.hasPrefix("/// ") ? 4 : 3)) : ""
    }
    return blocks(of: comments, file: file) { _ in "fragment" }.filter { snippet in
      lines[snippet.line...].first { line in
        let text = line.drop { $0 == " " }
        return !text.hasPrefix("///") && !text.hasPrefix("@")
      }?.contains(/\b(public|extension)\b/) == true
    }
  }

  private static func blocks(
    of lines: [String], file: String, markAfter: (String) -> String
  ) -> [Snippet] {
    var snippets: [Snippet] = []
    var isInside = false, isSwift = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isSwift = !isInside && line == "```swift"
        isInside.toggle()
        if isSwift {
          snippets.append(Snippet(file: file, line: index + 2, code: [], mark: markAfter(line)))
        }
      } else if isInside {
        if isSwift { snippets[snippets.count - 1].code.append(line) }
      } else {
        _ = markAfter(line)
      }
    }
    return snippets
  }
}
