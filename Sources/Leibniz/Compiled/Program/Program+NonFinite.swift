extension Program {
  /// Runs the program, step by step, and tells the first value or derivative that is not finite.
  ///
  /// ```swift
  /// let program = try Program(inputs: 1) { x in [Value.maximum([x[0], .constant(0)]).sqrt()] }
  /// try program.checkNumbers(program.samples([[4], [-1]]))
  /// // throws: In sample 1 the derivative that sqrt hands on is not finite: inf.
  /// ```
  ///
  /// First in the order of the computation: what comes later may be its consequence. A program of
  /// several outputs has its values looked at alone.
  ///
  /// - Throws: ``ProgramError/notFinite(sample:operation:label:number:isGradient:)``, and what a run
  ///   throws.
  /// - Complexity: A few runs on one thread, and the time to compile the derivatives.
  public func checkNumbers(_ samples: Samples) throws(ProgramError) {
    try graph.checkNumbers(samples, parameters: parameters.map { $0.fields.number })
  }
}

extension CompiledGraph {
  /// The same, on plain arrays.
  public func checkNumbers(_ samples: Samples, parameters: [Double]) throws(ProgramError) {
    try check(samples)
    guard parameters.count == parameterCount else {
      throw .wrongParameterCount(expected: parameterCount, found: parameters.count)
    }
    let primal = Expansion.expanded(form)
    // Without passes, a slot holds the number of one node.
    let inspected = derived(outputCount == 1 ? .allGradients : .values)
    let executable = Executable(inspected.lowered([]), keepsOrder: false)
    let workspace = Workspace(executable)
    for (i, parameter) in parameters.enumerated() { workspace.parameters[i] = parameter }
    let inspector = Inspector(valueSlots: primal.laneSlots, samples: samples.count)
    var request = Executable.Request(seed: 1)
    request.inspector = .passUnretained(inspector)
    try withExtendedLifetime(inspector) { () throws(ProgramError) in
      _ = try executable.run(samples, workspace, request, threads: 1)
    }
    guard let finding = inspector.finding else { return }
    let slot = finding.isGradient ? finding.instruction.origin : finding.slot
    let isUniform = finding.instruction.isUniform && !finding.isGradient
    let space: Instruction.Space = isUniform ? .uniform : .lane
    let source =
      finding.isGradient
      ? (primal.lanes + primal.prologue).first {
        $0.origin == slot || $0.result.extent($0.countsOfResult).contains(slot)
      } : finding.instruction
    throw .notFinite(
      sample: finding.sample, operation: "\(source?.opcode ?? finding.instruction.opcode)",
      label: labels[Form.Location(slot, space)] ?? "", number: finding.number,
      isGradient: finding.isGradient)
  }
}
