/// A graph as a list of instructions: immutable, and free to be run by several tasks at once.
///
/// It computes on plain arrays of parameters, in the order of ``Program/parameters``; a ``Program``
/// binds it to the variables it was recorded from. What its derivatives need is made when it is
/// first asked for, and kept.
public final class CompiledGraph: Sendable {
  /// The number of inputs, the width of a sample.
  public var inputCount: Int { form.ports.inputs.count }
  /// The number of parameters.
  public var parameterCount: Int { form.ports.parameters.count }
  /// The number of outputs.
  public var outputCount: Int { form.ports.outputs.count }

  /// What computes the outputs.
  let form: Form
  let counts: SimplificationCounts
  /// The labels of the graph's operations.
  let labels: [Form.Location: String]
  private let passes: Set<Pass>
  private let keepsOrder: Bool
  private let executables = Derivation.allCases.map { _ in LazyReference<Executable>() }

  /// What is computed of the outputs.
  enum Derivation: Int, CaseIterable {
    case values
    /// The total over the samples of seed · output and its derivatives.
    case parameterGradients, allGradients
    /// The same of the first output alone, by the parameters; and the other outputs.
    case firstWithOthers
    /// Derivatives by the inputs, for each sample.
    case inputGradients
    /// How the parameters' gradients change along a direction of the parameters.
    case hessianVectorProduct
    /// How the outputs change along a direction.
    case inputTangents, parameterTangents
    /// Each output with respect to each input.
    case jacobian
    /// The only output by each two inputs.
    case hessian
  }

  init(_ capture: Capture, sums: Program.OrderOfSums = .fastest, passes: Set<Pass>) {
    self.passes = passes
    keepsOrder = sums == .recorded
    let isFusing = passes.contains(.sumsOfProducts) && !keepsOrder
    let fused =
      isFusing
      ? SumsOfProducts.fuse(capture.terms, outputs: capture.outputs)
      : (terms: capture.terms, outputs: capture.outputs, places: nil)
    var terms = fused.terms
    var live = [Bool](repeating: false, count: terms.count)
    for output in fused.outputs { live[Int(output)] = true }
    for id in (0..<Int32(terms.count)).reversed() where live[Int(id)] && terms[id].count > 0 {
      for i in terms.operandRange(of: id) { live[Int(terms.operands[i])] = true }
    }
    terms.noteDead(live.lazy.filter { !$0 }.count)
    let (inputs, parameters) = (Int32(capture.inputCount), Int32(capture.parameters.count))
    let schedule = InstructionSchedule(
      terms, live: live, laneSlots: inputs, uniformSlots: parameters
    ) {
      Form.Location($0.first, $0.opcode == .input ? .lane : .uniform)
    }
    var form = Form(
      laneSlots: schedule.laneSlots, uniformSlots: schedule.uniformSlots,
      ports: Form.Ports(
        inputs: 0..<inputs, parameters: 0..<parameters,
        outputs: fused.outputs.map(schedule.location)))
    var labels: [Form.Location: String] = [:]
    for (id, label) in capture.labels {
      let place = fused.places?[Int(id)] ?? id
      if place >= 0 { labels[schedule.location(of: place)] = label }
    }
    self.labels = labels
    form.prologue = schedule.uniformInstructions
    form.lanes = schedule.laneInstructions
    form.constants = schedule.constants
    form.customOperations = capture.customOperations
    form.assertInvariants(after: "scheduling")
    if passes.contains(.joinedInstructions) { JoinedInstructions.join(in: &form) }
    self.form = form
    counts = terms.counts
  }

  private init(_ form: Form, like graph: CompiledGraph) {
    self.form = form
    counts = graph.counts
    labels = graph.labels
    passes = graph.passes
    keepsOrder = graph.keepsOrder
  }

  /// The graph of the gradient of the only output, a number for each sample.
  func gradient(_ variables: Adjoint.Variables) -> CompiledGraph {
    CompiledGraph(gradientForm(variables), like: self)
  }

  /// The graph of the derivatives of each output by the first inputs, output by output.
  func jacobian(byFirst count: Int) -> CompiledGraph {
    var form = derived(.jacobian)
    form.ports.outputs = form.ports.outputs.enumerated()
      .filter { $0.offset % inputCount < count }.map { $0.element }
    return CompiledGraph(form, like: self)
  }

  /// The graph with its first output alone.
  var ofFirstOutput: CompiledGraph {
    var form = form
    form.ports.outputs = [form.ports.outputs[0]]
    return CompiledGraph(form, like: self)
  }

  private func gradientForm(_ variables: Adjoint.Variables) -> Form {
    let form = Adjoint.differentiated(
      Expansion.expanded(self.form), by: variables, seeds: .ones)
    return passes.contains(.deadInstructions) ? DeadInstructions.removed(from: form) : form
  }

  /// What runs one of the derivations.
  func executable(_ derivation: Derivation) -> Executable {
    executables[derivation.rawValue].value {
      Executable(derived(derivation).lowered(passes), keepsOrder: keepsOrder)
    }
  }

  /// The form that computes one of the derivations, before it is lowered.
  func derived(_ derivation: Derivation) -> Form {
    if derivation == .values { return form }
    func reverse(_ variables: Adjoint.Variables, withLoss: Bool) -> Form {
      var form = Adjoint.differentiated(
        Expansion.expanded(self.form), by: variables, seeds: .provided, withLoss: withLoss)
      form.ports.outputs = []
      return form
    }
    switch derivation {
    case .values: return form
    case .parameterGradients: return reverse(.parameters, withLoss: true)
    case .allGradients: return reverse([.inputs, .parameters], withLoss: true)
    case .firstWithOthers:
      var form = ofFirstOutput.derived(.parameterGradients)
      form.ports.outputs = Array(self.form.ports.outputs.dropFirst())
      return form
    case .inputGradients: return reverse(.inputs, withLoss: false)
    case .hessianVectorProduct:
      return Tangent.differentiated(
        Expansion.expanded(reverse(.parameters, withLoss: false)), along: .provided(.parameters))
    case .inputTangents:
      return Tangent.differentiated(Expansion.expanded(form), along: .provided(.inputs))
    case .parameterTangents:
      return Tangent.differentiated(Expansion.expanded(form), along: .provided(.parameters))
    case .jacobian:
      // As many sweeps as there are outputs, or inputs.
      return outputCount <= inputCount
        ? Adjoint.differentiated(Expansion.expanded(form), by: .inputs, seeds: .ones)
        : Tangent.differentiated(Expansion.expanded(form), along: .inputs)
    case .hessian:
      return Tangent.differentiated(Expansion.expanded(gradientForm(.inputs)), along: .inputs)
    }
  }
}
