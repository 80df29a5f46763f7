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
    var hasSlopes = false
    for step in form.prologue + form.lanes + form.epilogue {
      switch step.opcode {
      case .custom(let number), .customSlopes(let number), .customCall(let number),
        .customPullback(let number):
        let operation = form.customOperations[Int(number)].operation
        guard operation.formula != nil else { throw .customOperation(operation.name) }
        if case .customSlopes = step.opcode { hasSlopes = true }
      default: break
      }
    }
    return hasSlopes ? Expansion.expanded(form) : form
  }
}
