import Foundation

/// A package with a script for each text, and one program for all fragments.
final class SnippetPackage {
  private let root, folder: URL
  private var targets: [String] = []
  private var fragments: [CheckedCode] = []
  private var dependencies = ""

  init(root: URL, folder: String) {
    self.root = root
    self.folder = URL(fileURLWithPath: folder, isDirectory: true)
  }

  /// Adds the snippets of one text.
  func add(_ snippets: [Snippet]) throws {
    var script: [CheckedCode] = []
    for snippet in snippets {
      let code = CheckedCode(snippet)
      if snippet.mark.isEmpty {
        script.append(code)
      } else if snippet.mark == "fragment" {
        fragments.append(code)
      } else if snippet.mark == "manifest" {
        dependencies = snippet.code.joined(separator: "\n")
      } else {
        try check(snippet, isPartOf: String(snippet.mark.dropFirst("excerpt ".count)))
      }
    }
    guard let file = script.first?.snippet.file else { return }
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent + "Script"
    let text = script.map(\.text).joined()
    try write(
      (text.contains("import Leibniz\n") ? "" : "import Leibniz\n")
        + (text.contains("import LeibnizTools\n") ? "" : "import LeibnizTools\n") + text
        + "finish()\n",
      to: name, "main.swift")
  }

  /// Writes the fragments' program and the manifest.
  func finish() throws {
    let imports = "import Foundation\nimport Leibniz\nimport LeibnizTools\n\n"
    try write(
      imports + fragments.map(\.function).joined(separator: "\n"), to: "Fragments", "All.swift")
    let calls = fragments.map { code in
      "await run(\"\(code.snippet.file):\(code.snippet.line)\", \(code.functionName))\n"
    }.joined()
    try write(calls + "finish()\n", to: "Fragments", "main.swift")
    let prelude = root.appendingPathComponent("Tests/Tools/SnippetPrelude.swift")
    try write(String(contentsOf: prelude, encoding: .utf8), to: "Fragments", "Prelude.swift")
    guard !dependencies.isEmpty else { fail("README.md", 1, "there is no snippet of a manifest") }
    // The README's own lines, with this checkout in place of the address.
    let local = dependencies.replacing(
      try Regex(#"\.package\(url: [^)]*\)"#),
      with: ".package(name: \"Leibniz\", path: \"\(root.path)\")")
    guard let products = local.firstMatch(of: try Regex(#"(?s)dependencies: \[\s*\.product.*?\]"#))
    else { fail("README.md", 1, "the manifest depends on no product") }
    let package = local.prefix { $0 != "\n" }
    let executables = targets.map { name in
      """
          .executableTarget(
            name: "\(name)", \(products.output[0].substring!),
            swiftSettings: [.unsafeFlags(["\(name == "Fragments" ? "-suppress-warnings" : "-warnings-as-errors")"])]),
      """
    }
    let manifest = """
      // swift-tools-version: 6.0
      import PackageDescription

      let package = Package(
        name: "Snippets", platforms: [.macOS(.v13)],
        \(package)
        targets: [
      \(executables.joined(separator: "\n"))
        ])

      """
    try manifest.write(
      to: folder.appendingPathComponent("Package.swift"), atomically: true, encoding: .utf8)
    try (targets.joined(separator: "\n") + "\n").write(
      to: folder.appendingPathComponent("targets"), atomically: true, encoding: .utf8)
  }

  private func write(_ text: String, to target: String, _ file: String) throws {
    let sources = folder.appendingPathComponent("Sources/\(target)", isDirectory: true)
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    try text.write(to: sources.appendingPathComponent(file), atomically: true, encoding: .utf8)
    guard !targets.contains(target) else { return }
    targets.append(target)
    let results = root.appendingPathComponent("Tests/Tools/SnippetResults.swift")
    try write(String(contentsOf: results, encoding: .utf8), to: target, "Results.swift")
  }

  /// An excerpt stands line by line in the file that it is taken from, but for comments.
  private func check(_ snippet: Snippet, isPartOf file: String) throws {
    func words(_ lines: [String]) -> [String] {
      lines.map { line in
        line.replacingOccurrences(of: "///", with: "").components(separatedBy: "//")[0]
          .trimmingCharacters(in: .whitespaces)
      }.filter { !$0.isEmpty }
    }
    let source = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
    let whole = words(source.components(separatedBy: "\n")), part = words(snippet.code)
    let isThere = whole.indices.contains { whole[$0...].starts(with: part) }
    if !isThere { fail(snippet.file, snippet.line, "these lines do not stand in \(file)") }
  }
}

/// Ends the program with a message in the form of a compiler's.
func fail(_ file: String, _ line: Int, _ message: String) -> Never {
  print("\(file):\(line): error: \(message)")
  exit(1)
}
