/// Many training steps of compiled programs on parameters borrowed from their variables.
///
/// ```swift
/// let x = [Value(0), Value(0)]  // placeholders
/// let loss = Value.sum(model(x)).power(2)
/// let program = try Program(loss, inputs: x, parameters: model.parameters)
/// let batch = try Samples([[0.1, 0.2], [0.3, 0.4]])
/// let optimizer = Adam(model.parameters, learningRate: 0.01)
/// try optimizer.withSession { session in
///   for _ in 0..<100 {
///     let loss = try session.backward(program, batch)
///     session.step()
///   }
/// }  // the variables hold the result
/// ```
///
/// The parameters are stored in one contiguous block, on which programs and optimisers work in plain
/// loops; collecting them from objects at each step would take longer than the arithmetic. The
/// numbers are those of ``Program/backward(_:reduction:threads:)`` and ``Optimizer/step()``.
///
/// ``Optimizer/withSession(_:)`` makes it. Until that returns or ``writeBack()`` is called, the
/// variables keep the data they had.
public final class TrainingSession {
  /// The optimiser that updates the parameters, whose variables are borrowed.
  public let optimizer: any Optimizer
  /// The parameters' numbers, in the order of the optimiser's variables.
  public private(set) var parameters: [Double]
  /// The gradients added up since the last step.
  public var gradients: [Double]
  /// Whether a run whose loss or gradients are not finite is an error that names the first such number:
  /// the sample, and the operation or the label of the node that it comes from.
  ///
  /// A run that is finite takes a look at each gradient longer; one that is not is made again, step by
  /// step, by ``Program/checkNumbers(_:)``.
  public var checksNumbers = false
  private var isOver = false

  /// Borrows the optimiser's variables. The creator of a session must write it back.
  package init(_ optimizer: any Optimizer) {
    self.optimizer = optimizer
    parameters = optimizer.parameters.map { $0.data }
    gradients = optimizer.parameters.map { _ in 0 }
  }

  /// Runs a program forwards and in reverse and adds its gradients to the session's.
  ///
  /// - Returns: The mean loss, or the sum.
  /// - Precondition: The program was compiled with the optimiser's variables as `parameters:`, and
  ///   has no others.
  /// - Throws: ``ProgramError``, as the program itself, and
  ///   ``ProgramError/notFinite(sample:operation:label:number:isGradient:)`` where ``checksNumbers`` is
  ///   set.
  @discardableResult
  public func backward(
    _ program: Program, _ samples: Samples, reduction: LossReduction = .mean, threads: Int = 1
  ) throws(ProgramError) -> Double {
    checkParameters(of: program)
    let loss = try program.backward(
      samples, parameters: parameters, addingTo: &gradients, reduction: reduction, threads: threads)
    try checkNumbers(loss, program, samples)
    return loss
  }

  /// Runs a program forwards and in reverse, adds its gradients to the session's, and gives the
  /// derivatives with respect to the inputs, laid out as the samples are.
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
    let loss = try program.backward(
      samples, parameters: parameters, addingTo: &gradients, inputGradients: &inputGradients,
      reduction: reduction, threads: threads)
    try checkNumbers(loss, program, samples)
    return loss
  }

  private func checkNumbers(
    _ loss: Double, _ program: Program, _ samples: Samples
  ) throws(ProgramError) {
    guard checksNumbers, !(loss.isFinite && gradients.allSatisfy({ $0.isFinite })) else { return }
    try program.graph.checkNumbers(samples, parameters: parameters)
    // Every number of the run is finite, but not all sums over the samples or the runs are.
    throw .notFinite(
      sample: samples.count - 1, operation: "the sum over the samples", label: "",
      number: gradients.first { !$0.isFinite } ?? loss, isGradient: loss.isFinite)
  }

  private func checkParameters(of program: Program) {
    checkItLasts()
    require(
      program.parameters.count == parameters.count,
      "The session has \(parameters.count) parameters and the program \(program.parameters.count): "
        + "compile it with parameters: optimizer.parameters.")
  }

  /// Updates the parameters from the gradients, and sets the gradients to zero.
  public func step() {
    checkItLasts()
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { optimizer.update(parameters, gradients: $0) }
    }
    gradients.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  private func checkItLasts() {
    require(!isOver, "The training session is over: the call of withSession has returned.")
  }

  /// Writes the session's numbers to the variables, to inspect the model in between.
  public func writeBack() {
    for (variable, number) in zip(optimizer.parameters, parameters) { variable.data = number }
  }

  /// Writes the session's numbers to the variables and ends the session.
  fileprivate func finish() {
    writeBack()
    isOver = true
  }
}

extension Optimizer {
  /// Trains on a contiguous copy of the parameters, and writes the result to the variables.
  ///
  /// ```swift
  /// let w = Value(0), x = Value(0)
  /// let program = try Program((w * x - 6).power(2), inputs: [x])
  /// let samples = try Samples([[2]])
  /// try SGD([w], learningRate: 0.1).withSession { session in
  ///   for _ in 0..<100 {
  ///     try session.backward(program, samples)
  ///     session.step()
  ///   }
  /// }
  /// w.data  // 3.0, which makes 2w = 6
  /// ```
  ///
  /// - Parameter body: the training. The session must not be used after it.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws; the variables then hold the result of the steps made so far.
  public func withSession<Result, Failure: Error>(
    _ body: (TrainingSession) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let session = TrainingSession(self)
    defer { session.finish() }
    return try body(session)
  }
}
