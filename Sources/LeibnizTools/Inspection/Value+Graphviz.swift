import Leibniz

extension Value {
  /// The graph below this value as text in Graphviz' DOT language.
  ///
  /// ```swift
  /// let a = Value(2, label: "a"), b = Value(-3, label: "b")
  /// let e = a * b
  /// e.label = "e"
  /// e.backward()
  /// print(e.graphviz())
  /// // digraph {
  /// //   rankdir=LR
  /// //   n0 [shape=record, label="{ a | data 2.0000 | grad -3.0000 }"]
  /// //   n1 [shape=record, label="{ b | data -3.0000 | grad 2.0000 }"]
  /// //   n2 [shape=record, label="{ e | data -6.0000 | grad 1.0000 }"]
  /// //   n2op [shape=circle, label="*"]
  /// //   n2op -> n2
  /// //   n0 -> n2op
  /// //   n1 -> n2op
  /// // }
  /// ```
  ///
  /// Every value is a box with its label, number and gradient; every operation a circle between the
  /// boxes it reads and the box it makes. A value used twice is drawn once, with two arrows. A plain
  /// number in an expression stands in the circle: `* 2`. Constants have no gradient to show.
  ///
  /// - Complexity: O(nodes + edges).
  ///
  /// Source: the drawings of Karpathy's *The spelled-out intro to neural networks and
  /// backpropagation*, 2022.
  public func graphviz() -> String {
    let lines = GraphListing(self).entries.enumerated().flatMap { $1.graphvizLines(at: $0) }
    return "digraph {\n  rankdir=LR\n" + lines.map { "  \($0)\n" }.joined() + "}\n"
  }
}

extension GraphListing.Entry {
  /// The box of this value, and the circle and the arrows of its operation.
  fileprivate func graphvizLines(at index: Int) -> [String] {
    let box = "n\(index)"
    let fields = recordFields.map(escapedForGraphviz).joined(separator: " | ")
    var lines = ["\(box) [shape=record, label=\"{ \(fields) }\"]"]
    guard let caption else { return lines }
    lines.append("\(box)op [shape=circle, label=\"\(escapedForGraphviz(caption))\"]")
    lines.append("\(box)op -> \(box)")
    return lines + children.map { "n\($0) -> \(box)op" }
  }
}

/// Text as it stands in a quoted record label: the characters that divide records, begin escapes or
/// entities, or end the string, made plain; characters that SVG cannot hold, as spaces.
private func escapedForGraphviz(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", "{", "}", "|", "<", ">", "\"": escaped += "\\\(scalar)"
    case "&": escaped += "&amp;"
    case "\n": escaped += "\\n"
    case _ where scalar.isUnfitForXML: escaped += " "
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
