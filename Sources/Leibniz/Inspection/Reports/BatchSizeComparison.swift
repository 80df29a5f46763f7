import Foundation

/// What the size of the batch does to time, memory, steadiness and result, measured.
///
/// ```swift
/// let comparison = try BatchSizeComparison(sizes: [1, 32, 256, data.count], on: data, epochs: 5) {
///   makeTrainer()  // the same model and seed each time
/// }
/// print(comparison)
/// // batch  steps/epoch  s/epoch  graph     unsteadiness  final loss
/// // 1      2999         0.41     0.1 MB    0.93          0.0821
/// // …
/// ```
public struct BatchSizeComparison: CustomStringConvertible, Sendable {
  /// What one size brought.
  public struct Row: Sendable {
    /// How many samples a step learnt from.
    public var batchSize: Int
    /// How many steps an epoch took.
    public var stepsPerEpoch: Int
    /// The mean time of an epoch.
    public var secondsPerEpoch: Double
    /// The memory of the graph of one step, in bytes.
    public var graphBytes: Int
    /// The standard deviation of the last epoch's batch losses, over their mean: the noise of steps.
    public var unsteadiness: Double
    /// The loss over all samples at the end.
    public var finalLoss: Double
  }

  /// One row for each size.
  public let rows: [Row]

  /// Trains once for each size, and measures.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the batches to compare.
  ///   - data: the samples to train with.
  ///   - epochs: how often to go through them.
  ///   - makeTrainer: a trainer that has not begun; the same each time.
  public init<Model: Module>(
    sizes: [Int], on data: Dataset, epochs: Int, _ makeTrainer: () -> Trainer<Model>
  ) throws {
    precondition(epochs > 0, "A comparison needs an epoch.")
    rows = try sizes.map { size in
      let trainer = makeTrainer()
      trainer.batchSize = size
      let nodes = trainer.graphSize(of: data[0..<min(size, data.count)])
      var losses: [Double] = []
      var sum = 0.0
      trainer.afterStep = { trainer in
        guard trainer.progress.epoch == epochs - 1 else { return }
        let count = min(size, data.count - (trainer.progress.batch - 1) * size)
        losses.append((trainer.progress.lossSum - sum) / Double(count))
        sum = trainer.progress.lossSum
      }
      let start = Date()
      try trainer.fit(data, epochs: epochs)
      let seconds = Date().timeIntervalSince(start) / Double(epochs)
      let mean = losses.reduce(0, +) / Double(losses.count)
      let variance = losses.reduce(0) { $0 + squared($1 - mean) } / Double(losses.count)
      return Row(
        batchSize: size, stepsPerEpoch: losses.count, secondsPerEpoch: seconds,
        graphBytes: nodes * Trainer<Model>.bytesPerNode,
        unsteadiness: variance.squareRoot() / mean, finalLoss: trainer.evaluate(data).loss)
    }
  }

  /// The table.
  public var description: String {
    textTable(
      [["batch", "steps/epoch", "s/epoch", "graph", "unsteadiness", "final loss"]]
        + rows.map { row in
          [
            "\(row.batchSize)", "\(row.stepsPerEpoch)",
            String(format: "%.3f", row.secondsPerEpoch),
            String(format: "%.1f MB", Double(row.graphBytes) / 1e6),
            String(format: "%.2f", row.unsteadiness), String(format: "%.4g", row.finalLoss),
          ]
        })
  }
}

extension Trainer {
  /// The size of a ``Value`` object: two words before its fields and its name.
  fileprivate static var bytesPerNode: Int {
    3 * MemoryLayout<Int>.size + MemoryLayout<Value.Fields>.size
  }

  /// How many nodes the graph of a step on a batch has.
  fileprivate func graphSize(of batch: Dataset) -> Int {
    var generator = generator
    let outputs = model.training(batch.features, using: &generator)
    return Graph([.mean(zip(outputs, batch.targets).map(loss))]).nodes.count
  }
}
