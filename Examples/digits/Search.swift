import ExampleSupport
import Leibniz
import LeibnizTools

extension Digits {
  /// Searches for settings on four fifths of the training images, by the loss on the last fifth. What
  /// it finds and what was chosen by hand are then trained on all of them, and tested.
  static func search(
    _ train: LabelledImages, _ test: LabelledImages, _ run: RunOptions
  ) async throws {
    var generator = SeededGenerator(seed: run.seed)
    let fold = try KFold(5, isStratified: true).folds(of: train.dataset, using: &generator)[0]
    let search = HyperparameterSearch(
      [
        "hidden": .integers(64...256), "rate": .logarithmic(1e-3...1e-2),
        "decay": .logarithmic(5e-3...0.5), "motion": .uniform(0.5...2),
      ], by: .sobol(run.search.settings), epochs: run.epochs, seed: run.seed)
    let part = LabelledImages(fold.training, width: train.width)
    let trainings = Stopwatch()
    let start = ContinuousClock.now
    let trial: @Sendable (HyperparameterSearch.Trial) async throws -> Double = { trial in
      let start = ContinuousClock.now
      let trainer = Settings(trial.settings).trainer(part, epochs: trial.epochs, seed: trial.seed)
      try trainer.fit(part.dataset, epochs: trial.epochs)
      await trainings.add(ContinuousClock.now - start)
      return trainer.evaluate(fold.validation).loss
    }
    let report =
      if let file = run.search.file {
        try await search.run(storedIn: file, atOnce: run.search.atOnce, trial)
      } else {
        try await search.run(atOnce: run.search.atOnce, trial)
      }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("\n\(report)\n")
    print(
      "\(report.rows.count) settings in \(seconds.rounded(to: 1)) s; the trainings together took "
        + "\((await trainings.total / .seconds(1)).rounded(to: 1)) s\n")
    if let directory = run.training.boardDirectory { try report.writeTensorBoard(to: directory) }
    try SVGFigure([report.parallelCoordinates()] + report.effects(), columns: 2).write(
      to: run.output)
    print("wrote \(run.output)\n")
    try await compare(report.best, train, test, run)
  }

  /// Trains the settings that were found, and those chosen by hand, and says which do better.
  private static func compare(
    _ best: SearchReport.Row, _ train: LabelledImages, _ test: LabelledImages, _ run: RunOptions
  ) async throws {
    let seeds = (0..<3).map { run.seed + $0 }
    let candidates = [("found", Settings(best.settings)), ("by hand", Settings())]
    var accuracies = candidates.map { _ in [Double](repeating: 0, count: seeds.count) }
    try await withThrowingTaskGroup(of: (Int, Int, Double).self) { group in
      for (i, candidate) in candidates.enumerated() {
        for (j, seed) in seeds.enumerated() {
          group.addTask { [settings = candidate.1, epochs = run.epochs] in
            let trainer = settings.trainer(train, epochs: epochs, seed: seed)
            try trainer.fit(train.dataset, epochs: epochs)
            return (i, j, accuracy(of: trainer.model, on: test))
          }
        }
      }
      for try await (i, j, accuracy) in group { accuracies[i][j] = accuracy }
    }
    print("Trained on all images, with \(seeds.count) seeds:")
    var means: [Double] = []
    for ((name, settings), shares) in zip(candidates, accuracies) {
      means.append(shares.reduce(0, +) / Double(shares.count))
      let each = shares.map(percent).joined(separator: ", ")
      print("  \(name): \(settings)  test accuracy \(percent(means.last!)) (\(each))")
    }
    print(
      means[0] >= means[1]
        ? "The settings that were found do at least as well as those chosen by hand."
        : "The settings chosen by hand do better than those that were found.")
    guard means[0] * 100 >= run.target else {
      throw MissedTarget("The test accuracy is below \(run.target) %.")
    }
  }
}

extension Settings: CustomStringConvertible {
  /// The settings of a trial.
  init(_ found: Hyperparameters) {
    self.init(
      hidden: found.integer("hidden"), learningRate: found["rate"], decay: found["decay"],
      motion: found["motion"])
  }

  var description: String {
    "hidden \(hidden)  rate \(learningRate.rounded(to: 5))  decay \(decay.rounded(to: 4))  "
      + "motion \(motion.rounded(to: 2))"
  }
}

extension LabelledImages {
  /// Images that were prepared as samples.
  fileprivate init(_ data: Dataset, width: Int) {
    self.init(width: width, images: data.features, labels: data.labels)
  }
}

private func accuracy(of model: some Module, on images: LabelledImages) -> Double {
  let correct = zip(images.images, images.labels).count { digit(model.predict($0)) == $1 }
  return Double(correct) / Double(images.count)
}

/// Adds up times of tasks.
private actor Stopwatch {
  private(set) var total = Duration.zero

  func add(_ duration: Duration) { total += duration }
}
