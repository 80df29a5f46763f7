/// A graph compiled into instructions, bound to the variables it was recorded from.
///
/// ```swift
/// let w = Value(3), x = Value(0), t = Value(0)  // x and t are placeholders
/// let program = try Program((w * x - t).power(2), inputs: [x, t])
/// program([2, 5])                               // [1.0]
/// program.backward([[2, 5], [1, 2]])            // 1.0, the mean loss
/// w.grad                                        // 3.0
/// ```
///
/// The variables that are not inputs are parameters: their data is read at each run, and
/// ``backward(_:)`` adds to their gradients. What a formula decided on ``Value/data`` while it was
/// recorded stays decided; ``check(samples:tolerance:recording:)`` finds such places, and
/// ``otherBranches(_:threads:)`` the samples for which comparisons of values come out otherwise.
///
/// - Complexity: Compiling takes time in proportion to the graph, and to k log k for k operations of a
///   kind that were recorded out of order. A run takes no memory but its workspace, which is kept:
///   16 bytes for each slot and lane, and for each uniform slot 8 and 8 more for each group of blocks,
///   of which there are 16 at the most.
public final class Program {
  /// The instructions, which any task may run on plain arrays of parameters.
  public let graph: CompiledGraph
  /// The variables that are not inputs: those named at the start, then others in the order in which
  /// the graph uses them.
  public let parameters: [Value]
  private var workspaces: [Workspace?] = CompiledGraph.Derivation.allCases.map { _ in nil }
  /// The code that was recorded, where it was given as a closure.
  private(set) var recording: ((_ inputs: [Value]) -> [Value])?

  /// The comparisons that the closure made.
  private(set) var guards: Guards?

  /// In which order a program adds up.
  public enum OrderOfSums: Sendable {
    /// Sums of products become dot products, and those of one sample are added up eight at a time:
    /// results may differ from eager mode in the last places, and in the sign of a zero.
    case fastest
    /// As the formula was recorded, term by term.
    case recorded
  }

  /// Compiles a graph of one output; see ``Program/init(outputs:inputs:parameters:sums:)``.
  public convenience init(
    _ output: Value, inputs: [Value], parameters: [Value] = []
  ) throws(ProgramError) {
    try self.init(outputs: [output], inputs: inputs, parameters: parameters)
  }

  /// Compiles the graph of the outputs as a function of the inputs.
  ///
  /// - Parameters:
  ///   - outputs: what to compute.
  ///   - inputs: variables whose numbers change from sample to sample.
  ///   - parameters: variables to come first in ``parameters``, in this order and even if the graph
  ///     does not use them: so several programs can share one ``TrainingSession``.
  ///   - sums: whether sums may be added up in another order than recorded.
  /// - Throws: ``ProgramError`` if there is no output, an output depends on nothing, or an input is
  ///   not a variable or comes twice.
  public convenience init(
    outputs: [Value], inputs: [Value], parameters: [Value] = [], sums: OrderOfSums = .fastest
  ) throws(ProgramError) {
    try self.init(
      outputs: outputs, inputs: inputs, parameters: parameters, sums: sums,
      passes: Set(Pass.allCases))
  }

  /// - Parameter passes: which passes are made.
  init(
    outputs: [Value], inputs: [Value], parameters: [Value] = [], sums: OrderOfSums = .fastest,
    passes: Set<Pass>
  ) throws(ProgramError) {
    let capture = try Capture(outputs: outputs, inputs: inputs, parameters: parameters)
    graph = CompiledGraph(capture, sums: sums, passes: passes)
    self.parameters = capture.parameters
  }

  init(_ graph: CompiledGraph, parameters: [Value]) {
    self.graph = graph
    self.parameters = parameters
  }

  /// Compiles what a closure makes of so many placeholders.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[1]] }
  /// program([3, 4])  // [12.0]
  /// ```
  public convenience init(
    inputs count: Int, parameters: [Value] = [], sums: OrderOfSums = .fastest,
    of formula: @escaping (_ inputs: [Value]) -> [Value]
  ) throws(ProgramError) {
    require(count >= 0, "A program cannot have \(count) inputs.")
    let inputs = (0..<count).map { _ in Value(0) }
    let (outputs, comparisons) = ComparisonRecorder.recording { formula(inputs) }
    try self.init(outputs: outputs, inputs: inputs, parameters: parameters, sums: sums)
    recording = formula
    guards = try Guards(comparisons, inputs: inputs, parameters: self.parameters)
  }

  /// The outputs for one sample.
  ///
  /// - Precondition: The sample has a number for each input.
  public func callAsFunction(_ sample: [Double]) -> [Double] { self([sample])[0] }

  /// The outputs for each sample of a batch.
  ///
  /// - Precondition: Each sample has a number for each input.
  public func callAsFunction(_ batch: [[Double]], threads: Int = 1) -> [[Double]] {
    orStop { () throws(ProgramError) in try self(samples(batch), threads: threads) }
  }

  /// The outputs for each sample.
  ///
  /// - Parameters:
  ///   - samples: a number for each input, sample by sample.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  public func callAsFunction(
    _ samples: Samples, threads: Int = 1
  ) throws(ProgramError) -> [[Double]] {
    Array(try outputs(for: samples, threads: threads))
  }

  /// The outputs for each sample, laid out as the samples are: without an array for each.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[1], x[0] + x[1]] }
  /// let outputs = try program.outputs(for: Samples([[3, 4], [5, 6]]))
  /// outputs[1]          // [30.0, 11.0]
  /// outputs[input: 0]   // [12.0, 30.0], the first output of all samples
  /// outputs.numbers     // [12.0, 7.0, 30.0, 11.0]
  /// ```
  ///
  /// - Parameters:
  ///   - samples: a number for each input, sample by sample.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  public func outputs(for samples: Samples, threads: Int = 1) throws(ProgramError) -> Samples {
    try graph.check(samples)
    return try graph.outputs(of: samples, workspace(.values), threads: threads)
  }

  /// Runs forwards and in reverse over a batch, and adds the mean gradients to the parameters'.
  ///
  /// - Returns: The mean loss.
  /// - Precondition: The program has one output, the batch is not empty, and each sample has a number
  ///   for each input. Where that depends on data, use
  ///   ``backward(_:reduction:threads:)``, which throws.
  @discardableResult
  public func backward(_ batch: [[Double]]) -> Double {
    orStop { () throws(ProgramError) in try backward(samples(batch)) }
  }

  /// Runs forwards and in reverse over samples, and adds the mean gradients to the parameters'.
  ///
  /// - Parameters:
  ///   - samples: the batch.
  ///   - reduction: `.sum` for sums in place of means.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Returns: The mean loss.
  /// - Throws: ``ProgramError`` if the program has several outputs, there is no sample, or the samples
  ///   are of another width.
  @discardableResult
  public func backward(
    _ samples: Samples, reduction: LossReduction = .mean, threads: Int = 1
  ) throws(ProgramError) -> Double {
    try backward(samples, reduction: reduction, threads: threads, rows: nil)
  }

  /// Runs forwards and in reverse, and gives the derivatives with respect to the inputs too, laid out as
  /// the samples are.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[1]] }
  /// let samples = try program.samples([[3, 4]])
  /// var gradients = samples
  /// try program.backward(samples, inputGradients: &gradients)
  /// gradients[0]  // [4.0, 3.0]
  /// ```
  ///
  /// - Precondition: `inputGradients` is of the count of the samples.
  /// - Throws: ``ProgramError``, also if `inputGradients` is of another width.
  @discardableResult
  public func backward(
    _ samples: Samples, inputGradients: inout Samples, reduction: LossReduction = .mean,
    threads: Int = 1
  ) throws(ProgramError) -> Double {
    try inputGradients.withRows(like: samples) { rows throws(ProgramError) in
      try backward(samples, reduction: reduction, threads: threads, rows: rows)
    }
  }

  /// The derivatives of the loss with respect to the inputs, for each sample. The gradients of the
  /// parameters do not change.
  ///
  /// - Parameters:
  ///   - samples: the batch.
  ///   - reduction: of what loss: the sum over the samples, or their mean.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Throws: ``ProgramError``, as ``backward(_:reduction:threads:)``.
  public func inputGradients(
    _ samples: Samples, reduction: LossReduction = .sum, threads: Int = 1
  ) throws(ProgramError) -> [[Double]] {
    try graph.checkReverse(samples)
    var rows = [Double](repeating: 0, count: graph.inputCount * samples.stride)
    let workspace = workspace(.inputGradients)
    try rows.withUnsafeMutableBufferPointer { rows throws(ProgramError) in
      let request = Executable.Request(
        seed: reduction.seed(samples.count), inputGradients: rows.baseAddress)
      _ = try workspace.executable.run(samples, workspace, request, threads: threads)
    }
    return samples.transposed(rows, rowCount: graph.inputCount)
  }

  /// The memory of runs of one kind, which holds the parameters' data: they may have changed since
  /// the last run.
  func workspace(_ derivation: CompiledGraph.Derivation) -> Workspace {
    let workspace = emptyWorkspace(derivation)
    let numbers = workspace.parameters
    for (i, parameter) in parameters.enumerated() { numbers[i] = parameter.fields.number }
    return workspace
  }

  /// The memory of runs of one kind, with the parameters of the last one.
  func emptyWorkspace(_ derivation: CompiledGraph.Derivation) -> Workspace {
    if let known = workspaces[derivation.rawValue] { return known }
    let workspace = Workspace(graph.executable(derivation))
    workspaces[derivation.rawValue] = workspace
    return workspace
  }

  /// A batch as samples for this program.
  ///
  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  public func samples(_ batch: [[Double]]) throws(ProgramError) -> Samples {
    try Samples(batch, width: graph.inputCount)
  }
}
