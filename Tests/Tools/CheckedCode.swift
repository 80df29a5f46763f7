import Foundation

/// A snippet whose statements hand their results over, where a comment says what they are.
struct CheckedCode {
  let snippet: Snippet
  private var lines: [String]

  init(_ snippet: Snippet) {
    self.snippet = snippet
    lines = snippet.code.map {
      $0.replacingOccurrences(of: "{ … }", with: "{}").replacingOccurrences(of: ", …]", with: "]")
    }
    var start = 0
    while start < lines.count {
      let end = endOfStatement(at: start)
      check(start, end)
      start = end + 1
    }
  }

  /// The code at its place in the text.
  var text: String {
    "#sourceLocation(file: \"\(snippet.file)\", line: \(snippet.line))\n"
      + lines.map { $0 + "\n" }.joined() + "#sourceLocation()\n"
  }

  var functionName: String {
    let name = snippet.file.filter { $0.isLetter || $0.isNumber }
    return "\(name)_\(snippet.line)"
  }

  var function: String { "func \(functionName)() async throws {\n\(text)}\n" }

  /// The last line of the statement that begins at a line: where all brackets are closed and the
  /// next line does not go on with a dot.
  private func endOfStatement(at start: Int) -> Int {
    var depth = 0
    for i in start..<lines.count {
      let code = code(i)
      depth += code.count { "([{".contains($0) } - code.count { ")]}".contains($0) }
      let goesOn =
        i + 1 < lines.count
        && lines[i + 1].drop(while: { $0 == " " }).first.map { $0 == "." || $0 == "?" } == true
      if depth <= 0 && !goesOn { return i }
    }
    return lines.count - 1
  }

  /// A line without its comment.
  private func code(_ i: Int) -> String {
    guard let comment = lines[i].range(of: "//") else { return lines[i] }
    return String(lines[i][..<comment.lowerBound])
  }

  /// What the comment of a line says, where it is the beginning of a result.
  private func result(_ i: Int) -> String? {
    guard i < lines.count, let comment = lines[i].range(of: "// ") else { return nil }
    let text = String(lines[i][comment.upperBound...])
    let isResult =
      text.firstMatch(of: /^(≈|[-−]?[0-9]|\[|\(|"|true|false|nil|[A-Z]\w*\(|throws: )/) != nil
    return isResult ? text : nil
  }

  /// Makes the statement of some lines hand over its result, where a comment behind or below it says
  /// one.
  private mutating func check(_ start: Int, _ end: Int) {
    let isBelow = end + 1 < lines.count && lines[end + 1].hasPrefix("// ")
    guard let expected = result(end) ?? (isBelow ? result(end + 1) : nil) else { return }
    let first = code(start), last = code(end)
    guard first.contains(where: { $0 != " " }) else { return }
    let comment = String(lines[end].dropFirst(last.count))
    let text = "\"\"\"\n\(expected.replacingOccurrences(of: "\\", with: "\\\\"))\n\"\"\""
    let expectation =
      "#sourceLocation()\nexpect(\(text),\n"
      + "\"\(snippet.file)\", \(snippet.line + start))\n"
      + "#sourceLocation(file: \"\(snippet.file)\", line: \(snippet.line + start))\n"
    if expected.hasPrefix("throws: ") {
      lines[end] = last + "; missing()" + comment
      lines[start] = "\(expectation)do { " + lines[start]
      lines[end] += "\n} catch { prove(error) }"
      lines[end] += "\n#sourceLocation(file: \"\(snippet.file)\", line: \(snippet.line + end + 1))"
      return
    }
    if let name = first.firstMatch(of: /^(let|var) (\w+)\b/) {
      lines[end] = last + "; prove(\(name.output.2))" + comment
    } else if first.hasPrefix("print(") {
      lines[start] = "prove(" + lines[start].dropFirst(6)
    } else if isExpression(start, end) {
      lines[end] = last.trimmingCharacters(in: .whitespaces) + ")" + comment
      lines[start] = (start == end ? "prove(" + lines[end] : "prove(" + lines[start])
    } else {
      return
    }
    lines[start] = expectation + lines[start]
  }

  private func isExpression(_ start: Int, _ end: Int) -> Bool {
    let isDeclaration = code(start).firstMatch(
      of: /^(let|var|for|if|while|func|return|import|struct|class|extension|do|guard|switch|\}|$)\b/
    )
    let assigns = code(start).firstMatch(of: #/\ [-+*/]?=\ /#)
    return isDeclaration == nil && assigns == nil && !code(start).isEmpty
  }
}
