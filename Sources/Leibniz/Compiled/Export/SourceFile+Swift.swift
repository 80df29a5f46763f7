extension SourceFile {
  func swift(_ values: Form, _ gradient: Form?) -> String {
    let type = name.prefix(1).uppercased() + name.dropFirst()
    var body = method(values, isGradient: false)
    if let gradient { body += "\n" + method(gradient, isGradient: true) }
    if body.holds("entry(") {
      body += """

          /// An index as a whole number below the count, or the count where it is none.
          private static func entry(_ index: Real, _ count: Int) -> Int {
            guard let entry = Int(exactly: index), entry >= 0, entry < count else { return count }
            return entry
          }

        """
    }
    return """
      // \(name): a program that Leibniz wrote. Nothing but this file is needed.
      //
      \(description.map { "//   \($0)" }.joined(separator: "\n"))

      #if canImport(Darwin)
        import Darwin
      #elseif canImport(Glibc)
        import Glibc
      #elseif canImport(Musl)
        import Musl
      #elseif canImport(ucrt)
        import ucrt
      #endif

      public enum \(type) {
        public typealias Real = \(real)

        /// The parameters' numbers.
        public static let parameters: [Real] = [
      \(numbers("    "))
        ]

      \(body)}

      """
  }

  private func method(_ form: Form, isGradient: Bool) -> String {
    let loops = loops(form, indent: 2)
    let (inputs, ports) = (graph.inputCount, form.ports)
    var results = isGradient ? ["mean: Real"] : ["outputs: [Real]"]
    if ports.parameterGradients != nil { results.append("gradient: [Real]") }
    if ports.inputGradients != nil { results.append("inputGradients: [Real]") }
    let result =
      results.count == 1
      ? String(results[0].drop { $0 != " " }.dropFirst()) : "(\(results.joined(separator: ", ")))"
    let head =
      isGradient
      ? "  /// The mean of the output over the samples, and its derivatives.\n"
      : "  /// The outputs for samples that stand one after the other.\n"
    let signature =
      "  public static func \(isGradient ? "gradient" : "values")(\n"
      + "    parameters: [Real] = parameters, samples: [Real]\n  ) -> \(result) {\n"
    var text = ""
    func add(_ line: String) { text += "    \(line)\n" }
    let n = inputs == 0 ? "1" : "samples.count / \(inputs)"
    let first = ports.parameters.lowerBound
    if graph.parameterCount > 0 {
      add("for i in 0..<\(graph.parameterCount) { u[\(first) + i] = parameters[i] }")
      if loops.readsParameters {
        add("let p = parameters")
      }
    }
    for constant in loops.listedConstants {
      let constant = form.constants[constant]
      add("u[\(constant.slot)] = \(language.literal(constant.number, precision))")
    }
    if !isGradient { add("var outputs: [Real] = []") }
    if ports.inputGradients != nil { add("var inputGradients: [Real] = []") }
    text += loops.prologue.text
    add("for sample in 0..<n {")
    if inputs > 0 {
      add(
        "  for i in 0..<\(inputs) { s[\(ports.inputs.lowerBound) + i] = samples[\(inputs) * sample + i] }"
      )
    }
    for seed in ports.seeds ?? 0..<0 { add("  s[\(seed)] = 1 / Real(n)") }
    text += loops.lanes.text
    if !isGradient {
      let outputs = ports.outputs.map { "\($0.isUniform ? "u" : "s")[\($0.slot)]" }
      add("  outputs += [\(outputs.joined(separator: ", "))]")
    }
    if let port = ports.inputGradients {
      add("  inputGradients += s[\(port.lowerBound)..<\(port.upperBound)]")
    }
    add("}")
    text += loops.epilogue.text
    var returned = isGradient ? ["u[\(ports.loss!)]"] : ["outputs"]
    if let port = ports.parameterGradients {
      returned.append("Array(u[\(port.lowerBound)..<\(port.upperBound)])")
    }
    if ports.inputGradients != nil { returned.append("inputGradients") }
    add("return " + (returned.count == 1 ? returned[0] : "(\(returned.joined(separator: ", ")))"))
    var memory = "    let n = \(n)\n"
    for (name, count) in [("s", form.laneSlots), ("u", form.uniformSlots)]
    where text.holds("\(name)[") {
      memory += "    var \(name) = [Real](repeating: 0, count: \(count))\n"
    }
    return head + signature + memory + text + "  }\n"
  }
}
