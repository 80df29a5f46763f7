/// A program as the step of a simulation: it makes the next state of the state, of controls that each
/// step has of its own, and of its parameters.
struct CompiledStep: SimulationStep {
  private let graph: CompiledGraph
  private let parameters: [Double]
  /// The controls of all steps, one after the other.
  private let controls: [Double]
  private let controlCount: Int
  /// The derivatives by the controls.
  private(set) var controlGradients: [Double] = []
  private let forwards: SuccessiveRuns
  private var backwards: SuccessiveRuns?

  /// - Precondition: counts fit, see ``requireStep(_:state:controls:)``.
  init(_ graph: CompiledGraph, parameters: [Double], controls: [Double]) {
    self.graph = graph
    self.parameters = parameters
    self.controls = controls
    controlCount = graph.inputCount - graph.outputCount
    forwards = SuccessiveRuns(graph.executable(.values), parameters: parameters)
  }

  private func setInputs(_ runs: SuccessiveRuns, _ state: [Double], _ step: Int) {
    runs.setInputs(state, from: 0)
    if controlCount > 0 {
      let first = step * controlCount
      runs.setInputs(controls[first..<first + controlCount], from: state.count)
    }
  }

  func advance(_ state: inout [Double], step: Int) {
    setInputs(forwards, state, step)
    forwards.run(sample: step)
    forwards.getOutputs(&state)
  }

  mutating func pullBack(_ cotangent: inout [Double], from state: [Double], step: Int) {
    if backwards == nil {
      backwards = SuccessiveRuns(
        graph.executable(parameters.isEmpty ? .inputGradients : .allGradients),
        parameters: parameters)
      controlGradients = Array(repeating: 0, count: controls.count)
    }
    guard let backwards else { return }
    setInputs(backwards, state, step)
    backwards.setSeeds(cotangent)
    backwards.run(sample: step)
    for i in cotangent.indices { cotangent[i] = backwards.inputGradient(i) }
    for i in 0..<controlCount {
      controlGradients[step * controlCount + i] = backwards.inputGradient(state.count + i)
    }
  }

  /// The derivatives with respect to the parameters, after all steps.
  var parameterGradients: [Double] {
    parameters.isEmpty ? [] : backwards?.finish() ?? parameters.map { _ in 0 }
  }

  /// The first index into a table that was not one.
  var failure: Machine.Failure { forwards.failure }
}
