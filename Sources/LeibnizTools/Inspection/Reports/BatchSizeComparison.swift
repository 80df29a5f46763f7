import Leibniz
import LeibnizKernels

/// Measurements of time, memory, gradient noise and final loss for several batch sizes.
///
/// ```swift
/// let comparison = try compareBatchSizes([1, 64, 512, data.count], on: data, epochs: 3) {
///   makeTrainer()  // the same model and seed each time
/// }
/// print(comparison)
/// // batch  steps/epoch  s/epoch  memory    deviation/mean  final loss
/// // 1      3000         0.109    0.04 MB   1.14            1.028
/// // 64     47           0.062    1.11 MB   0.02            2.193
/// // 512    6            0.055    8.68 MB   0.01            2.29
/// // 3000   1            0.077    50.74 MB  0.00            2.321
/// ```
public struct BatchSizeComparison: CustomStringConvertible, Sendable {
  /// The measurements for one batch size.
  public struct Row: Sendable {
    /// The number of samples per step.
    public var batchSize: Int
    /// The number of steps per epoch.
    public var stepsPerEpoch: Int
    /// The mean time of an epoch.
    public var secondsPerEpoch: Double
    /// What training had allocated for its first step, in bytes: the programs and their workspace, or
    /// the complete graph of eager mode. `nil` where the C library does not tell, which GNU's (from
    /// 2.33) and Apple's do.
    public var allocatedBytes: Int?
    /// The standard deviation of the last epoch's batch losses, divided by their mean: the noise.
    public var coefficientOfVariation: Double
    /// The loss over all samples at the end.
    public var finalLoss: Double
  }

  /// One row for each size.
  public let rows: [Row]

  /// The table.
  public var description: String {
    textTable(
      [["batch", "steps/epoch", "s/epoch", "memory", "deviation/mean", "final loss"]]
        + rows.map { row in
          [
            "\(row.batchSize)", "\(row.stepsPerEpoch)",
            row.secondsPerEpoch.text(places: 3),
            row.allocatedBytes.map { "\((Double($0) / 1e6).text(places: 2)) MB" } ?? "–",
            row.coefficientOfVariation.text(places: 2),
            row.finalLoss.text(digits: 4),
          ]
        })
  }
}

/// Trains once with each batch size, and measures.
///
/// - Parameters:
///   - sizes: the sizes of the batches to compare.
///   - data: the samples to train with.
///   - epochs: the number of passes over them.
///   - makeTrainer: a trainer that has not begun; the same each time.
public func compareBatchSizes<Model: Module>(
  _ sizes: [Int], on data: Dataset, epochs: Int, _ makeTrainer: () -> Trainer<Model>
) throws -> BatchSizeComparison {
  require(epochs > 0, "A comparison needs an epoch.")
  let rows = try sizes.map { size in
    let trainer = makeTrainer()
    trainer.batchSize = size
    var losses: [Double] = []
    var sum = 0.0
    let before = bytesInUse()
    var allocated: Int?
    var isFirstStep = true
    trainer.afterStep = { trainer in
      // Programs keep what they need between runs; the graphs of eager mode are gone after a step.
      if isFirstStep, trainer.isCompiled, trainer.whyNotCompiled == nil, let before {
        allocated = bytesInUse().map { $0 - before }
      }
      isFirstStep = false
      guard trainer.progress.epoch == epochs - 1 else { return }
      let count = min(size, data.count - (trainer.progress.batch - 1) * size)
      losses.append((trainer.progress.lossSum - sum) / Double(count))
      sum = trainer.progress.lossSum
    }
    let penalty = trainer.penalty
    trainer.penalty = { model in
      // Asked for when the rest of the batch's graph is complete: the moment of the most memory.
      let value = penalty?(model) ?? .constant(0)
      if isFirstStep, let before { allocated = bytesInUse().map { $0 - before } }
      return value
    }
    let duration = try ContinuousClock().measure { try trainer.fit(data, epochs: epochs) }
    let seconds = duration / .seconds(1) / Double(epochs)
    let mean = losses.reduce(0, +) / Double(losses.count)
    let variance = losses.reduce(0) { $0 + squared($1 - mean) } / Double(losses.count)
    return BatchSizeComparison.Row(
      batchSize: size, stepsPerEpoch: losses.count, secondsPerEpoch: seconds,
      allocatedBytes: allocated, coefficientOfVariation: variance.squareRoot() / mean,
      finalLoss: trainer.evaluate(data).loss)
  }
  return BatchSizeComparison(rows: rows)
}

/// The bytes that the process has allocated and not yet freed.
private func bytesInUse() -> Int? {
  let bytes = leibniz_allocated_bytes()
  return bytes < 0 ? nil : Int(bytes)
}
