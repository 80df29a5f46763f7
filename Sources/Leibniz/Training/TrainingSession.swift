/// Many training steps of compiled programs on parameters borrowed from their variables.
///
/// ```swift
/// let optimizer = Adam(model.parameters, learningRate: 0.01)
/// let program = try Program(loss, inputs: placeholders, parameters: model.parameters)
/// let session = TrainingSession(optimizer)
/// for samples in batches {
///   let loss = try session.backward(program, samples)
///   session.step()
/// }
/// session.writeBack()  // the variables hold the result
/// ```
///
/// The parameters stand in one contiguous block, on which programs and optimisers work in plain
/// loops; to collect them from objects at each step would take longer than the arithmetic. The
/// numbers are those of ``Program/backward(_:reduction:threads:)`` and ``Optimizer/step()``.
///
/// Until ``writeBack()`` the variables keep the data they had.
public final class TrainingSession {
  /// What updates the parameters; its variables are those borrowed.
  public let optimizer: any Optimizer
  /// The parameters' numbers, in the order of the optimiser's variables.
  public private(set) var parameters: [Double]
  /// The gradients added up since the last step.
  public var gradients: [Double]

  /// Borrows the optimiser's variables.
  public init(_ optimizer: any Optimizer) {
    self.optimizer = optimizer
    parameters = optimizer.parameters.map { $0.data }
    gradients = optimizer.parameters.map { _ in 0 }
  }

  /// Runs a program forwards and in reverse and adds its gradients to the session's.
  ///
  /// - Returns: The mean loss, or the sum.
  /// - Precondition: The program was compiled with the optimiser's variables as `parameters:`, and
  ///   has no others.
  /// - Throws: ``ProgramError``, as the program itself.
  @discardableResult
  public func backward(
    _ program: Program, _ samples: Samples, reduction: LossReduction = .mean, threads: Int = 1
  ) throws(ProgramError) -> Double {
    checkParameters(of: program)
    return try program.backward(
      samples, parameters: parameters, addingTo: &gradients, reduction: reduction, threads: threads)
  }

  /// Does the same, and gives the derivatives by the inputs, laid out as the samples are.
  ///
  /// For inputs that were looked up among the parameters, as the vectors of an embedding: what comes
  /// back is added to the ``gradients`` of the vectors. `inputGradients` is room for them, of the count
  /// and width of the samples.
  @discardableResult
  public func backward(
    _ program: Program, _ samples: Samples, inputGradients: inout Samples,
    reduction: LossReduction = .mean, threads: Int = 1
  ) throws(ProgramError) -> Double {
    checkParameters(of: program)
    return try program.backward(
      samples, parameters: parameters, addingTo: &gradients, inputGradients: &inputGradients,
      reduction: reduction, threads: threads)
  }

  private func checkParameters(of program: Program) {
    require(
      program.parameters.count == parameters.count,
      "The session has \(parameters.count) parameters and the program \(program.parameters.count): "
        + "compile it with parameters: optimizer.parameters.")
  }

  /// Updates the parameters by the gradients, and sets these to zero.
  public func step() {
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { optimizer.update(parameters, gradients: $0) }
    }
    gradients.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  /// Gives the variables the session's numbers.
  public func writeBack() {
    for (variable, number) in zip(optimizer.parameters, parameters) { variable.data = number }
  }
}
