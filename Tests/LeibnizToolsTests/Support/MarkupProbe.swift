/// Counts the elements of an XML text by a walk of its own: every opened element must be closed.
struct MarkupProbe {
  private(set) var counts: [String: Int] = [:]
  private(set) var error: String?

  init(_ text: String) {
    var open: [String] = []
    for part in text.split(separator: "<") {
      guard let end = part.firstIndex(of: ">") else {
        error = "no end: \(part)"
        return
      }
      let tag = part[..<end]
      let name = String(tag.prefix { $0 != " " && $0 != "/" || $0 == tag.first })
      if tag.hasPrefix("/") {
        if open.popLast() != String(tag.dropFirst()) { error = "closed too early: \(tag)" }
      } else {
        counts[name, default: 0] += 1
        if !tag.hasSuffix("/") { open.append(name) }
        if tag.count(where: { $0 == "'" }) % 2 != 0 { error = "open quotation: \(tag)" }
      }
    }
    if !open.isEmpty { error = "never closed: \(open)" }
  }
}
