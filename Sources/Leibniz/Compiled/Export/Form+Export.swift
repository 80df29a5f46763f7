/// What functions of an exported program compute.
public struct ExportedResults: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  /// The outputs for each sample.
  public static let values = ExportedResults(rawValue: 1)
  /// The mean over the samples of the only output.
  public static let meanLoss = ExportedResults(rawValue: 2)
  /// The gradient of the mean loss with respect to the parameters.
  public static let parameterGradient = ExportedResults(rawValue: 4)
  /// The gradient of the mean loss with respect to the inputs, for each sample.
  public static let inputGradient = ExportedResults(rawValue: 8)

  static let gradients: ExportedResults = [.parameterGradient, .inputGradient]
}

extension CompiledGraph {
  /// The form that computes some results, before it is lowered.
  func exported(_ results: ExportedResults) throws(ExportError) -> Form {
    var form = form
    if results != .values {
      guard outputCount == 1 else { throw .severalOutputs(outputCount) }
      form = derived(results.contains(.inputGradient) ? .allGradients : .parameterGradients)
      if results.contains(.values) { form.ports.outputs = self.form.ports.outputs }
      if !results.contains(.meanLoss) { form.ports.loss = nil }
      if !results.contains(.parameterGradient) { form.ports.parameterGradients = nil }
    }
    var isUsed = [Bool](repeating: false, count: form.customOperations.count)
    var hasSlopes = false
    for step in form.prologue + form.lanes + form.epilogue {
      if case .custom(let number) = step.opcode { isUsed[Int(number)] = true }
      if case .customSlopes(let number) = step.opcode {
        isUsed[Int(number)] = true
        hasSlopes = true
      }
    }
    for (operation, isUsed) in zip(form.customOperations, isUsed)
    where isUsed && operation.formula == nil {
      throw .customOperation(operation.name)
    }
    return hasSlopes ? Expansion.expanded(form) : form
  }
}
