import Leibniz

/// The losses measured while the learning rate grew from tiny to far too large.
///
/// ```swift
/// let range = try trainer.learningRateRange(on: train)
/// trainer.optimizer.learningRate = range.suggestion!
/// ```
///
/// Source: Smith, *Cyclical learning rates for training neural networks*, 2017.
public struct LearningRateRange: Sendable {
  /// The learning rate of each step.
  public internal(set) var rates: [Double] = []
  /// The loss before each step, smoothed over the last few.
  public internal(set) var losses: [Double] = []

  /// A tenth of the rate at which the loss was lowest: still falling fast, and safe from diverging.
  public var suggestion: Double? {
    losses.indices.min { losses[$0] < losses[$1] }.map { rates[$0] / 10 }
  }

  /// A chart of the loss against the learning rate.
  public var plot: SVGPlot {
    var plot = SVGPlot(
      "Learning-rate range", x: SVGPlot.Axis("learning rate", scale: .logarithmic),
      y: SVGPlot.Axis("loss"))
    plot.addLine(x: rates, y: losses)
    return plot
  }
}

extension Trainer {
  /// Makes steps at growing learning rates until the loss diverges, and then undoes them all: the
  /// model, the optimiser and the trainer are restored.
  ///
  /// - Parameters:
  ///   - data: the samples to train with.
  ///   - rates: from the first rate to the last one.
  ///   - steps: how many rates there are, in equal ratios.
  public func learningRateRange(
    on data: Dataset, rates: ClosedRange<Double> = 1e-6...10, steps: Int = 100
  ) throws -> LearningRateRange {
    require(
      rates.lowerBound > 0 && steps > 1,
      "A range needs positive rates and two steps, not \(rates) in \(counted(steps, "step")).")
    require(data.count > 0, "There are no samples to train with.")
    let numbers = model.tensors.map { $0.values.map(\.data) }
    let (state, rate) = (optimizer.state, optimizer.learningRate)
    let (saved, source, schedule) = (progress, generator, schedule)
    defer {
      model.tensors.set(numbers)
      (optimizer.state, optimizer.learningRate) = (state, rate)
      (progress, generator, self.schedule) = (saved, source, schedule)
    }
    let growth = (rates.upperBound / rates.lowerBound).power(1 / Double(steps - 1))
    self.schedule = nil
    var range = LearningRateRange()
    var batches: [Dataset] = []
    var mean = 0.0
    for step in 0..<steps {
      if batches.isEmpty { batches = data.batches(of: batchSize, using: &generator) }
      optimizer.learningRate = rates.lowerBound * growth.power(Double(step))
      let before = progress.lossSum
      let batch = batches.removeLast()
      do {
        try self.step(on: batch)
      } catch is TrainingError {
        break
      }
      // A running mean that forgets a tenth each step, corrected for its beginning at zero.
      mean = 0.9 * mean + 0.1 * (progress.lossSum - before) / Double(batch.count)
      range.rates.append(optimizer.learningRate)
      range.losses.append(mean / (1 - 0.9.power(Double(step + 1))))
      if range.losses[step] > 4 * range.losses.min()! { break }
    }
    return range
  }
}
