/// The states that are kept of a simulation.
struct Checkpoints: Sendable {
  private let schedule: BinomialSchedule
  private var kept: [(step: Int, state: [Double])] = []

  /// Takes all steps, and keeps states on the way.
  init(
    _ schedule: BinomialSchedule, from state: inout [Double], by step: inout some SimulationStep
  ) {
    self.schedule = schedule
    kept = [(0, state)]
    keepAndAdvance(&state, to: schedule.steps, by: &step)
    if schedule.steps > 0 { step.advance(&state, step: schedule.steps - 1) }
  }

  /// Goes through all steps backwards with the cotangent of the last state, which becomes that of the
  /// first.
  consuming func pullBack(_ cotangent: inout [Double], by step: inout some SimulationStep) {
    for end in Swift.stride(from: schedule.steps, to: 0, by: -1) {
      var state = kept[kept.count - 1].state
      keepAndAdvance(&state, to: end, by: &step)
      step.pullBack(&cotangent, from: state, step: end - 1)
      if kept[kept.count - 1].step == end - 1 { kept.removeLast() }
    }
  }

  /// Advances from the last state kept to the one before the last step.
  private mutating func keepAndAdvance(
    _ state: inout [Double], to end: Int, by step: inout some SimulationStep
  ) {
    var now = kept[kept.count - 1].step
    while now < end - 1 {
      let free = schedule.storage - kept.count
      let stride =
        free == 0 ? end - 1 - now : BinomialSchedule.stride(length: end - now, free: free)
      for _ in 0..<stride {
        step.advance(&state, step: now)
        now += 1
      }
      if free > 0 { kept.append((now, state)) }
    }
  }
}
