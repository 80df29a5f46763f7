/// A file of C or Swift around the loops of a program.
struct SourceFile {
  let language: SourceLanguage
  let precision: ExportPrecision
  let name: String
  let graph: CompiledGraph
  let parameters: [Double]
  /// Where the parameters' tensors stand.
  var layout: [String] = []

  var capitals: String { name.uppercased() }
  var real: String {
    switch (language, precision) {
    case (.c, _): "\(precision)"
    case (.swift, .double): "Double"
    case (.swift, .float): "Float"
    }
  }

  func text(values: Form, gradient: Form?) -> String {
    switch language {
    case .c: c(values, gradient)
    case .swift: swift(values, gradient)
    }
  }

  /// The loops of a form.
  struct Loops {
    var prologue, lanes, epilogue: SourceWriter

    var readsParameters: Bool {
      prologue.readsParameters || lanes.readsParameters || epilogue.readsParameters
    }
    var listedConstants: [Int] {
      Set(prologue.listedConstants + lanes.listedConstants + epilogue.listedConstants).sorted()
    }
  }

  func loops(_ form: Form, indent: Int) -> Loops {
    func written(_ list: [Instruction], _ indent: Int, inLanes: Bool) -> SourceWriter {
      var writer = SourceWriter(form, language, precision, width: "\(capitals)_LANES")
      writer.indent = indent
      writer.write(list, inLanes: inLanes)
      return writer
    }
    return Loops(
      prologue: written(form.prologue, indent, inLanes: false),
      lanes: written(form.lanes, indent + 1, inLanes: true),
      epilogue: written(form.epilogue, indent, inLanes: false))
  }

  /// What stands where, in lines of a comment.
  var description: [String] {
    var lines = [
      "samples: n rows of \(counted(graph.inputCount, "number")), one row after the other",
      "parameters: \(counted(graph.parameterCount, "number"))",
    ]
    lines += layout.map { "  \(Self.harmless($0))" }
    lines.append("outputs: n rows of \(counted(graph.outputCount, "number"))")
    return lines
  }

  /// The numbers of the parameters, some to a line.
  func numbers(_ indent: String) -> String {
    var text = ""
    for (i, number) in parameters.enumerated() {
      text += i % 4 == 0 ? (i == 0 ? "" : ",\n") + indent : ", "
      text += language.literal(number, precision)
    }
    return text
  }

  /// A text that ends no comment.
  private static func harmless(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "/" && result.unicodeScalars.last == "*" { result += " " }
      result.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
    }
    return result
  }
}

extension String {
  /// Whether a text is part of this one. By bytes: Embedded Swift has no such search.
  func holds(_ part: String) -> Bool {
    let (bytes, part) = (Array(utf8), Array(part.utf8))
    guard bytes.count >= part.count else { return false }
    return (0...bytes.count - part.count).contains { start in
      part.indices.allSatisfy { bytes[start + $0] == part[$0] }
    }
  }
}
