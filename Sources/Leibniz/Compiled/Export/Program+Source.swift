extension Program {
  /// The program as a source file of its own, for where there is no Swift, or no Leibniz.
  ///
  /// ```swift
  /// let w = Value(3), x = Value(0), t = Value(0)
  /// let program = try Program((w * x - t).power(2), inputs: [x, t])
  /// let file = try program.source(.c, named: "line")
  /// file.contains("line_gradient(")  // true
  /// ```
  ///
  /// A file of C11 has no dependencies. Its functions compute the outputs, and for a program of one
  /// output the mean and its gradient, over so many samples; rows of neurons are loops, and inner loops
  /// are over neighbouring samples, for compilers to make vectors of. A comment at its head says
  /// what stands where. A file of Swift has the same functions, and an array with the parameters' numbers.
  ///
  /// - Parameters:
  ///   - language: `.c` or `.swift`.
  ///   - name: what names of functions begin with, or the Swift type's.
  ///   - precision: of all numbers; `.float` for processors without doubles.
  ///   - gradients: with respect to what.
  ///   - tensors: names for the parameters, for the comment: a model's `tensors`.
  /// - Throws: ``ExportError`` where a custom operation has no formula, or the name is none.
  /// - Complexity: Time and text in proportion to the program's instructions.
  public func source(
    _ language: SourceLanguage, named name: String = "model", precision: ExportPrecision = .double,
    gradients: Variables = .parameters, naming tensors: [NamedTensor] = []
  ) throws(ExportError) -> String {
    guard SourceLanguage.isName(name) else { throw .invalidName(name) }
    var file = SourceFile(
      language: language, precision: precision, name: name, graph: graph,
      parameters: parameters.map { $0.node.number })
    file.layout = tensors.layout(in: parameters)
    let values = try graph.exported(.values).lowered(Set(Pass.allCases))
    var gradient: Form?
    if graph.outputCount == 1 {
      var results: ExportedResults = .meanLoss
      if gradients.contains(.parameters) { results.insert(.parameterGradient) }
      if gradients.contains(.inputs) { results.insert(.inputGradient) }
      gradient = try graph.exported(results).lowered(Set(Pass.allCases))
    }
    return file.text(values: values, gradient: gradient)
  }
}
