/// The learning rate as a function of the step.
///
/// ```swift
/// let schedule = LearningRateSchedule.linear(from: 0, to: 0.1, steps: 100)   // warm-up,
///   .joined(after: 100, to: .cosine(from: 0.1, to: 0, steps: 900))  // then down
/// optimizer.learningRate = schedule(step)
/// ```
///
/// What counts as a step, a batch or an epoch, is up to the caller.
public struct LearningRateSchedule: Sendable {
  private let rate: @Sendable (_ step: Int) -> Double

  /// A schedule defined by a function.
  public init(_ rate: @escaping @Sendable (_ step: Int) -> Double) { self.rate = rate }

  /// The learning rate at a step, counted from 0.
  public func callAsFunction(_ step: Int) -> Double { rate(step) }

  /// The same rate at every step.
  public static func constant(_ rate: Double) -> LearningRateSchedule {
    LearningRateSchedule { _ in rate }
  }

  /// Linear from `start` to `end` over `steps` steps; constant afterwards.
  public static func linear(from start: Double, to end: Double, steps: Int) -> LearningRateSchedule
  {
    LearningRateSchedule { start + (end - start) * fraction(of: steps, at: $0) }
  }

  /// A rise from `rate / steps` to `rate`, which step `steps − 1` reaches.
  ///
  /// Source: Goyal and others, *Accurate, large minibatch SGD*, 2017.
  public static func warmUp(to rate: Double, steps: Int) -> LearningRateSchedule {
    LearningRateSchedule { rate * fraction(of: steps, at: $0 + 1) }
  }

  /// Multiplied by `factor` at every step.
  public static func exponential(from start: Double, factor: Double) -> LearningRateSchedule {
    LearningRateSchedule { start * factor.power(Double($0)) }
  }

  /// Multiplied by `factor` every `steps` steps.
  public static func step(from start: Double, factor: Double, every steps: Int)
    -> LearningRateSchedule
  {
    require(steps > 0, "A schedule cannot change every \(steps) steps.")
    return LearningRateSchedule { start * factor.power(Double($0 / steps)) }
  }

  /// Half a cosine wave over `steps` steps; constant afterwards.
  ///
  /// end + ½ (start − end) (1 + cos(π · step / steps)).
  ///
  /// Source: Loshchilov and Hutter, *SGDR: stochastic gradient descent with warm restarts*, 2017.
  public static func cosine(from start: Double, to end: Double = 0, steps: Int)
    -> LearningRateSchedule
  {
    LearningRateSchedule {
      end + 0.5 * (start - end) * (1 + (Double.pi * fraction(of: steps, at: $0)).cos())
    }
  }

  /// This schedule for `steps` steps, then `next`, which counts its steps from 0.
  public func joined(after steps: Int, to next: LearningRateSchedule) -> LearningRateSchedule {
    LearningRateSchedule { $0 < steps ? self($0) : next($0 - steps) }
  }

  private static func fraction(of steps: Int, at step: Int) -> Double {
    steps <= 0 ? 1 : min(Double(step) / Double(steps), 1)
  }
}

/// Lowers the learning rate when a loss stops falling.
///
/// ```swift
/// var plateau = ReduceOnPlateau(factor: 0.1, patience: 10)
/// optimizer.learningRate *= plateau.record(validationLoss)  // 1, or 0.1 on a plateau
/// ```
public struct ReduceOnPlateau: Sendable, Equatable {
  /// The factor that multiplies the learning rate on a plateau.
  public var factor: Double
  /// The number of consecutive losses without improvement that are tolerated.
  public var patience: Int
  /// The relative decrease of the best loss that counts as an improvement.
  public var threshold: Double
  /// The lowest loss so far.
  public package(set) var best = Double.infinity
  /// The number of consecutive losses without improvement.
  public package(set) var failures = 0

  /// A monitor that has recorded no loss yet.
  public init(factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4) {
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
  }

  /// Records a loss and returns the factor for the learning rate.
  @discardableResult
  public mutating func record(_ loss: Double) -> Double {
    if loss < best - threshold * best.magnitude || best == .infinity && loss < best {
      best = loss
      failures = 0
    } else {
      failures += 1
    }
    guard failures > patience else { return 1 }
    failures = 0
    return factor
  }
}
