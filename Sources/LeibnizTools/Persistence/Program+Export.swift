import Leibniz

extension Program {
  /// Writes the program in the form that the file's ending says.
  ///
  /// ```swift
  /// let cube = try Program(inputs: 1) { x in [x[0].power(3)] }
  /// try cube.export(to: "cube.c")
  /// ```
  ///
  /// | ending | what it holds |
  /// |---|---|
  /// | `.mlir` | StableHLO for XLA: the mean output and its gradient with respect to the parameters, or the outputs of a program of several |
  /// | `.c`, `.swift` | source that stands alone: the outputs, and the gradient |
  /// | `.onnx` | the outputs, for inference elsewhere, in 32 bits |
  ///
  /// - Parameters:
  ///   - path: the file to write.
  ///   - results: what a `.mlir` is to compute, if something else.
  ///   - tensors: names for the parameters: a model's `tensors`.
  /// - Throws: `ExportError`; ``FileError`` where the file cannot be written.
  public func export(
    to path: String, results: ExportedResults? = nil, naming tensors: [NamedTensor] = []
  ) throws {
    let (stem, ending) = stemAndEnding(of: path)
    let letters = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    let name = letters.first?.isNumber ?? true ? "_" + String(letters) : String(letters)
    let bytes: [UInt8]
    switch ending {
    case "mlir":
      let usual: ExportedResults =
        graph.outputCount == 1 ? [.meanLoss, .parameterGradient] : .values
      bytes = Array(try stableHLO(results ?? usual).utf8)
    case "c": bytes = Array(try source(.c, named: name, naming: tensors).utf8)
    case "swift": bytes = Array(try source(.swift, named: name, naming: tensors).utf8)
    case "onnx": bytes = try onnx(named: name, naming: tensors)
    default: throw ExportError.unknownEnding(path: path)
    }
    try bytes.writeWhole(to: path)
  }
}

extension ExportError {
  /// Refuses a path whose ending says no form, before the work whose result it is to hold.
  public static func checkEnding(of path: String) throws(ExportError) {
    guard ["mlir", "c", "swift", "onnx"].contains(stemAndEnding(of: path).ending) else {
      throw .unknownEnding(path: path)
    }
  }
}

extension Module {
  /// Writes the model's outputs as a program, in the form that the file's ending says.
  ///
  /// ```swift
  /// try model.export(to: "model.onnx", inputs: 2)
  /// ```
  ///
  /// - Throws: As `Program.export`.
  public func export(to path: String, inputs: Int) throws {
    let x = (0..<inputs).map { _ in Value(0) }
    let program = try Program(
      outputs: outputs(for: x), inputs: x, parameters: parameters)
    try program.export(to: path, results: .values, naming: tensors)
  }
}
