extension HyperparameterSearch {
  /// Runs all trials.
  ///
  /// - Parameters:
  ///   - limit: how many trials may run at once, at least one; by default as many as there are cores.
  ///   - isolation: the actor that the caller is on.
  ///   - known: records of the same search, interrupted: those trials are not run again.
  ///   - record: called with each new record, as it comes; to store it.
  ///   - trial: trains from the beginning and gives the validation loss. A ``TrainingError``, or a loss
  ///     that is not finite, counts as an infinite loss.
  /// - Throws: what `trial` or `record` throws otherwise; trials that run then are cancelled.
  public func run(
    atOnce limit: Int? = nil, resuming known: [Record] = [],
    isolation: isolated (any Actor)? = #isolation,
    record: (Record) throws -> Void = { _ in },
    _ trial: @escaping @Sendable (Trial) async throws -> Double
  ) async throws -> SearchReport {
    if let limit { require(limit > 0, "A search cannot run \(limit) trials at once.") }
    var losses: [Key: Double] = [:]
    for record in known {
      losses[Key(record.index, record.epochs, record.repetition)] = record.loss
    }
    let settings = settings()
    var rows: [Int: SearchReport.Row] = [:]
    var start = 0
    for bracket in brackets {
      var kept = Array(start..<start + bracket.count)
      for round in bracket.rounds {
        kept = Array(kept.prefix(round.settings))
        let missing = kept.flatMap { index in
          (0..<repetitions).map { Key(index, round.epochs, $0) }
        }.filter { losses[$0] == nil }
        let trials = missing.map { key in
          Trial(
            settings: settings[key.index], epochs: key.epochs,
            seed: seed(index: key.index, repetition: key.repetition), index: key.index,
            repetition: key.repetition)
        }
        try await forEachLoss(of: trials, atOnce: limit, isolation: isolation, trial) {
          trial, loss in
          losses[Key(trial.index, trial.epochs, trial.repetition)] = loss
          try record(
            Record(
              index: trial.index, epochs: trial.epochs, repetition: trial.repetition, loss: loss))
        }
        for index in kept {
          let found = (0..<repetitions).map { losses[Key(index, round.epochs, $0)]! }
          rows[index] = SearchReport.Row(
            index: index, settings: settings[index], epochs: round.epochs, losses: found)
        }
        kept.sort { (rows[$0]!.loss, $0) < (rows[$1]!.loss, $1) }
      }
      start += bracket.count
    }
    return SearchReport(
      ranges: ranges, rows: rows.values.sorted { ($0.loss, $0.index) < ($1.loss, $1.index) })
  }

  /// Which trial it is.
  private struct Key: Hashable {
    let index, epochs, repetition: Int
    init(_ index: Int, _ epochs: Int, _ repetition: Int) {
      (self.index, self.epochs, self.repetition) = (index, epochs, repetition)
    }
  }

  /// Runs trials in tasks of their own, and tells their losses as they come.
  private func forEachLoss(
    of trials: [Trial], atOnce limit: Int?, isolation: isolated (any Actor)?,
    _ trial: @escaping @Sendable (Trial) async throws -> Double,
    _ tell: (Trial, Double) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Double).self, isolation: isolation) { group in
      var next = 0
      func add() {
        guard next < trials.count else { return }
        let (place, one) = (next, trials[next])
        group.addTask { (place, try await HyperparameterSearch.loss(of: one, trial)) }
        next += 1
      }
      // Tasks that never suspend take a core each; the pool has no more threads than cores.
      for _ in 0..<min(limit ?? trials.count, trials.count) { add() }
      while let (place, loss) = try await group.next(isolation: isolation) {
        try tell(trials[place], loss)
        add()
      }
    }
  }

  private static func loss(
    of one: Trial, _ trial: @Sendable (Trial) async throws -> Double
  ) async throws -> Double {
    try Task.checkCancellation()
    do {
      let loss = try await trial(one)
      // A training that was cancelled ended early: its loss is not that of the trial.
      try Task.checkCancellation()
      return loss.isFinite ? loss : .infinity
    } catch is TrainingError {
      return .infinity
    }
  }
}

/// What a search found, the lowest loss first.
public struct SearchReport: Sendable {
  /// What settings gave.
  public struct Row: Sendable {
    /// Which of the settings it is.
    public let index: Int
    /// The settings.
    public let settings: Hyperparameters
    /// How many epochs they were trained for, at the most.
    public let epochs: Int
    /// The validation loss of each repetition.
    public let losses: [Double]

    /// The mean of the losses.
    public var loss: Double { losses.reduce(0, +) / Double(losses.count) }
    /// The standard deviation of the losses; 0 for one.
    public var standardDeviation: Double {
      let sum = losses.reduce(0) { $0 + squared($1 - loss) }
      return losses.count < 2 ? 0 : (sum / Double(losses.count - 1)).squareRoot()
    }
  }

  /// The ranges that were searched.
  public let ranges: [(name: String, range: HyperparameterRange)]
  /// A row for each of the settings, the lowest loss first.
  public let rows: [Row]

  /// The settings with the lowest loss.
  public var best: Row { rows[0] }
}

extension SearchReport: CustomStringConvertible {
  /// The table.
  public var description: String {
    textTable(
      [ranges.map { $0.name } + ["epochs", "loss", "deviation"]]
        + rows.map { row in
          row.settings.texts
            + ["\(row.epochs)", row.loss.text(places: 4), row.standardDeviation.text(places: 4)]
        })
  }
}
