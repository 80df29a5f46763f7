/// A search for the settings of a training that give the lowest validation loss.
///
/// ```swift
/// let search = HyperparameterSearch(
///   ["rate": .logarithmic(1e-4...1e-1), "hidden": .integers(8...64)], by: .sobol(16), epochs: 30,
///   seed: 1)
/// func searched() async throws -> SearchReport {
///   try await search.run { trial in
///     var generator = SeededGenerator(seed: trial.seed)
///     let model = MLP(inputs: 2, layers: [trial.settings.integer("hidden"), 3], using: &generator)
///     let optimizer = Adam(model.parameters, learningRate: trial.settings["rate"])
///     let trainer = Trainer(model, optimizer: optimizer, seed: trial.seed) {
///       softmaxCrossEntropy(logits: $0, label: $1[0])
///     }
///     try trainer.fit(train, epochs: trial.epochs)
///     return trainer.evaluate(validation).loss
///   }
/// }
/// ```
///
/// Trials run side by side on the cores; each makes its model in a task of its own. What they give
/// depends on their settings and seeds alone, so the report is the same however many run at once.
public struct HyperparameterSearch: Sendable {
  /// Which settings are tried.
  public enum Strategy: Equatable, Sendable {
    /// All combinations of so many values for each number, and of all choices.
    case grid(Int)
    /// So many random settings.
    case random(Int)
    /// So many settings that fill the ranges evenly: for up to ten ranges.
    case sobol(Int)
    /// Many settings for few epochs, of which the best 1 / `reduction` go on with `reduction` times as
    /// many, up to the epochs of the search; then fewer settings that begin with more epochs, and so on.
    ///
    /// Source: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, *Hyperband: a novel bandit-based
    /// approach to hyperparameter optimization*, 2018.
    case hyperband(reduction: Int)
  }

  /// What is tried: settings, for so many epochs, from a seed.
  public struct Trial: Sendable {
    /// The settings.
    public let settings: Hyperparameters
    /// How many epochs to train, from the beginning.
    public let epochs: Int
    /// What all that is random shall follow from; each repetition has another.
    public let seed: UInt64
    /// Which of the settings it is, counted in the order in which the strategy made them.
    public let index: Int
    /// Which repetition with these settings.
    public let repetition: Int
  }

  /// What a trial gave: all that is to be stored for an interrupted search to go on.
  public struct Record: Equatable, Sendable {
    /// The trial's ``Trial/index``, ``Trial/epochs`` and ``Trial/repetition``.
    public let index, epochs, repetition: Int
    /// The validation loss; infinite where the training diverged.
    public let loss: Double

    /// A record as it was stored.
    public init(index: Int, epochs: Int, repetition: Int, loss: Double) {
      self.index = index
      self.epochs = epochs
      self.repetition = repetition
      self.loss = loss
    }
  }

  /// The settings and their values.
  public let ranges: [(name: String, range: HyperparameterRange)]
  /// Which settings are tried.
  public let strategy: Strategy
  /// How many epochs a trial trains at the most.
  public let epochs: Int
  /// How often each is trained, from another seed each time; the losses are averaged.
  public let repetitions: Int
  /// What the settings and the trials' seeds follow from.
  public let seed: UInt64

  /// A search over named ranges.
  public init(
    _ ranges: KeyValuePairs<String, HyperparameterRange>, by strategy: Strategy, epochs: Int,
    repetitions: Int = 1, seed: UInt64
  ) {
    require(!ranges.isEmpty, "A search needs a setting to vary.")
    require(
      Set(ranges.map { $0.key }).count == ranges.count, "A setting is named twice in the search.")
    require(
      epochs > 0 && repetitions > 0,
      "A search cannot train \(epochs) epochs \(repetitions) times.")
    switch strategy {
    case .grid(let count), .random(let count), .sobol(let count):
      require(count > 0, "A search cannot try \(count) settings.")
    case .hyperband(let reduction):
      require(reduction > 1, "Hyperband cannot keep one of \(reduction) settings.")
    }
    for (name, range) in ranges { range.check(name) }
    self.ranges = ranges.map { (name: $0.key, range: $0.value) }
    self.strategy = strategy
    self.epochs = epochs
    self.repetitions = repetitions
    self.seed = seed
  }

  /// Rounds of trials with the same settings, each of which keeps the best of the one before.
  struct Bracket: Equatable {
    /// How many settings begin.
    var count: Int
    /// For each round, how many settings take part and how many epochs they train.
    var rounds: [(settings: Int, epochs: Int)]

    static func == (a: Bracket, b: Bracket) -> Bool {
      a.count == b.count && a.rounds.elementsEqual(b.rounds, by: ==)
    }
  }

  /// The rounds of the strategy.
  var brackets: [Bracket] {
    switch strategy {
    case .grid(let count):
      let total = ranges.reduce(1) { $0 * $1.range.grid(count).count }
      return [Bracket(count: total, rounds: [(total, epochs)])]
    case .random(let count), .sobol(let count):
      return [Bracket(count: count, rounds: [(count, epochs)])]
    case .hyperband(let reduction):
      var most = 0
      var power = 1
      while power * reduction <= epochs { (most, power) = (most + 1, power * reduction) }
      return (0...most).reversed().map { s in
        let scale = (0..<s).reduce(1) { scale, _ in scale * reduction }
        // ⌈(most + 1) / (s + 1) · reductionˢ⌉
        let count = ((most + 1) * scale + s) / (s + 1)
        var (settings, divisor) = (count, scale)
        let rounds = (0...s).map { _ in
          defer { (settings, divisor) = (settings / reduction, divisor / reduction) }
          return (settings: settings, epochs: max(epochs / divisor, 1))
        }
        return Bracket(count: count, rounds: rounds)
      }
    }
  }

  /// All settings that the strategy begins with, in order.
  func settings() -> [Hyperparameters] {
    let count = brackets.reduce(0) { $0 + $1.count }
    var generator = SeededGenerator(seed: seed)
    func made(_ shares: [Double]) -> Hyperparameters {
      Hyperparameters(
        ranges: ranges, values: zip(ranges, shares).map { $0.range.value(at: $1) })
    }
    switch strategy {
    case .grid(let count):
      let rows = ranges.reduce([[]]) { rows, range in
        rows.flatMap { row in range.range.grid(count).map { row + [$0] } }
      }
      return rows.map { Hyperparameters(ranges: ranges, values: $0) }
    case .sobol:
      var points = SobolSequence(dimensions: ranges.count, seed: generator.next())
      return (0..<count).map { _ in made(points.next()) }
    case .random, .hyperband:
      return (0..<count).map { _ in
        made(ranges.map { _ in .random(in: 0..<1, using: &generator) })
      }
    }
  }

  /// The seed of a trial: of its own settings and repetition, not of when it runs.
  func seed(index: Int, repetition: Int) -> UInt64 {
    var generator = SeededGenerator(seed: seed ^ 0x5DEE_CE66_D1CE_4E5B)
    generator.state &+= UInt64(index * repetitions + repetition) &* 0xD134_2543_DE82_EF95
    return generator.next()
  }
}
