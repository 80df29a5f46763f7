extension Program {
  /// What a program is differentiated with respect to.
  public struct Variables: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// The inputs.
    public static let inputs = Variables(rawValue: 1)
    /// The parameters.
    public static let parameters = Variables(rawValue: 2)
  }

  /// The gradient of the only output as a program, which can be differentiated again.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[0] * x[1]] }
  /// let gradient = try program.gradient(withRespectTo: .inputs)
  /// gradient([3, 5])                                   // [30.0, 9.0]
  /// gradient.jacobian(try gradient.samples([[3, 5]]))  // [[[10.0, 6.0], [6.0, 0.0]]]
  /// ```
  ///
  /// Its inputs and parameters are those of this program, its outputs a derivative for each variable.
  ///
  /// - Parameter variables: `.inputs` or `.parameters`.
  /// - Throws: ``ProgramError/severalOutputs(_:)``.
  /// - Complexity: A run takes a small multiple of a run of this program.
  public func gradient(withRespectTo variables: Variables) throws(ProgramError) -> Program {
    guard graph.outputCount == 1 else { throw .severalOutputs(graph.outputCount) }
    return Program(
      graph.gradient(Adjoint.Variables(rawValue: UInt8(variables.rawValue))),
      parameters: parameters)
  }

  /// H v, where H is the Hessian of the mean loss with respect to the parameters.
  ///
  /// ```swift
  /// let w = Value(3), x = Value(0)
  /// let program = try Program((w * x).power(2), inputs: [x])
  /// program.hessianVectorProduct(try Samples([[1], [2]]), direction: [1])  // [5.0], the mean of 2x²
  /// ```
  ///
  /// - Parameters:
  ///   - samples: the batch.
  ///   - direction: a number for each of ``parameters``.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Precondition: The program has one output, and counts and widths fit.
  /// - Complexity: About three gradients.
  ///
  /// Source: Pearlmutter, *Fast exact multiplication by the Hessian*, 1994.
  public func hessianVectorProduct(
    _ samples: Samples, direction: [Double], threads: Int = 1
  ) -> [Double] {
    requireLength(direction.count, graph.parameterCount, "direction", "parameters")
    return orStop { () throws(ProgramError) in
      try graph.checkReverse(samples)
      let workspace = workspace(.hessianVectorProduct)
      workspace.setParameterDirections(direction)
      let request = Executable.Request(seed: 1 / Double(samples.count))
      _ = try workspace.executable.run(samples, workspace, request, threads: threads)
      return (0..<graph.parameterCount).map { workspace.parameterGradients[$0] }
    }
  }

  /// The derivatives of each output with respect to each input, for each sample: samples × outputs ×
  /// inputs.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[1], x[0] + x[1]] }
  /// program.jacobian(try Samples([[3, 4]]))  // [[[4.0, 3.0], [1.0, 1.0]]]
  /// ```
  ///
  /// - Complexity: One run forwards, then a sweep for each output, or for each input if they are
  ///   fewer.
  public func jacobian(_ samples: Samples, threads: Int = 1) -> [[[Double]]] {
    matrices(samples, .jacobian, columns: graph.inputCount, threads: threads)
  }

  /// The Jacobian matrix of each sample row by row, outputs · inputs numbers, laid out as the samples
  /// are.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[1], x[0] + x[1]] }
  /// program.jacobians(for: try Samples([[3, 4], [5, 6]]))[1]  // [6.0, 5.0, 1.0, 1.0]
  /// ```
  ///
  /// - Complexity: As that of ``jacobian(_:threads:)``, without an array for each row.
  public func jacobians(for samples: Samples, threads: Int = 1) -> Samples {
    outputs(samples, .jacobian, nil, threads)
  }

  /// The second derivatives of the only output with respect to the inputs, for each sample: inputs ×
  /// inputs.
  ///
  /// - Precondition: The program has one output.
  /// - Complexity: A gradient and a sweep for each input.
  public func hessian(_ samples: Samples, threads: Int = 1) -> [[[Double]]] {
    require(
      graph.outputCount == 1,
      "A Hessian needs a program of one output; this one has \(graph.outputCount).")
    return matrices(samples, .hessian, columns: graph.inputCount, threads: threads)
  }

  /// J d for each sample: how the outputs change when the inputs change in a direction.
  ///
  /// - Parameters:
  ///   - samples: where.
  ///   - directions: of the count and width of the samples.
  ///   - threads: how many threads to use at the most.
  public func jacobianVectorProduct(
    _ samples: Samples, directions: Samples, threads: Int = 1
  ) -> [[Double]] {
    requireLength(directions.count, samples.count, "directions", "samples")
    requireLength(directions.width, graph.inputCount, "direction", "inputs")
    return Array(outputs(samples, .inputTangents, directions, threads))
  }

  /// How the outputs change for each sample when the parameters change in a direction.
  ///
  /// - Parameters:
  ///   - samples: where.
  ///   - direction: a number for each of ``parameters``.
  ///   - threads: how many threads to use at the most.
  public func jacobianVectorProduct(
    _ samples: Samples, parameterDirection direction: [Double], threads: Int = 1
  ) -> [[Double]] {
    requireLength(direction.count, graph.parameterCount, "direction", "parameters")
    emptyWorkspace(.parameterTangents).setParameterDirections(direction)
    return Array(outputs(samples, .parameterTangents, nil, threads))
  }

  /// cᵀ J for each sample: the derivatives of Σ cᵢ yᵢ with respect to the inputs.
  ///
  /// - Parameters:
  ///   - samples: where.
  ///   - cotangents: a number for each output of each sample.
  ///   - threads: how many threads to use at the most.
  public func vectorJacobianProduct(
    _ samples: Samples, cotangents: Samples, threads: Int = 1
  ) -> [[Double]] {
    let workspace = seeded(samples, cotangents, .inputGradients)
    var rows = [Double](repeating: 0, count: graph.inputCount * samples.stride)
    orStop { () throws(ProgramError) in
      try graph.check(samples)
      try rows.withUnsafeMutableBufferPointer { rows throws(ProgramError) in
        try cotangents.columns.withUnsafeBufferPointer { seeds throws(ProgramError) in
          let request = Executable.Request(
            seeds: seeds.baseAddress, inputGradients: rows.baseAddress)
          _ = try workspace.executable.run(samples, workspace, request, threads: threads)
        }
      }
    }
    return samples.transposed(rows, rowCount: graph.inputCount)
  }

  /// The derivatives of the sum over the samples of Σ cᵢ yᵢ with respect to the parameters.
  ///
  /// - Parameters:
  ///   - samples: where.
  ///   - cotangents: a number for each output of each sample.
  ///   - threads: how many threads to use at the most.
  public func parameterVectorJacobianProduct(
    _ samples: Samples, cotangents: Samples, threads: Int = 1
  ) -> [Double] {
    let workspace = seeded(samples, cotangents, .parameterGradients)
    orStop { () throws(ProgramError) in
      try graph.check(samples)
      try cotangents.columns.withUnsafeBufferPointer { seeds throws(ProgramError) in
        let request = Executable.Request(seeds: seeds.baseAddress)
        _ = try workspace.executable.run(samples, workspace, request, threads: threads)
      }
    }
    return (0..<graph.parameterCount).map { workspace.parameterGradients[$0] }
  }

  private func seeded(
    _ samples: Samples, _ cotangents: Samples, _ derivation: CompiledGraph.Derivation
  ) -> Workspace {
    requireLength(cotangents.count, samples.count, "cotangents", "samples")
    requireLength(cotangents.width, graph.outputCount, "cotangent", "outputs")
    return workspace(derivation)
  }

  private func outputs(
    _ samples: Samples, _ derivation: CompiledGraph.Derivation, _ directions: Samples?,
    _ threads: Int
  ) -> Samples {
    orStop { () throws(ProgramError) in
      try graph.check(samples)
      let workspace = workspace(derivation)
      guard let directions else {
        return try graph.outputs(of: samples, workspace, threads: threads)
      }
      return try directions.columns.withUnsafeBufferPointer { directions throws(ProgramError) in
        try graph.outputs(
          of: samples, workspace, inputDirections: directions.baseAddress, threads: threads)
      }
    }
  }

  private func matrices(
    _ samples: Samples, _ derivation: CompiledGraph.Derivation, columns: Int, threads: Int
  ) -> [[[Double]]] {
    outputs(samples, derivation, nil, threads).map { row in
      guard columns > 0 else { return row.map { _ in [] } }
      return stride(from: 0, to: row.count, by: columns).map { Array(row[$0..<$0 + columns]) }
    }
  }

  private func requireLength(_ found: Int, _ expected: Int, _ what: String, _ ofWhat: String) {
    require(
      found == expected, "The \(what) has \(found) numbers; there are \(expected) \(ofWhat).")
  }
}

extension Workspace {
  fileprivate func setParameterDirections(_ direction: [Double]) {
    guard let port = executable.form.ports.parameterDirections else { return }
    for (slot, number) in zip(port, direction) { uniform[Int(slot)] = number }
  }
}
