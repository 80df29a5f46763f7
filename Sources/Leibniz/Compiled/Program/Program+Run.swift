import LeibnizKernels

extension Program {
  /// Runs on the variables' data, and adds to their gradients.
  func backward(
    _ samples: Samples, reduction: LossReduction, threads: Int,
    rows: UnsafeMutablePointer<Double>?
  ) throws(ProgramError) -> Double {
    try graph.checkReverse(samples)
    let workspace = workspace(rows == nil ? .parameterGradients : .allGradients)
    let request = Executable.Request(
      seed: reduction.seed(samples.count), inputGradients: rows)
    let loss = try workspace.executable.run(samples, workspace, request, threads: threads)
    addGradients(of: workspace)
    return loss
  }

  /// Runs forwards, and in reverse from the first output, which is a loss; the others are computed
  /// along, for each sample.
  func backwardFromFirst(
    _ samples: Samples, threads: Int
  ) throws(ProgramError) -> (loss: Double, others: Samples) {
    guard samples.count > 0 else { throw .emptyBatch }
    try graph.check(samples)
    let workspace = workspace(.firstWithOthers)
    let result = try graph.lossWithOutputs(
      of: samples, workspace,
      Executable.Request(seed: LossReduction.mean.seed(samples.count)), threads: threads)
    addGradients(of: workspace)
    return (result.loss, result.outputs)
  }

  private func addGradients(of workspace: Workspace) {
    let gradients = workspace.parameterGradients
    for (i, parameter) in parameters.enumerated() { parameter.fields.gradient += gradients[i] }
  }

  /// Runs on parameters and gradients of the caller's, in the order of ``parameters``.
  func backward(
    _ samples: Samples, parameters: [Double], addingTo gradients: inout [Double],
    reduction: LossReduction, threads: Int, rows: UnsafeMutablePointer<Double>? = nil
  ) throws(ProgramError) -> Double {
    try graph.checkReverse(samples)
    require(
      parameters.count == graph.parameterCount && gradients.count == graph.parameterCount,
      "The program has \(counted(graph.parameterCount, "parameter")), but \(parameters.count) were given."
    )
    let workspace = emptyWorkspace(rows == nil ? .parameterGradients : .allGradients)
    parameters.withUnsafeBufferPointer {
      guard let first = $0.baseAddress else { return }
      workspace.parameters.update(from: first, count: $0.count)
    }
    let request = Executable.Request(
      seed: reduction.seed(samples.count), inputGradients: rows)
    let loss = try workspace.executable.run(samples, workspace, request, threads: threads)
    gradients.withUnsafeMutableBufferPointer { gradients in
      guard let first = gradients.baseAddress else { return }
      leibniz_add(first, workspace.parameterGradients, gradients.count)
    }
    return loss
  }

  /// Runs in reverse as the form without `inputGradients`, whose numbers become the derivatives with
  /// respect to the inputs.
  func backward(
    _ samples: Samples, parameters: [Double], addingTo gradients: inout [Double],
    inputGradients: inout Samples, reduction: LossReduction, threads: Int
  ) throws(ProgramError) -> Double {
    try inputGradients.withRows(like: samples) { rows throws(ProgramError) in
      try backward(
        samples, parameters: parameters, addingTo: &gradients, reduction: reduction,
        threads: threads, rows: rows)
    }
  }

}

/// The result of work on numbers that the programmer gave; an error in them is the programmer's.
func orStop<Result>(_ work: () throws(ProgramError) -> Result) -> Result {
  do {
    return try work()
  } catch {
    stop(error.description)
  }
}

extension CompiledGraph {
  func check(_ samples: Samples) throws(ProgramError) {
    guard samples.width == inputCount || samples.count == 0 else {
      throw .wrongSampleWidth(expected: inputCount, found: samples.width, sample: 0)
    }
  }

  func checkReverse(_ samples: Samples) throws(ProgramError) {
    guard outputCount == 1 else { throw .severalOutputs(outputCount) }
    guard samples.count > 0 else { throw .emptyBatch }
    try check(samples)
  }

  /// The outputs for each sample.
  func outputs(
    of samples: Samples, _ workspace: Workspace,
    inputDirections: UnsafePointer<Double>? = nil, threads: Int
  ) throws(ProgramError) -> Samples {
    let request = Executable.Request(inputDirections: inputDirections)
    return try lossWithOutputs(of: samples, workspace, request, threads: threads).outputs
  }

  /// The loss, where the form computes one, and the outputs for each sample.
  fileprivate func lossWithOutputs(
    of samples: Samples, _ workspace: Workspace, _ request: Executable.Request, threads: Int
  ) throws(ProgramError) -> (loss: Double, outputs: Samples) {
    let executable = workspace.executable
    var outputs = Samples(count: samples.count, width: executable.form.ports.outputs.count)
    var request = request
    let loss = try outputs.columns.withUnsafeMutableBufferPointer { rows throws(ProgramError) in
      request.outputs = rows.baseAddress
      return try executable.run(samples, workspace, request, threads: threads)
    }
    return (loss, outputs)
  }

  /// The loss and its derivatives with respect to the parameters, on plain arrays: for any task.
  ///
  /// - Parameters:
  ///   - samples: the batch.
  ///   - parameters: a number for each of ``Program/parameters``, in their order.
  ///   - reduction: `.sum` for sums in place of means.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Throws: ``ProgramError`` if the counts do not fit, or the program has several outputs.
  public func valueWithGradient(
    _ samples: Samples, parameters: [Double], reduction: LossReduction = .mean, threads: Int = 1
  ) throws(ProgramError) -> (value: Double, gradient: [Double]) {
    try checkReverse(samples)
    let workspace = try workspace(.parameterGradients, holding: parameters)
    let request = Executable.Request(seed: reduction.seed(samples.count))
    let loss = try workspace.executable.run(samples, workspace, request, threads: threads)
    return (loss, (0..<parameterCount).map { workspace.parameterGradients[$0] })
  }

  /// The outputs for each sample, on plain arrays: for any task.
  public func callAsFunction(
    _ samples: Samples, parameters: [Double], threads: Int = 1
  ) throws(ProgramError) -> [[Double]] {
    try check(samples)
    let workspace = try workspace(.values, holding: parameters)
    return Array(try outputs(of: samples, workspace, threads: threads))
  }

  private func workspace(
    _ derivation: Derivation, holding parameters: [Double]
  ) throws(ProgramError) -> Workspace {
    guard parameters.count == parameterCount else {
      throw .wrongParameterCount(expected: parameterCount, found: parameters.count)
    }
    let workspace = Workspace(executable(derivation))
    for (i, parameter) in parameters.enumerated() { workspace.parameters[i] = parameter }
    return workspace
  }
}

extension LossReduction {
  /// The gradient that each sample's loss starts from.
  func seed(_ samples: Int) -> Double {
    switch self {
    case .mean: 1 / Double(samples)
    case .sum: 1
    }
  }
}

extension Samples {
  /// Room for numbers that go with the given samples.
  mutating func withRows<Result>(
    like samples: Samples,
    _ body: (UnsafeMutablePointer<Double>?) throws(ProgramError) -> Result
  ) throws(ProgramError) -> Result {
    guard width == samples.width else {
      throw .wrongSampleWidth(expected: samples.width, found: width, sample: 0)
    }
    require(
      count == samples.count,
      "There is room for the gradients of \(count) samples, not \(samples.count).")
    return try columns.withUnsafeMutableBufferPointer { columns throws(ProgramError) in
      try body(columns.baseAddress)
    }
  }

  /// For each sample, its numbers from rows that hold a number for each sample.
  func transposed(_ rows: [Double], rowCount: Int) -> [[Double]] {
    (0..<count).map { sample in (0..<rowCount).map { rows[$0 * stride + sample] } }
  }
}
