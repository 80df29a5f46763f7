/// A part of the course: a program that prints its numbers and writes one picture, and the solution of
/// the exercise.
struct Chapter: Sendable {
  let title: String
  /// The name of its picture.
  let slug: String
  let program: @Sendable (_ picture: String) async throws -> Void
  let solution: @Sendable () async throws -> Void

  /// All chapters, from x · x to a GPT.
  static let all = [
    Chapter(
      title: "A derivative is a limit", slug: "derivative-by-limit", program: derivativeByLimit,
      solution: derivativeByLimitSolution),
    Chapter(
      title: "Slopes multiply", slug: "chain-rule", program: chainRule, solution: chainRuleSolution),
    Chapter(
      title: "A formula is a graph", slug: "graph", program: graph, solution: graphSolution),
    Chapter(title: "Downhill", slug: "descent", program: descent, solution: descentSolution),
    Chapter(title: "A neuron", slug: "a-neuron", program: aNeuron, solution: aNeuronSolution),
    Chapter(title: "Layers", slug: "layers", program: layers, solution: layersSolution),
    Chapter(
      title: "What to minimise", slug: "what-to-minimise", program: whatToMinimise,
      solution: whatToMinimiseSolution),
    Chapter(title: "Batches", slug: "batches", program: batches, solution: batchesSolution),
    Chapter(
      title: "From momentum to Adam", slug: "momentum-to-adam", program: momentumToAdam,
      solution: momentumToAdamSolution),
    Chapter(
      title: "Deep networks", slug: "deep-networks", program: deepNetworks,
      solution: deepNetworksSolution),
    Chapter(
      title: "Overfitting and its cures", slug: "overfitting", program: overfitting,
      solution: overfittingSolution),
    Chapter(
      title: "Stopping early", slug: "stopping-early", program: stoppingEarly,
      solution: stoppingEarlySolution),
    Chapter(
      title: "Searching settings", slug: "searching-settings", program: searchingSettings,
      solution: searchingSettingsSolution),
    Chapter(
      title: "Checkpoints", slug: "checkpoints", program: checkpoints, solution: checkpointsSolution
    ),
    Chapter(
      title: "What it learnt", slug: "what-it-learnt", program: whatItLearnt,
      solution: whatItLearntSolution),
    Chapter(
      title: "Attention", slug: "attention", program: attention, solution: attentionSolution),
  ]
}
