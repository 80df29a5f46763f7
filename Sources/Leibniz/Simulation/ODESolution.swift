/// The solution of a differential equation: what ``solveODE(from:to:at:relativeTolerance:absoluteTolerance:steps:events:of:)``
/// gives.
public struct ODESolution<Number: EvaluatedScalar> {
  /// The times at which steps began, and that of the end.
  public internal(set) var times: [Double]
  /// The state at each of ``times``.
  public internal(set) var states: [[Number]]
  /// The events in the order in which they happened.
  public internal(set) var events: [ODEEvent<Number>.Occurrence] = []
  /// How often the equation was evaluated.
  public internal(set) var evaluations = 0
  /// How many steps were tried and found too long.
  public internal(set) var rejectedSteps = 0
  var steps: [DormandPrinceStep<Number>] = []

  /// The last state.
  public var end: [Number] { states[states.count - 1] }

  /// The state at any time between the start and the end, by a polynomial of order 4 in each step.
  ///
  /// - Precondition: the time is between them.
  /// - Complexity: O(log steps).
  public func callAsFunction(_ time: Double) -> [Number] {
    let (first, last) = (times[0], times[times.count - 1])
    require(
      min(first, last) <= time && time <= max(first, last),
      "The solution from \(first) to \(last) was asked for at \(time).")
    guard let step = steps.last else { return states[0] }
    let sign = step.step < 0 ? -1.0 : 1.0
    // The last step that starts at the time or before it.
    var (low, high) = (0, steps.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if sign * steps[middle].start <= sign * time { low = middle } else { high = middle - 1 }
    }
    return steps[low](.constant((time - steps[low].start) / steps[low].step))
  }
}

/// Something that happens when a function of time and state passes through zero.
public struct ODEEvent<Number: EvaluatedScalar> {
  /// Which passages count.
  public enum Direction: Sendable {
    /// From below zero to above.
    case rising
    /// From above zero to below.
    case falling
    /// Both.
    case either
  }

  /// Whether the solution ends there.
  public var isTerminal: Bool
  /// Which passages count.
  public var direction: Direction
  /// The function whose zeros are looked for.
  public var value: (_ time: Number, _ state: [Number]) -> Number

  /// Something that happens when a function of time and state passes through zero.
  public init(
    isTerminal: Bool = false, direction: Direction = .either,
    _ value: @escaping (_ time: Number, _ state: [Number]) -> Number
  ) {
    self.isTerminal = isTerminal
    self.direction = direction
    self.value = value
  }

  /// One passage through zero.
  ///
  /// Time and state can be differentiated, twice too: the time moves with what the solution depends
  /// on, as the implicit function theorem says.
  public struct Occurrence {
    /// Which of the events it is.
    public let event: Int
    /// When it happened.
    public let time: Number
    /// The state then.
    public let state: [Number]
  }

  /// Whether the value has passed through zero in the right direction.
  func happens(from before: Double, to after: Double) -> Bool {
    switch direction {
    case .rising: before < 0 && after >= 0
    case .falling: before > 0 && after <= 0
    case .either: (before < 0 && after >= 0) || (before > 0 && after <= 0)
    }
  }

  /// The passage within a step, at whose start the value had this sign.
  func occurrence(
    _ event: Int, in step: DormandPrinceStep<Number>, startsBelow: Bool
  ) -> Occurrence {
    func number(at part: Double) -> Double {
      let state = step(.constant(part)).map { Number.constant(Number.number(of: $0)) }
      return Number.number(of: value(.constant(step.start + part * step.step), state))
    }
    // By bisection, to neighbouring numbers.
    var (before, after) = (0.0, 1.0)
    while true {
      let middle = before + (after - before) / 2
      if middle <= before || middle >= after { break }
      if (number(at: middle) < 0) == startsBelow && number(at: middle) != 0 {
        before = middle
      } else {
        after = middle
      }
    }
    // Steps of Newton's method with a slope that is a number take up one order of derivatives each;
    // the time itself stays where it was found.
    let reach = 1e-5
    let slope = (number(at: after + reach) - number(at: after - reach)) / (2 * reach)
    var part = Number.constant(after)
    if slope.isFinite && slope != 0 {
      for _ in 0..<3 {
        let value = value(step.start + part * step.step, step(part))
        part = part - (value - Number.number(of: value)) / slope
      }
    }
    return Occurrence(event: event, time: step.start + part * step.step, state: step(part))
  }
}
