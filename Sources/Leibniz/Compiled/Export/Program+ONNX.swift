extension Program {
  /// The bytes of an ONNX model that computes the outputs.
  ///
  /// ```swift
  /// var generator = SeededGenerator(seed: 1)
  /// let model = MLP(inputs: 2, layers: [4, 1], activation: .tanh, using: &generator)
  /// let program = try Program(inputs: 2) { x in model(x) }
  /// let bytes = try program.onnx(precision: .float, naming: model.tensors)
  /// bytes.count > 200  // true
  /// ```
  ///
  /// Its input is `samples`, rows in any number, its output `outputs`. The parameters' numbers are in the
  /// model, as initialisers with the tensors' names. It goes forwards only: for training elsewhere see
  /// ``stableHLO(_:precision:)``. What ONNX lacks is composed: log1p and expm1 by Kahan's formulas, erfc
  /// as 1 − erf, which is right to the last digits of 1.
  ///
  /// - Parameters:
  ///   - name: of the graph.
  ///   - precision: of all numbers. For 64 bits onnxruntime has no tan, inverse and hyperbolic
  ///     functions and no erf; for 32 bits it has them all.
  ///   - tensors: names for the parameters: a model's `tensors`.
  /// - Throws: ``ExportError`` where a custom operation has no formula, or for atan2, which ONNX lacks.
  public func onnx(
    named name: String = "model", precision: ExportPrecision = .float,
    naming tensors: [NamedTensor] = []
  ) throws(ExportError) -> [UInt8] {
    let form = try graph.exported(.values).joined
    var writer = ONNXWriter(
      precision: precision, parameters: parameters.map { $0.node.number }, inputs: graph.inputCount,
      names: tensors.places(in: parameters))
    var program = TensorProgram(form, writer)
    program.store(writer.parameters, at: form.ports.parameters.map(Int.init), .uniform)
    program.store(writer.samples, at: form.ports.inputs.map(Int.init), .lane)
    program.write(form.prologue, amongLanes: false)
    program.write(form.lanes, amongLanes: true)
    let output = program.tensor(form.ports.outputs)
    writer = program.writer
    let rows = writer.broadcast(output, axes: [0], to: output.dims, hasLanes: true)
    if let missing = writer.missingFunction { throw .missingFunction(missing, engine: "ONNX") }
    return writer.model(named: name, output: rows)
  }
}
