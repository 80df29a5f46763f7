/// Runs of one sample after another, as the steps of a simulation are.
///
/// What is uniform is computed once, and derivatives with respect to the parameters are totals over all
/// runs: so a step costs its own instructions and nothing else.
struct SuccessiveRuns {
  private let executable: Executable
  private let workspace: Workspace
  private let lanes: OneSample
  private let epilogue: OneSample
  private let values: UnsafeMutablePointer<Double>
  private let inputs: UnsafeMutablePointer<Double>
  private let seeds: Range<Int32>
  private let outputs: [Form.Location]
  private let inputGradients: UnsafeMutablePointer<Double>

  /// - Precondition: there is a number for each parameter.
  init(_ executable: Executable, parameters: [Double]) {
    self.executable = executable
    let form = executable.form
    func part(_ list: [Instruction]) -> OneSample {
      OneSample(list, laneSlotsAt: form.uniformSlots, keepsOrder: executable.keepsOrder)
    }
    (lanes, epilogue) = (part(form.lanes), part(form.epilogue))
    workspace = Workspace(executable)
    for (i, parameter) in parameters.enumerated() { workspace.parameters[i] = parameter }
    values = workspace.uniform + Int(form.uniformSlots)
    inputs = values + Int(form.ports.inputs.lowerBound)
    seeds = form.ports.seeds ?? 0..<0
    outputs = form.ports.outputs
    inputGradients = values + Int(form.ports.inputGradients?.lowerBound ?? 0)
    part(form.prologue).run(on: machine(sample: 0))
    let totals = form.totals
    (workspace.uniform + Int(totals.lowerBound)).update(repeating: 0, count: totals.count)
  }

  @inline(__always)
  private func machine(sample: Int) -> Machine {
    Machine(
      lanes: 1, values: values, uniform: workspace.uniform, totals: workspace.uniform,
      customOperations: .passUnretained(executable.customOperations), firstSample: sample,
      failure: workspace.failure, inspector: nil)
  }

  /// Sets some of the inputs.
  @inline(__always)
  func setInputs(_ numbers: some Collection<Double>, from first: Int) {
    var place = inputs + first
    for number in numbers {
      place.pointee = number
      place += 1
    }
  }

  /// Sets the cotangents of the outputs.
  @inline(__always)
  func setSeeds(_ numbers: [Double]) {
    for (slot, number) in zip(seeds, numbers) { values[Int(slot)] = number }
  }

  @inline(__always)
  func run(sample: Int) { lanes.run(on: machine(sample: sample)) }

  /// The outputs of the last run.
  @inline(__always)
  func getOutputs(_ numbers: inout [Double]) {
    for i in outputs.indices {
      let slot = Int(outputs[i].slot)
      numbers[i] = outputs[i].isUniform ? workspace.uniform[slot] : values[slot]
    }
  }

  /// The derivative by an input in the last run.
  @inline(__always)
  func inputGradient(_ i: Int) -> Double { inputGradients[i] }

  /// The derivatives with respect to the parameters, of all runs together. No run can follow.
  func finish() -> [Double] {
    epilogue.run(on: machine(sample: 0))
    return (executable.form.ports.parameterGradients ?? 0..<0).map {
      workspace.uniform[Int($0)]
    }
  }

  /// The first index into a table that was not one.
  var failure: Machine.Failure { workspace.failure.pointee }
}
