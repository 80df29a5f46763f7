extension Program {
  /// The program as text of StableHLO, which XLA compiles for processors, GPUs and TPUs.
  ///
  /// ```swift
  /// let w = Value(3), x = Value(0), t = Value(0)
  /// let program = try Program((w * x - t).power(2), inputs: [x, t])
  /// let module = try program.stableHLO()
  /// module.contains("@main(%parameters: tensor<1xf64>, %samples: tensor<?x2xf64>)")  // true
  /// ```
  ///
  /// The function is `@main(parameters, samples)`; its results are what is asked for, in the order of
  /// ``ExportedResults``: by default the mean loss and its gradient with respect to the parameters, in
  /// their order. Samples are rows; `?` stands for their number, which the loader puts in:
  /// `Examples/cluster/leibniz_jax.py` does.
  ///
  /// Layers are products of matrices. A program of over 2,000 operations that do not join is
  /// written as a table that a loop on the device walks, and a comment at the head says so: XLA
  /// compiles that in a second, where it would take minutes for the operations.
  ///
  /// - Throws: ``ExportError``: where a custom operation has no formula, or a gradient is asked for of
  ///   several outputs.
  /// - Complexity: Time and text in proportion to the program's instructions.
  public func stableHLO(
    _ results: ExportedResults = [.meanLoss, .parameterGradient],
    precision: ExportPrecision = .double
  ) throws(ExportError) -> String {
    try stableHLO(results, precision: precision, unjoinedLimit: 2000)
  }

  /// - Parameter unjoinedLimit: how many operations that do not join are written one by one.
  package func stableHLO(
    _ results: ExportedResults, precision: ExportPrecision = .double, unjoinedLimit: Int
  ) throws(ExportError) -> String {
    let form = try graph.exported(results)
    let joined = form.joined
    let single = (joined.prologue + joined.lanes + joined.epilogue).lazy.filter {
      $0.counts == .ones
    }.count
    if single > unjoinedLimit {
      let lowered = form.lowered(Set(Pass.allCases))
      return StableHLOTable(lowered, results, precision, graph, single: single).text
    }
    return StableHLOModule(joined, results, precision, graph).text
  }
}

extension Form {
  /// Without what nobody asks for, and with neighbours joined.
  var joined: Form {
    var form = EqualInstructions.merged(in: DeadInstructions.removed(from: self))
    JoinedInstructions.join(in: &form)
    return form
  }
}

/// A module of StableHLO with the function `@main`.
struct StableHLOModule {
  private(set) var text: String

  init(
    _ form: Form, _ results: ExportedResults, _ precision: ExportPrecision, _ graph: CompiledGraph
  ) {
    var writer = StableHLOWriter(
      precision: precision, parameters: graph.parameterCount, inputs: graph.inputCount)
    let (parameters, samples) = (writer.parameters, writer.samples)
    var program = TensorProgram(form, writer)
    let ports = form.ports
    program.store(parameters, at: ports.parameters.map(Int.init), .uniform)
    program.store(samples, at: ports.inputs.map(Int.init), .lane)
    if let seeds = ports.seeds {
      let one = program.writer.number(1)
      let seed = program.writer.apply(.divide, [one, program.writer.sampleCount()])
      for slot in seeds { program.store(seed, at: [Int(slot)], .lane) }
    }
    program.write(form.prologue, amongLanes: false)
    program.write(form.lanes, amongLanes: true)
    program.write(form.epilogue, amongLanes: false)
    var outputs: [Tensor] = []
    func add(_ locations: [Form.Location], hasLanes: Bool) {
      let x = program.tensor(locations)
      outputs.append(
        program.writer.broadcast(x, axes: [0], to: x.dims, hasLanes: hasLanes || x.hasLanes))
    }
    if results.contains(.values) { add(ports.outputs, hasLanes: true) }
    if let loss = ports.loss {
      let x = program.tensor([Form.Location(loss, .uniform)])
      outputs.append(program.writer.reshape(x, to: []))
    }
    if let port = ports.parameterGradients {
      add(port.map { Form.Location($0, .uniform) }, hasLanes: false)
    }
    if let port = ports.inputGradients {
      add(port.map { Form.Location($0, .lane) }, hasLanes: true)
    }
    writer = program.writer
    let types = outputs.map { writer.type($0) }.joined(separator: ", ")
    text = """
      // A program that Leibniz wrote. The number of samples stands as a question mark.
      module @leibniz {
        func.func public @main(%parameters: \(writer.type(parameters)), %samples: \(writer.type(samples))) -> (\(types)) {
      \(writer.text(of: outputs))    return \(outputs.map(writer.name).joined(separator: ", ")) : \(types)
        }
      }

      """
  }
}
