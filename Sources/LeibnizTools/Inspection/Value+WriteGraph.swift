import Leibniz

/// Why a graph could not be drawn.
public enum GraphDrawingError: Error, Equatable, CustomStringConvertible {
  /// The graph has more nodes than the limit.
  case tooLarge(nodes: Int, limit: Int)
  /// The extension of the file name is not `.dot`, `.svg`, `.png` or `.pdf`.
  case unknownFormat(path: String)
  /// Graphviz' program `dot` is not installed.
  case graphvizMissing
  /// Graphviz failed, with this message.
  case graphvizFailed(message: String)
  /// The file could not be written.
  case file(FileError)

  /// What went wrong and what to do.
  public var description: String {
    switch self {
    case .tooLarge(let nodes, let limit):
      "The graph has \(nodes) nodes, more than the limit of \(limit). "
        + "Draw a smaller one, or pass a larger `limit:` to writeGraph and wait for Graphviz."
    case .unknownFormat(let path):
      "\(path): the file's name should end in .dot, .svg, .png or .pdf."
    case .graphvizMissing:
      "Graphviz' program `dot` was not found on the PATH. Install Graphviz "
        + "(`apt install graphviz`, `brew install graphviz`, `winget install graphviz`), "
        + "or write a .dot file."
    case .graphvizFailed(let message): "Graphviz failed: \(message)"
    case .file(let error): error.description
    }
  }
}

extension Value {
  /// Draws the graph below this value into a file.
  ///
  /// ```swift
  /// let x = Value(3, label: "x")
  /// try (x * x).writeGraph(to: "square.svg")
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file. Its ending says what to write: `.dot` is the text of ``graphviz()``;
  ///     `.svg` the picture of ``svg()``. `.png` and `.pdf`, and `.svg` of more than 500 nodes, are
  ///     made by Graphviz' program `dot`.
  ///   - limit: the most nodes to draw. Graphviz takes minutes for thousands.
  /// - Throws: ``GraphDrawingError``; then no file is written.
  public func writeGraph(to path: String, limit: Int = 500) throws(GraphDrawingError) {
    let format = stemAndEnding(of: path).ending.lowercased()
    guard ["dot", "svg", "png", "pdf"].contains(format) else { throw .unknownFormat(path: path) }
    let nodes = GraphListing(self).entries.count
    guard nodes <= limit else { throw .tooLarge(nodes: nodes, limit: limit) }
    let picture: [UInt8]
    switch format {
    case "dot": picture = Array(graphviz().utf8)
    case "svg" where nodes <= 500: picture = Array(svg().utf8)
    default: picture = try rendered(Array(graphviz().utf8), as: format)
    }
    do {
      try picture.writeWhole(to: path)
    } catch {
      throw .file(error)
    }
  }
}

/// DOT text as a picture.
private func rendered(_ text: [UInt8], as format: String) throws(GraphDrawingError) -> [UInt8] {
  do {
    return try ExternalProgram(name: "dot", arguments: ["-T\(format)"]).run(on: text)
  } catch ExternalProgram.Failure.missing {
    throw .graphvizMissing
  } catch ExternalProgram.Failure.failed(let message) {
    throw .graphvizFailed(message: message)
  } catch {
    throw .graphvizFailed(message: "\(error)")
  }
}
